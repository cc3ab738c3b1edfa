package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.snapshot.ReasonHeader;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;

/** Switches the reason header of a stage by its tag, as any program would. */
final class ReasonHeaderPresenter {

  private final Tags tags;
  private final Supplier<Caller> caller;

  ReasonHeaderPresenter(Tags tags, Supplier<Caller> caller) {
    this.tags = tags;
    this.caller = caller;
  }

  void turn(boolean on, String apiId, String stageName) {
    Caller person = caller.get();
    String arn = arn(apiId, stageName);
    if (on) {
      tags.untagResource(
          person,
          UntagResourceRequest.builder().resourceArn(arn).tagKeys(ReasonHeader.TAG).build());
    } else {
      tags.tagResource(
          person,
          TagResourceRequest.builder()
              .resourceArn(arn)
              .tags(Map.of(ReasonHeader.TAG, ReasonHeader.OFF))
              .build());
    }
  }

  /** How the stage is named where it is tagged. */
  String arn(String apiId, String stageName) {
    String path = "/restapis/" + apiId + "/stages/" + stageName;
    return Arn.apigateway(caller.get().region(), path).toString();
  }
}

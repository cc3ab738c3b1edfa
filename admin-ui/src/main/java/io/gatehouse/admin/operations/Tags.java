package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.GetTagsRequest;
import software.amazon.awssdk.services.apigateway.model.GetTagsResponse;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;

/** Tags of whatever has an ARN. Imitates the Tags pages of the API reference. */
@ApplicationScoped
public class Tags implements Operations {

  private ApiStore apis;
  private StageStore stages;
  private ApiKeyStore keys;
  private PlanStore plans;
  private Publisher publisher;

  protected Tags() {}

  @Inject
  public Tags(
      ApiStore apis, StageStore stages, ApiKeyStore keys, PlanStore plans, Publisher publisher) {
    this.apis = apis;
    this.stages = stages;
    this.keys = keys;
    this.plans = plans;
    this.publisher = publisher;
  }

  @Operation("GET /tags/{resource_arn}")
  public GetTagsResponse getTags(Caller caller, GetTagsRequest in) {
    String[] path = path(caller, in.resourceArn());
    Map<String, String> tags =
        switch (kind(path)) {
          case "restapi" -> apis.get(caller, path[2]).restApi().tags();
          case "stage" -> stages.get(caller, path[2], path[4]).body().tags();
          case "apikey" -> keys.get(caller, path[2]).body().tags();
          default -> plans.get(caller, path[2]).body().tags();
        };
    return GetTagsResponse.builder().tags(new TreeMap<>(tags)).build();
  }

  @Operation(value = "PUT /tags/{resource_arn}", status = 204)
  public void tagResource(Caller caller, TagResourceRequest in) {
    change(
        caller,
        in.resourceArn(),
        tags -> {
          Map<String, String> next = new TreeMap<>(tags);
          next.putAll(in.tags());
          TagRules.check(next);
          return next;
        });
  }

  @Operation(value = "DELETE /tags/{resource_arn}", status = 204)
  public void untagResource(Caller caller, UntagResourceRequest in) {
    change(
        caller,
        in.resourceArn(),
        tags -> {
          Map<String, String> next = new TreeMap<>(tags);
          in.tagKeys().forEach(next::remove);
          return next.isEmpty() ? null : next;
        });
  }

  private void change(Caller caller, String arn, UnaryOperator<Map<String, String>> change) {
    String[] path = path(caller, arn);
    switch (kind(path)) {
      case "restapi" ->
          apis.edit(
              caller,
              path[2],
              api ->
                  api.withRestApi(
                      api.restApi().toBuilder().tags(change.apply(api.restApi().tags())).build()));
      case "stage" -> {
        StoredStage stage = stages.lock(caller, path[2], path[4]);
        Map<String, String> tags = change.apply(stage.body().tags());
        stages.replace(stage, stage.body().toBuilder().tags(tags).build());
        publisher.changed(stage);
      }
      case "apikey" -> {
        StoredApiKey key = keys.lock(caller, path[2]);
        Map<String, String> tags = change.apply(key.body().tags());
        keys.replace(key, key.body().toBuilder().tags(tags).build());
        publisher.changed(key);
      }
      default -> {
        StoredUsagePlan plan = plans.lock(caller, path[2]);
        Map<String, String> tags = change.apply(plan.body().tags());
        plans.replace(plan, plan.body().toBuilder().tags(tags).build());
        publisher.changed(plan);
      }
    }
  }

  /** The path of the ARN, split: a leading empty part, then family and id. */
  private static String[] path(Caller caller, String text) {
    Arn arn =
        Arn.parse(text)
            .filter(a -> a.service().equals("apigateway"))
            .filter(a -> a.account().isEmpty())
            .filter(a -> a.region().equals(caller.region()))
            .orElseThrow(() -> invalid(text));
    return arn.resource().split("/", -1);
  }

  private static String kind(String[] path) {
    String family = path.length < 3 ? "" : path[1];
    if (path.length == 3 && family.equals("restapis")) {
      return "restapi";
    }
    if (path.length == 5 && family.equals("restapis") && path[3].equals("stages")) {
      return "stage";
    }
    if (path.length == 3 && family.equals("apikeys")) {
      return "apikey";
    }
    if (path.length == 3 && family.equals("usageplans")) {
      return "usageplan";
    }
    if (family.equals("domainnames")
        || family.equals("vpclinks")
        || family.equals("clientcertificates")) {
      throw ApiError.notImplemented("Tagging " + family);
    }
    throw invalid(String.join("/", path));
  }

  private static ApiError invalid(String arn) {
    return ApiError.badRequest(
        "Invalid ARN specified in the request: "
            + (arn.length() > 200 ? arn.substring(0, 200) + "..." : arn));
  }
}

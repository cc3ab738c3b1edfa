package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.model.snapshot.ReasonHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;

class ReasonHeaderPresenterTest {

  private static final String ARN = "arn:aws:apigateway:eu-west-1::/restapis/api1/stages/prod";

  private final List<String> asked = new ArrayList<>();
  private final ReasonHeaderPresenter presenter =
      new ReasonHeaderPresenter(
          new FakeTags(),
          () -> new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE));

  @Test
  void offIsATagOfTheStageAndOnIsNone() {
    presenter.turn(false, "api1", "prod");
    presenter.turn(true, "api1", "prod");

    assertEquals(
        List.of(
            "tag " + ARN + " {gatehouse:reason-header=off}",
            "untag " + ARN + " [gatehouse:reason-header]"),
        asked);
  }

  @Test
  void onlyOffMeansOff() {
    assertTrue(ReasonHeader.isOn(stage(Map.of())));
    assertTrue(ReasonHeader.isOn(stage(Map.of("gatehouse:reason-header", "on"))));
    assertTrue(ReasonHeader.isOn(stage(Map.of("reason-header", "off"))));
    assertFalse(ReasonHeader.isOn(stage(Map.of("gatehouse:reason-header", "off"))));
  }

  private static Stage stage(Map<String, String> tags) {
    return Stage.builder().stageName("prod").tags(tags).build();
  }

  private final class FakeTags extends Tags {
    @Override
    public void tagResource(Caller caller, TagResourceRequest in) {
      asked.add("tag " + in.resourceArn() + " " + in.tags());
    }

    @Override
    public void untagResource(Caller caller, UntagResourceRequest in) {
      asked.add("untag " + in.resourceArn() + " " + in.tagKeys());
    }
  }
}

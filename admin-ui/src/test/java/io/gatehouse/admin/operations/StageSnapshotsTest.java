package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.Database;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** What nodes are told of a stage's canary and tags, on both databases. */
class StageSnapshotsTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  abstract static class Cases extends OnOneDatabase {

    Cases(Database.Kind kind) {
      super(kind);
    }

    @Test
    void aCanaryIsPublishedWithWhatItsDeploymentFroze() {
      deploy(r -> r.stageName("prod"));
      assertEquals(Optional.empty(), last().canary());

      rename("second");
      deploy(
          r ->
              r.stageName("prod")
                  .canarySettings(
                      c ->
                          c.percentTraffic(50.0)
                              .stageVariableOverrides(Map.of("v", "c"))
                              .useStageCache(true)));

      assertEquals("pets", last().definition().restApi().name());
      assertEquals("second", canaryName());
      assertEquals(50.0, last().stage().canarySettings().percentTraffic());
      assertEquals(Map.of("v", "c"), last().stage().canarySettings().stageVariableOverrides());
      assertTrue(last().stage().canarySettings().useStageCache());
    }

    @Test
    void everyPatchOfACanaryIsPublished() {
      Deployment base = deploy(r -> r.stageName("prod"));
      rename("second");
      Deployment second = deploy(r -> {});
      int before = house.published.size();

      patch(operation(Op.REPLACE, "/canarySettings/percentTraffic", "10"));
      assertEquals(10.0, last().stage().canarySettings().percentTraffic());
      assertEquals("pets", canaryName(), "a canary begins with the stage's own deployment");
      patch(operation(Op.REPLACE, "/canarySettings/deploymentId", second.id()));
      assertEquals("second", canaryName());
      patch(operation(Op.REPLACE, "/canarySettings/stageVariableOverrides/v", "c"));
      assertEquals(Map.of("v", "c"), last().stage().canarySettings().stageVariableOverrides());
      patch(operation(Op.REPLACE, "/canarySettings/useStageCache", "true"));
      assertTrue(last().stage().canarySettings().useStageCache());
      assertEquals(before + 4, house.published.size());
      assertEquals(base.id(), last().stage().deploymentId());
    }

    @Test
    void aPromotionIsPublishedAndSoIsTheEndOfTheCanary() {
      deploy(r -> r.stageName("prod"));
      rename("second");
      Deployment second =
          deploy(
              r ->
                  r.stageName("prod")
                      .canarySettings(
                          c -> c.percentTraffic(5.0).stageVariableOverrides(Map.of("v", "c"))));

      patch(
          copy("/canarySettings/deploymentId", "/deploymentId"),
          copy("/canarySettings/stageVariableOverrides", "/variables"));

      assertEquals(second.id(), last().stage().deploymentId());
      assertEquals("second", last().definition().restApi().name());
      assertEquals("second", canaryName());
      assertEquals(Map.of("v", "c"), last().stage().variables());

      patch(operation(Op.REMOVE, "/canarySettings", null));

      assertEquals(Optional.empty(), last().canary());
      assertEquals("second", last().definition().restApi().name());
    }

    @Test
    void aStageMayBeginWithACanary() {
      Deployment base = deploy(r -> {});
      rename("second");
      Deployment second = deploy(r -> {});

      house.run(
          () ->
              house.stages.createStage(
                  ALICE,
                  CreateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName("prod")
                      .deploymentId(base.id())
                      .canarySettings(c -> c.deploymentId(second.id()).percentTraffic(1.0))
                      .build()));

      assertEquals("second", canaryName());
    }

    @Test
    void tagsOfAStageArePublishedAsTheyComeAndGo() {
      deploy(r -> r.stageName("prod"));
      String arn = "arn:aws:apigateway:us-east-1::/restapis/" + apiId + "/stages/prod";
      long revision = last().revision();

      house.run(
          () ->
              house.tags.tagResource(
                  ALICE,
                  TagResourceRequest.builder()
                      .resourceArn(arn)
                      .tags(Map.of("gatehouse:reason-header", "off", "team", "pets"))
                      .build()));

      assertEquals("off", last().stage().tags().get("gatehouse:reason-header"));
      assertTrue(last().revision() > revision);

      house.run(
          () ->
              house.tags.untagResource(
                  ALICE,
                  UntagResourceRequest.builder()
                      .resourceArn(arn)
                      .tagKeys("gatehouse:reason-header")
                      .build()));

      assertEquals(Map.of("team", "pets"), last().stage().tags());
    }

    private StageSnapshot last() {
      return (StageSnapshot) house.published.getLast();
    }

    private String canaryName() {
      return last().canary().orElseThrow().restApi().name();
    }

    private void rename(String name) {
      house.run(
          () ->
              house.kit.apis.edit(
                  ALICE,
                  apiId,
                  api -> api.withRestApi(api.restApi().toBuilder().name(name).build())));
    }

    private Deployment deploy(Consumer<CreateDeploymentRequest.Builder> request) {
      CreateDeploymentRequest.Builder in = CreateDeploymentRequest.builder().restApiId(apiId);
      request.accept(in);
      return house.in(() -> house.deployments.createDeployment(ALICE, in.build()));
    }

    private void patch(PatchOperation... changes) {
      house.run(
          () ->
              house.stages.updateStage(
                  ALICE,
                  UpdateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName("prod")
                      .patchOperations(changes)
                      .build()));
    }

    private static PatchOperation operation(Op op, String path, String value) {
      return PatchOperation.builder().op(op).path(path).value(value).build();
    }

    private static PatchOperation copy(String from, String path) {
      return PatchOperation.builder().op(Op.COPY).from(from).path(path).build();
    }
  }
}

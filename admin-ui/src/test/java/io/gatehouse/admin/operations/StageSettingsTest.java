package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.Database;
import io.gatehouse.model.definition.FrozenDocumentation;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CacheClusterStatus;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;
import software.amazon.awssdk.services.apigateway.model.FlushStageAuthorizersCacheRequest;
import software.amazon.awssdk.services.apigateway.model.FlushStageCacheRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** Canaries, caches, documentation and flushing of stages, on both databases. */
class StageSettingsTest {

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
    void aCanaryDeploymentLeavesTheStagesOwnAlone() {
      Deployment base = deploy(r -> r.stageName("prod"));
      Deployment canary =
          deploy(
              r ->
                  r.stageName("prod")
                      .canarySettings(
                          c -> c.percentTraffic(50.0).stageVariableOverrides(Map.of("v", "c"))));

      Stage stage = stage();
      assertEquals(base.id(), stage.deploymentId());
      assertEquals(canary.id(), stage.canarySettings().deploymentId());
      assertEquals(50.0, stage.canarySettings().percentTraffic());
      assertEquals(
          "Active stages pointing to this deployment must be moved or deleted",
          refused(() -> delete(canary)).getMessage());
      assertEquals(
          "Invalid deployment content specified.Non canary deployment not supported on stage prod"
              + " because Canary is enabled. Provide CanarySettings in deploymentInput.",
          refused(() -> deploy(r -> r.stageName("prod"))).getMessage());

      patch(operation(Op.REMOVE, "/canarySettings", null));
      delete(canary);
      assertNull(stage().canarySettings());
    }

    @Test
    void aCanaryNeedsAStageAndADeploymentThatAreThere() {
      assertEquals(
          "Invalid deployment content specified.Stage none must already be created before making a"
              + " canary release deployment",
          refused(() -> deploy(r -> r.stageName("none").canarySettings(c -> c.percentTraffic(1.0))))
              .getMessage());
      Deployment base = deploy(r -> r.stageName("prod"));
      assertEquals(
          "Deployment id does not exist",
          refused(() -> create(base, r -> r.canarySettings(c -> c.deploymentId("deploy"))))
              .getMessage());
      assertEquals(
          "Deployment id does not exist",
          refused(() -> patch(operation(Op.REPLACE, "/canarySettings/deploymentId", "deploy")))
              .getMessage());
      refused(() -> patch(operation(Op.REPLACE, "/canarySettings/percentTraffic", "101")));
      assertNull(stage().canarySettings());
    }

    @Test
    void aCacheClusterIsThereAtOnceAndOfTheSmallestSizeUnlessSaid() {
      Deployment base =
          deploy(r -> r.stageName("prod").cacheClusterEnabled(true).tracingEnabled(true));

      assertEquals(CacheClusterStatus.AVAILABLE, stage().cacheClusterStatus());
      assertEquals("0.5", stage().cacheClusterSize());
      assertEquals(true, stage().tracingEnabled());
      patch(operation(Op.REPLACE, "/cacheClusterEnabled", "false"));
      assertEquals(CacheClusterStatus.NOT_AVAILABLE, stage().cacheClusterStatus());
      Stage other =
          create(base, r -> r.stageName("big").cacheClusterEnabled(true).cacheClusterSize("6.1"));
      assertEquals("6.1", other.cacheClusterSize());
    }

    @Test
    void aStageNamesOnlyDocumentationAndCertificatesThatAreThere() {
      Deployment base = deploy(r -> r.stageName("prod"));
      ApiError unknown =
          refused(() -> create(base, r -> r.stageName("s").documentationVersion("v1")));
      assertEquals(ApiError.Kind.NOT_FOUND, unknown.kind());
      refused(() -> patch(operation(Op.REPLACE, "/documentationVersion", "v1")));
      refused(() -> patch(operation(Op.REPLACE, "/clientCertificateId", "abcdef")));

      house.run(
          () ->
              house.kit.apis.edit(
                  ALICE,
                  apiId,
                  api ->
                      api.withDocumentationVersions(
                          Map.of(
                              "v1",
                              new FrozenDocumentation(
                                  DocumentationVersion.builder().version("v1").build(),
                                  List.of())))));
      patch(operation(Op.REPLACE, "/documentationVersion", "v1"));

      assertEquals("v1", stage().documentationVersion());
    }

    @Test
    void cachesOfStagesThatAreThereAreFlushed() {
      deploy(r -> r.stageName("prod"));
      FlushStageCacheRequest data =
          FlushStageCacheRequest.builder().restApiId(apiId).stageName("prod").build();
      FlushStageAuthorizersCacheRequest authorizers =
          FlushStageAuthorizersCacheRequest.builder().restApiId(apiId).stageName("prod").build();

      house.run(() -> house.stages.flushStageCache(ALICE, data));
      Snapshot before = house.published.getLast();
      house.run(() -> house.stages.flushStageAuthorizersCache(ALICE, authorizers));
      Snapshot after = house.published.getLast();
      assertEquals(before.key(), after.key());
      assertTrue(after.revision() > before.revision(), "nodes are to begin anew");

      for (ApiError error :
          List.of(
              refused(() -> house.stages.flushStageCache(MALLORY, data)),
              refused(() -> house.stages.flushStageAuthorizersCache(MALLORY, authorizers)))) {
        assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
        assertEquals("Invalid stage identifier specified", error.getMessage());
      }
    }

    @Test
    void aDeletedDeploymentIsGoneForTheVendorsOperations() {
      Deployment made = deploy(r -> r.description("first"));
      delete(made);

      assertTrue(house.in(() -> house.kit.deployments.find(ALICE, apiId, made.id())).isEmpty());
      assertEquals(ApiError.Kind.NOT_FOUND, refused(() -> delete(made)).kind());
      refused(() -> create(made, r -> r.stageName("s")));
    }

    private Deployment deploy(Consumer<CreateDeploymentRequest.Builder> request) {
      CreateDeploymentRequest.Builder in = CreateDeploymentRequest.builder().restApiId(apiId);
      request.accept(in);
      return house.in(() -> house.deployments.createDeployment(ALICE, in.build()));
    }

    private void delete(Deployment deployment) {
      house.run(
          () ->
              house.deployments.deleteDeployment(
                  ALICE,
                  DeleteDeploymentRequest.builder()
                      .restApiId(apiId)
                      .deploymentId(deployment.id())
                      .build()));
    }

    private Stage create(Deployment deployment, Consumer<CreateStageRequest.Builder> request) {
      CreateStageRequest.Builder in =
          CreateStageRequest.builder()
              .restApiId(apiId)
              .stageName("other")
              .deploymentId(deployment.id());
      request.accept(in);
      return house.in(() -> house.stages.createStage(ALICE, in.build()));
    }

    private Stage stage() {
      return house.in(
          () ->
              house.stages.getStage(
                  ALICE, GetStageRequest.builder().restApiId(apiId).stageName("prod").build()));
    }

    private void patch(PatchOperation change) {
      house.run(
          () ->
              house.stages.updateStage(
                  ALICE,
                  UpdateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName("prod")
                      .patchOperations(change)
                      .build()));
    }

    private static PatchOperation operation(Op op, String path, String value) {
      return PatchOperation.builder().op(op).path(path).value(value).build();
    }

    private ApiError refused(Runnable operation) {
      return assertThrows(ApiError.class, () -> house.run(operation));
    }
  }
}

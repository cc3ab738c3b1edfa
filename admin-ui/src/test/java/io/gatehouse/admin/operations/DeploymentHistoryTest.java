package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.operations.DeploymentHistory.DeletedDeployment;
import io.gatehouse.admin.operations.DeploymentHistory.StageBehind;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Deleted deployments and undeployed changes, on both databases. */
class DeploymentHistoryTest {

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
    void aDeletedDeploymentIsRestoredAsANewOneOfTheSameDefinition() {
      Deployment made = deploy("", "the good one");
      ApiDefinition frozen =
          house.in(() -> house.kit.deployments.definition(ALICE.account(), apiId, made.id()));
      house.run(() -> house.kit.apis.edit(ALICE, apiId, api -> Kit.definition(apiId, Map.of())));
      delete(made);

      List<DeletedDeployment> deleted = deleted();
      assertEquals(List.of(made.id()), deleted.stream().map(DeletedDeployment::id).toList());
      assertEquals("the good one", deleted.getFirst().description().orElseThrow());
      Deployment restored =
          house.in(() -> house.history.restoreDeployment(ALICE, apiId, made.id()));

      assertNotEquals(made.id(), restored.id());
      assertEquals("the good one", restored.description());
      assertEquals(
          frozen,
          house.in(() -> house.kit.deployments.definition(ALICE.account(), apiId, restored.id())));
      assertEquals(List.of(restored.id()), ids());
      assertEquals(1, deleted().size(), "it can be restored again");
    }

    @Test
    void anotherTenantSeesAndRestoresNothing() {
      Deployment made = deploy("prod", "");
      Deployment next = deploy("prod", "");
      delete(made);

      for (Runnable attempt :
          List.<Runnable>of(
              () -> house.history.deletedDeployments(MALLORY, apiId),
              () -> house.history.restoreDeployment(MALLORY, apiId, made.id()),
              () -> house.history.undeployedChanges(MALLORY, apiId, "prod"),
              () -> house.history.stagesBehind(MALLORY, apiId),
              () -> house.history.deploymentChanges(MALLORY, apiId, next.id(), next.id()),
              () -> house.history.deploymentChanges(ALICE, apiId, next.id(), made.id()),
              () -> house.history.restoreDeployment(ALICE, apiId, next.id()))) {
        ApiError error = assertThrows(ApiError.class, () -> house.run(attempt));
        assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
      }
    }

    @Test
    void theOldestThatNoStageServesMakesRoomAndOldDeletedOnesGo() {
      Deployment served = deploy("prod", "");
      Deployment oldest = deploy("", "");
      for (int i = 0; i < 499; i++) {
        deploy("", "");
      }

      assertEquals(List.of(oldest.id()), deleted().stream().map(DeletedDeployment::id).toList());
      assertEquals(
          served.id(),
          house.in(() -> house.kit.deployments.get(ALICE, apiId, served.id())).deploymentId());
      for (int i = 0; i < 101; i++) {
        deploy("", "");
      }
      assertEquals(100, deleted().size());
    }

    @Test
    void changesSinceTheStagesDeploymentAreListed() {
      deploy("prod", "");
      assertEquals(List.of(), changes());

      house.run(
          () ->
              house.kit.apis.edit(
                  ALICE,
                  apiId,
                  api ->
                      api.withRestApi(
                          api.restApi().toBuilder().minimumCompressionSize(9).build())));

      assertEquals(List.of("API settings changed: minimumCompressionSize"), changes());
      deploy("prod", "");
      assertEquals(List.of(), changes());
    }

    @Test
    void itIsToldHowFarEachStageIsBehindAndHowDeploymentsDiffer() {
      Deployment first = deploy("prod", "");
      Method post =
          Method.builder().authorizationType("NONE").methodIntegration(i -> i.type("MOCK")).build();
      house.run(
          () ->
              house.kit.apis.edit(
                  ALICE, apiId, api -> Kit.definition(apiId, Map.of("POST", post))));
      Deployment second = deploy("test", "");

      assertEquals(
          List.of(new StageBehind("prod", 2), new StageBehind("test", 0)),
          house.in(() -> house.history.stagesBehind(ALICE, apiId)));
      assertEquals(
          List.of("Method GET / removed", "Method POST / added"), differences(first, second));
      assertEquals(
          List.of("Method POST / removed", "Method GET / added"), differences(second, first));
      assertEquals(List.of(), differences(first, first));
    }

    private List<String> differences(Deployment earlier, Deployment later) {
      return house
          .in(() -> house.history.deploymentChanges(ALICE, apiId, earlier.id(), later.id()))
          .stream()
          .map(Difference::line)
          .toList();
    }

    private List<String> changes() {
      return house.in(() -> house.history.undeployedChanges(ALICE, apiId, "prod")).stream()
          .map(Difference::line)
          .toList();
    }

    private List<DeletedDeployment> deleted() {
      return house.in(() -> house.history.deletedDeployments(ALICE, apiId));
    }

    private List<String> ids() {
      return house
          .in(
              () ->
                  house.deployments.getDeployments(
                      ALICE, GetDeploymentsRequest.builder().restApiId(apiId).build()))
          .items()
          .stream()
          .map(Deployment::id)
          .toList();
    }

    private Deployment deploy(String stage, String description) {
      return house.in(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder()
                      .restApiId(apiId)
                      .stageName(stage)
                      .description(description)
                      .build()));
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
  }
}

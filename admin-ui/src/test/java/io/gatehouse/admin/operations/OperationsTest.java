package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Tenants.AccessKeyView;
import io.gatehouse.admin.operations.Tenants.NewAccessKey;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.compile.Unserved;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.GetTagsRequest;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Deploying, stages, keys, plans, tags and tenants, on both databases. */
class OperationsTest {

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
    void whatNodesCannotServeOfAnApiIsDeployedAndTold() {
      Method ofTheCaller =
          Kit.mock("x").resources().get("root").resourceMethods().get("GET").toBuilder()
              .methodIntegration(
                  i ->
                      i.type(IntegrationType.AWS)
                          .uri("arn:aws:apigateway:us-east-1:sqs:action/ListQueues")
                          .credentials("arn:aws:iam::*:user/*"))
              .build();
      edit(api -> Kit.definition(apiId, Map.of("GET", ofTheCaller)));

      deploy("prod");

      List<Unserved> unserved = house.in(() -> house.nodes.unserved(ALICE, apiId, "prod"));
      assertEquals(
          List.of(
              new Unserved(
                  "GET /",
                  "an integration with the caller's own credentials is not built yet in this"
                      + " version of Gatehouse",
                  true)),
          unserved);
    }

    @Test
    void anApiWithoutMethodsOrWithOneThatLeadsNowhereIsNotDeployed() {
      edit(api -> Kit.definition(apiId, Map.of()));
      assertEquals(
          "The REST API doesn't contain any methods", refused(() -> deploy("")).getMessage());

      Method alone = Method.builder().httpMethod("GET").authorizationType("NONE").build();
      edit(api -> Kit.definition(apiId, Map.of("GET", alone)));
      assertEquals("No integration defined for method", refused(() -> deploy("")).getMessage());
      assertEquals(0, deployments());
    }

    @Test
    void aDeploymentWithoutAStageIsPublishedNowhere() {
      Deployment made = deploy("");

      assertEquals(1, deployments());
      assertEquals(Map.of(), made.apiSummary());
      assertEquals(List.of(), house.published);
      Deployment shown =
          house.in(
              () ->
                  house.deployments.getDeployment(
                      ALICE,
                      GetDeploymentRequest.builder()
                          .restApiId(apiId)
                          .deploymentId(made.id())
                          .embed("apisummary")
                          .build()));
      assertEquals("NONE", shown.apiSummary().get("/").get("GET").authorizationType());
    }

    @Test
    void aDeploymentToANewStageMakesItAndToAnOldOneMovesIt() {
      Deployment first = deploy("prod");
      assertEquals(first.id(), stage("prod").deploymentId());
      patch("prod", replace("/description", "kept"));

      Deployment second = deploy("prod");

      assertEquals(second.id(), stage("prod").deploymentId());
      assertEquals("kept", stage("prod").description());
      String key = "stage/" + ALICE.account() + "/" + apiId + "/prod";
      assertEquals(List.of(key, key, key), house.published.stream().map(Snapshot::key).toList());
      assertRevisionsGrow();
    }

    @Test
    void aDeploymentKeepsTheApiAsItWas() {
      deploy("prod");
      edit(api -> Kit.definition(apiId, Map.of()));

      patch("prod", replace("/description", "still served"));

      assertEquals(2, house.published.size());
    }

    @Test
    void aDeploymentThatAStageUsesIsNotDeleted() {
      Deployment old = deploy("prod");

      assertEquals(
          "Active stages pointing to this deployment must be moved or deleted",
          refused(() -> delete(old)).getMessage());
      deploy("prod");
      delete(old);

      assertEquals(1, deployments());
    }

    @Test
    void aStageIsMadeOnceOfADeploymentOfItsOwnApi() {
      Deployment made = deploy("");
      Stage stage = createStage(made.id(), "s1");

      assertEquals(Map.of("v", "1"), stage.variables());
      assertEquals(
          "Stage already exists", refused(() -> createStage(made.id(), "s1")).getMessage());
      assertNotFound(() -> createStage("nope", "s2"));
      assertEquals(
          "Deployment id does not exist",
          refused(() -> patch("s1", replace("/deploymentId", "nope"))).getMessage());
      assertEquals(made.id(), stage("s1").deploymentId());
    }

    @Test
    void aStageThatIsDeletedIsTakenFromTheNodes() {
      deploy("prod");

      house.run(
          () ->
              house.stages.deleteStage(
                  ALICE, DeleteStageRequest.builder().restApiId(apiId).stageName("prod").build()));

      assertNotFound(() -> stage("prod"));
      assertTrue(house.published.getLast() instanceof Snapshot.Tombstone);
      assertRevisionsGrow();
    }

    @Test
    void anotherTenantCanNeitherDeployNorTag() {
      deploy("prod");
      house.published.clear();

      assertNotFound(
          () ->
              house.deployments.createDeployment(
                  MALLORY, CreateDeploymentRequest.builder().restApiId(apiId).build()));
      for (String arn : List.of("/restapis/" + apiId, "/restapis/" + apiId + "/stages/prod")) {
        assertNotFound(() -> tag(MALLORY, arn, Map.of("a", "b")));
        assertNotFound(() -> tags(MALLORY, arn));
      }
      assertEquals(List.of(), house.published);
    }

    @Test
    void whateverHasAnArnIsTaggedAndUntagged() {
      deploy("prod");
      String key = key("k").id();
      String plan = plan().id();
      for (String arn :
          List.of(
              "/restapis/" + apiId,
              "/restapis/" + apiId + "/stages/prod",
              "/apikeys/" + key,
              "/usageplans/" + plan)) {
        tag(ALICE, arn, Map.of("team", "a", "cost", "1"));
        tag(ALICE, arn, Map.of("team", "b"));
        assertEquals(Map.of("team", "b", "cost", "1"), tags(ALICE, arn), arn);

        untag(arn, "team", "unknown");
        assertEquals(Map.of("cost", "1"), tags(ALICE, arn), arn);
        untag(arn, "cost");
        assertEquals(Map.of(), tags(ALICE, arn), arn);
      }
    }

    @Test
    void anArnOfElsewhereAndTooManyTagsAreRefused() {
      for (String arn :
          List.of(
              "arn:aws:apigateway:us-west-2::/restapis/" + apiId,
              "arn:aws:apigateway:us-east-1:111111111111:/restapis/" + apiId,
              "arn:aws:lambda:us-east-1::/restapis/" + apiId,
              "arn:aws:apigateway:us-east-1::/restapis/" + apiId + "/resources/x",
              "nonsense")) {
        ApiError error =
            refused(
                () -> house.tags.getTags(ALICE, GetTagsRequest.builder().resourceArn(arn).build()));
        assertEquals(ApiError.Kind.BAD_REQUEST, error.kind(), arn);
      }
      assertNotFound(() -> tags(ALICE, "/vpclinks/abc"));
      Map<String, String> many = new java.util.HashMap<>();
      for (int i = 0; i < 51; i++) {
        many.put("k" + i, "v");
      }
      refused(() -> tag(ALICE, "/restapis/" + apiId, many));
      assertEquals(Map.of(), tags(ALICE, "/restapis/" + apiId));
    }

    @Test
    void aKeysValueIsShownOnlyWhereAskedFor() {
      ApiKey made = key("shown");

      assertNull(getKey(made.id(), false).value());
      assertEquals(made.value(), getKey(made.id(), true).value());
      house.run(
          () ->
              house.keys.updateApiKey(
                  ALICE,
                  UpdateApiKeyRequest.builder()
                      .apiKey(made.id())
                      .patchOperations(replace("/enabled", "false"))
                      .build()));
      assertEquals(false, getKey(made.id(), false).enabled());
      assertEquals(2, house.published.size());
      ApiError brief = refused(() -> create(r -> r.value("too short")));
      assertEquals("API Key value should be at least 20 characters", brief.getMessage());
    }

    @Test
    void aPlansStagesMustBeThere() {
      ApiError error =
          refused(() -> plan(r -> r.name("p").apiStages(s -> s.apiId(apiId).stage("nope"))));

      assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
      assertEquals(List.of(), house.published);
    }

    @Test
    void twoPlansOfOneKeyNeverHaveTheSameStage() {
      deploy("prod");
      String key = key("k").id();
      UsagePlan one = plan(r -> r.name("one").apiStages(s -> s.apiId(apiId).stage("prod")));
      UsagePlan two = plan(r -> r.name("two").apiStages(s -> s.apiId(apiId).stage("prod")));
      UsagePlan three = plan(r -> r.name("three"));
      join(one, key);
      join(three, key);

      assertEquals(ApiError.Kind.CONFLICT, refused(() -> join(one, key)).kind());
      ApiError joining = refused(() -> join(two, key));
      ApiError adding = refused(() -> addStage(three, apiId + ":prod"));

      assertEquals(ApiError.Kind.CONFLICT, joining.kind());
      assertTrue(joining.getMessage().contains(one.id()), joining.getMessage());
      assertEquals(ApiError.Kind.CONFLICT, adding.kind());
      assertEquals(
          List.of(one.id(), three.id()),
          house.in(() -> house.kit.plans.plansOf(ALICE.account(), key)));
    }

    @Test
    void aPlanWithStagesStaysAndOneWithoutLetsItsKeysGo() {
      deploy("prod");
      String key = key("k").id();
      UsagePlan plan = plan(r -> r.name("p").apiStages(s -> s.apiId(apiId).stage("prod")));
      join(plan, key);

      assertEquals(
          "Cannot delete Usage Plan with attached API Stages",
          refused(() -> delete(plan)).getMessage());
      house.run(
          () ->
              house.plans.updateUsagePlan(
                  ALICE,
                  UpdateUsagePlanRequest.builder()
                      .usagePlanId(plan.id())
                      .patchOperations(change(Op.REMOVE, "/apiStages", apiId + ":prod"))
                      .build()));
      delete(plan);

      assertEquals(List.of(), house.in(() -> house.kit.plans.plansOf(ALICE.account(), key)));
    }

    @Test
    void limitsOfPlansAreKeptAndChecked() {
      UsagePlan made =
          plan(
              r ->
                  r.name("p")
                      .throttle(t -> t.rateLimit(1.5).burstLimit(2))
                      .quota(q -> q.limit(10).period("WEEK")));

      assertEquals(1.5, made.throttle().rateLimit());
      assertEquals(0, made.quota().offset());
      for (String[] bad :
          new String[][] {
            {"DAY", "1", "Usage Plan quota offset must be zero in the DAY period"},
            {
              "WEEK",
              "7",
              "Usage Plan quota offset must be between zero and six inclusive in the WEEK period"
            },
            {
              "MONTH",
              "28",
              "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period"
            },
            {"YEAR", "0", "Usage Plan quota period must be one of DAY, WEEK, MONTH"}
          }) {
        ApiError error =
            refused(
                () ->
                    plan(
                        r ->
                            r.name("p")
                                .quota(
                                    QuotaSettings.builder()
                                        .limit(1)
                                        .period(bad[0])
                                        .offset(Integer.valueOf(bad[1]))
                                        .build())));
        assertEquals(bad[2], error.getMessage());
      }
      refused(() -> plan(r -> r.name("p").throttle(t -> t.rateLimit(-1.0))));
    }

    @Test
    void legacyStageKeysNameStagesOfTheTenantsOwn() {
      deploy("prod");
      ApiKey made = create(r -> r.name("k").stageKeys(s -> s.restApiId(apiId).stageName("prod")));

      assertEquals(List.of(apiId + "/prod"), made.stageKeys());
      assertEquals(List.of(apiId + "/prod"), getKey(made.id(), false).stageKeys());
      assertNotFound(() -> create(r -> r.stageKeys(s -> s.restApiId(apiId).stageName("nope"))));
      assertNotFound(
          () ->
              house.keys.createApiKey(
                  MALLORY,
                  CreateApiKeyRequest.builder()
                      .stageKeys(s -> s.restApiId(apiId).stageName("prod"))
                      .build()));
    }

    @Test
    void aTenantIsMadeOnceWithAKeyOfItsOwner() {
      Caller operator = Kit.caller("000000000000");
      String account = "8%011d".formatted(kind.ordinal());

      Tenants.NewTenant made =
          house.in(() -> house.tenants.createTenant(operator, account, " Eight "));

      assertEquals("Eight", made.tenant().name());
      assertEquals(Caller.Role.OWNER, made.accessKey().key().role());
      assertTrue(house.groups.contains(account));
      assertTrue(
          house.in(() -> house.tenants.tenants(operator)).stream()
              .anyMatch(tenant -> tenant.account().equals(account)));
      assertEquals(
          ApiError.Kind.CONFLICT,
          refused(() -> house.tenants.createTenant(operator, account, "again")).kind());
      refused(() -> house.tenants.createTenant(operator, "12", "short"));
    }

    @Test
    void anAccessKeyIsSwitchedOnlyByItsOwnTenant() {
      Caller nine = Kit.caller("9%011d".formatted(kind.ordinal()));
      house.run(() -> house.kit.tenants.create(nine.account(), "Nine"));

      NewAccessKey key = house.in(() -> house.tenants.createAccessKey(nine, Caller.Role.DEVELOPER));

      assertNotEquals("", key.secretAccessKey());
      String id = key.key().accessKeyId();
      assertNotFound(() -> house.tenants.disableAccessKey(MALLORY, id));
      assertEquals(false, house.in(() -> house.tenants.disableAccessKey(nine, id)).active());
      List<AccessKeyView> all = house.in(() -> house.tenants.accessKeys(nine));
      assertEquals(List.of(false), all.stream().map(AccessKeyView::active).toList());
      assertEquals(true, house.in(() -> house.tenants.enableAccessKey(nine, id)).active());
      refused(() -> house.tenants.createAccessKey(nine, Caller.Role.OPERATOR));
      for (int i = 1; i < 20; i++) {
        house.run(() -> house.tenants.createAccessKey(nine, Caller.Role.VIEWER));
      }
      assertEquals(
          ApiError.Kind.LIMIT_EXCEEDED,
          refused(() -> house.tenants.createAccessKey(nine, Caller.Role.VIEWER)).kind());
    }

    @Test
    void withoutNodesAStageStillHasItsRevision() {
      deploy("prod");

      Nodes.StageReceipt receipt = house.in(() -> house.nodes.receipt(ALICE, apiId, "prod"));

      assertEquals(house.published.getLast().revision(), receipt.revision());
      assertEquals(List.of(), receipt.nodes());
      assertEquals(List.of(), house.nodes.acknowledgements(ALICE, apiId, "prod"));
      assertNotFound(() -> house.nodes.receipt(MALLORY, apiId, "prod"));
    }

    private void edit(java.util.function.UnaryOperator<ApiDefinition> change) {
      house.run(() -> house.kit.apis.edit(ALICE, apiId, change));
    }

    private Deployment deploy(String stageName) {
      return house.in(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder().restApiId(apiId).stageName(stageName).build()));
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

    private int deployments() {
      return house
          .in(
              () ->
                  house.deployments.getDeployments(
                      ALICE, GetDeploymentsRequest.builder().restApiId(apiId).build()))
          .items()
          .size();
    }

    private Stage createStage(String deploymentId, String name) {
      return house.in(
          () ->
              house.stages.createStage(
                  ALICE,
                  CreateStageRequest.builder()
                      .restApiId(apiId)
                      .deploymentId(deploymentId)
                      .stageName(name)
                      .variables(Map.of("v", "1"))
                      .build()));
    }

    private Stage stage(String name) {
      return house.in(
          () ->
              house.stages.getStage(
                  ALICE, GetStageRequest.builder().restApiId(apiId).stageName(name).build()));
    }

    private void patch(String stageName, PatchOperation change) {
      house.run(
          () ->
              house.stages.updateStage(
                  ALICE,
                  UpdateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName(stageName)
                      .patchOperations(change)
                      .build()));
    }

    private ApiKey key(String name) {
      return create(r -> r.name(name).enabled(true));
    }

    private ApiKey create(Consumer<CreateApiKeyRequest.Builder> request) {
      CreateApiKeyRequest.Builder in = CreateApiKeyRequest.builder();
      request.accept(in);
      return house.in(() -> house.keys.createApiKey(ALICE, in.build()));
    }

    private ApiKey getKey(String id, boolean withValue) {
      return house.in(
          () ->
              house.keys.getApiKey(
                  ALICE, GetApiKeyRequest.builder().apiKey(id).includeValue(withValue).build()));
    }

    private UsagePlan plan() {
      return plan(r -> r.name("p"));
    }

    private UsagePlan plan(Consumer<CreateUsagePlanRequest.Builder> request) {
      CreateUsagePlanRequest.Builder in = CreateUsagePlanRequest.builder();
      request.accept(in);
      return house.in(() -> house.plans.createUsagePlan(ALICE, in.build()));
    }

    private void join(UsagePlan plan, String keyId) {
      house.run(
          () ->
              house.plans.createUsagePlanKey(
                  ALICE,
                  CreateUsagePlanKeyRequest.builder()
                      .usagePlanId(plan.id())
                      .keyId(keyId)
                      .keyType("API_KEY")
                      .build()));
    }

    private void addStage(UsagePlan plan, String stage) {
      house.run(
          () ->
              house.plans.updateUsagePlan(
                  ALICE,
                  UpdateUsagePlanRequest.builder()
                      .usagePlanId(plan.id())
                      .patchOperations(change(Op.ADD, "/apiStages", stage))
                      .build()));
    }

    private void delete(UsagePlan plan) {
      house.run(
          () ->
              house.plans.deleteUsagePlan(
                  ALICE, DeleteUsagePlanRequest.builder().usagePlanId(plan.id()).build()));
    }

    private void tag(Caller caller, String path, Map<String, String> tags) {
      house.run(
          () ->
              house.tags.tagResource(
                  caller, TagResourceRequest.builder().resourceArn(arn(path)).tags(tags).build()));
    }

    private void untag(String path, String... keys) {
      house.run(
          () ->
              house.tags.untagResource(
                  ALICE,
                  UntagResourceRequest.builder().resourceArn(arn(path)).tagKeys(keys).build()));
    }

    private Map<String, String> tags(Caller caller, String path) {
      return house
          .in(
              () ->
                  house.tags.getTags(
                      caller, GetTagsRequest.builder().resourceArn(arn(path)).build()))
          .tags();
    }

    private static String arn(String path) {
      return "arn:aws:apigateway:us-east-1::" + path;
    }

    private static PatchOperation replace(String path, String value) {
      return change(Op.REPLACE, path, value);
    }

    private static PatchOperation change(Op op, String path, String value) {
      return PatchOperation.builder().op(op).path(path).value(value).build();
    }

    private void assertRevisionsGrow() {
      List<Long> revisions = house.published.stream().map(Snapshot::revision).toList();
      assertEquals(revisions.stream().sorted().distinct().toList(), revisions);
    }

    private void assertNotFound(Runnable operation) {
      assertEquals(ApiError.Kind.NOT_FOUND, refused(operation).kind());
    }

    private ApiError refused(Runnable operation) {
      return assertThrows(ApiError.class, () -> house.run(operation));
    }
  }
}

package io.gatehouse.admin.store;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Published.Readers;
import io.gatehouse.admin.store.Published.Thing;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class StoresTest {

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

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {

    private final Database.Kind kind;
    private final Ids ids = new Ids(new Random(7));
    private Database database;
    private Kit kit;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      database = Database.open(kind);
      kit = new Kit(database);
    }

    @AfterAll
    void close() throws Exception {
      database.close();
    }

    @Test
    void migratingAgainChangesNothing() {
      Migrations.migrate(database.dataSource());
    }

    @Test
    void aStageKeepsItsBodyAndGrowsItsRevision() {
      String apiId = deployed("s1");
      long before = in(() -> kit.stages.get(ALICE, apiId, "s1")).revision();

      run(
          () -> {
            StoredStage stage = kit.stages.lock(ALICE, apiId, "s1");
            kit.stages.replace(stage, stage.body().toBuilder().description("new").build());
          });

      StoredStage after = in(() -> kit.stages.get(ALICE, apiId, "s1"));
      assertEquals("new", after.body().description());
      assertEquals(Map.of("v", "1"), after.body().variables());
      assertTrue(after.revision() > before);
    }

    @Test
    void aSecondStageOfTheNameIsAConflict() {
      String apiId = deployed("s1");

      ApiError error =
          assertThrows(
              ApiError.class,
              () -> run(() -> kit.stages.create(ALICE, apiId, stage("s1", "d" + apiId))));

      assertEquals("Stage already exists", error.getMessage());
    }

    @Test
    void aStageMadeAgainStartsAboveTheOneThatWasDeleted() {
      String apiId = deployed("s1");
      StoredStage first = in(() -> kit.stages.get(ALICE, apiId, "s1"));
      run(() -> kit.stages.delete(kit.stages.lock(ALICE, apiId, "s1")));

      run(() -> kit.stages.create(ALICE, apiId, stage("s1", first.deploymentId())));

      assertTrue(in(() -> kit.stages.get(ALICE, apiId, "s1")).revision() > first.revision());
    }

    @Test
    void deletingAnApiTakesItsStagesAndDeploymentsWithIt() {
      String apiId = deployed("s1");

      List<StoredStage> gone = in(() -> kit.apis.delete(ALICE, apiId));

      assertEquals(List.of("s1"), gone.stream().map(StoredStage::stageName).toList());
      run(
          () -> {
            assertTrue(kit.stages.find(ALICE, apiId, "s1").isEmpty());
            assertTrue(kit.deployments.find(ALICE, apiId, "d" + apiId).isEmpty());
            assertTrue(kit.apis.find(ALICE, apiId).isEmpty());
          });
    }

    @Test
    void whatADeploymentFrozeIsParsedOnceAndGoneWithIt() {
      String apiId = deployed("s1");
      String account = ALICE.account();

      ApiDefinition frozen = in(() -> kit.deployments.definition(account, apiId, "d" + apiId));

      assertEquals(Kit.mock(apiId).resources(), frozen.resources());
      assertSame(frozen, in(() -> kit.deployments.definition(account, apiId, "d" + apiId)));
      assertThrows(
          NoSuchElementException.class,
          () -> in(() -> kit.deployments.definition(MALLORY.account(), apiId, "d" + apiId)));
      run(() -> kit.apis.delete(ALICE, apiId));
      assertThrows(
          NoSuchElementException.class,
          () -> in(() -> kit.deployments.definition(account, apiId, "d" + apiId)));
    }

    @Test
    void anotherTenantCannotReachStagesAndDeploymentsById() {
      String apiId = deployed("s1");
      String deploymentId = "d" + apiId;

      assertNotFound(() -> kit.stages.get(MALLORY, apiId, "s1"));
      assertNotFound(() -> kit.stages.lock(MALLORY, apiId, "s1"));
      assertNotFound(() -> kit.deployments.get(MALLORY, apiId, deploymentId));
      assertNotFound(() -> kit.deployments.lock(MALLORY, apiId, deploymentId));
      assertNotFound(() -> kit.apis.require(MALLORY, apiId));
      assertNotFound(() -> kit.apis.hold(MALLORY, apiId));
      run(
          () -> {
            assertEquals(List.of(), kit.stages.list(MALLORY, apiId));
            assertEquals(List.of(), kit.deployments.list(MALLORY, apiId, Page.Ask.first()).items());
            assertFalse(kit.stages.anyOf(MALLORY, apiId, deploymentId));
            assertTrue(kit.stages.anyOf(ALICE, apiId, deploymentId));
          });
    }

    @Test
    void anotherTenantCannotReachKeysAndPlansById() {
      String keyId = key(ALICE, "alices-very-secret-value-1");
      String planId = plan(ALICE);
      run(() -> kit.plans.addKey(ALICE, planId, keyId));

      assertNotFound(() -> kit.keys.get(MALLORY, keyId));
      assertNotFound(() -> kit.keys.lock(MALLORY, keyId));
      assertNotFound(() -> kit.plans.get(MALLORY, planId));
      assertNotFound(() -> kit.plans.lock(MALLORY, planId));
      run(
          () -> {
            assertFalse(kit.plans.holds(MALLORY, planId, keyId));
            assertEquals(List.of(), kit.plans.keysOf(MALLORY, planId));
            assertEquals(List.of(), kit.plans.plansOf(MALLORY.account(), keyId));
            assertEquals(List.of(), kit.plans.keys(MALLORY, planId, "", Page.Ask.first()).items());
            assertEquals(List.of(), kit.plans.list(MALLORY, keyId, Page.Ask.first()).items());
            kit.plans.removeKey(MALLORY, planId, keyId);
          });
      run(() -> assertTrue(kit.plans.holds(ALICE, planId, keyId)));
    }

    @Test
    void aKeyCannotBePutIntoAnotherTenantsPlan() {
      String mine = key(MALLORY, "mallorys-very-secret-value");
      String planId = plan(ALICE);

      assertThrows(
          RuntimeException.class, () -> run(() -> kit.plans.addKey(MALLORY, planId, mine)));
      assertThrows(RuntimeException.class, () -> run(() -> kit.plans.addKey(ALICE, planId, mine)));
    }

    @Test
    void aKeysValueIsSealedAndFoundAgain() throws SQLException {
      String keyId = key(ALICE, "a-value-of-twenty-letters");

      assertEquals(
          "a-value-of-twenty-letters", in(() -> kit.keys.value(kit.keys.get(ALICE, keyId))));
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "select sealed_value, body from api_key where key_id = '" + keyId + "'")) {
        assertTrue(rows.next());
        assertFalse(rows.getString(1).contains("twenty"));
        assertFalse(rows.getString(2).contains("twenty"));
      }
    }

    @Test
    void theSameValueTwiceIsAConflictInOneTenantOnly() {
      key(ALICE, "one-value-for-two-tenants");
      key(MALLORY, "one-value-for-two-tenants");

      ApiError error = assertThrows(ApiError.class, () -> key(ALICE, "one-value-for-two-tenants"));

      assertEquals("API Key already exists", error.getMessage());
    }

    @Test
    void keysAreListedNewestFirstByPrefixAndPage() {
      Caller caller = Kit.caller("333333333333");
      for (String name : List.of("abc-1", "abd_2", "abc%3", "Abc-4")) {
        run(
            () ->
                kit.keys.create(
                    caller,
                    ApiKey.builder()
                        .id(ids.apiKey())
                        .name(name)
                        .customerId("c" + name)
                        .value(ids.apiKeyValue())
                        .build()));
      }

      assertEquals(List.of("Abc-4", "abc%3", "abd_2", "abc-1"), names(caller, "", null));
      assertEquals(List.of("abc%3", "abc-1"), names(caller, "abc", null));
      assertEquals(List.of("abc%3"), names(caller, "abc%", null));
      assertEquals(List.of(), names(caller, "%", null));
      Page<StoredApiKey> first = in(() -> kit.keys.list(caller, "", "", new Page.Ask(null, 3)));
      assertEquals(List.of("abc-1"), names(caller, "", first.position().orElseThrow()));
      assertEquals(
          1, in(() -> kit.keys.list(caller, "", "cabc-1", Page.Ask.first())).items().size());
    }

    @Test
    void plansAreFoundByKeyAndKeysByPlan() {
      Caller caller = Kit.caller("444444444444");
      String keyId = key(caller, "value-of-a-key-in-two-plans");
      String first = plan(caller);
      String second = plan(caller);
      plan(caller);
      run(() -> kit.plans.addKey(caller, first, keyId));
      run(() -> kit.plans.addKey(caller, second, keyId));

      assertEquals(
          List.of(first, second),
          in(() -> kit.plans.list(caller, keyId, Page.Ask.first())).items().stream()
              .map(UsagePlan::id)
              .toList());
      assertEquals(
          List.of(second),
          in(() -> kit.plans.plansSharingKeys(caller, first)).stream()
              .map(StoredUsagePlan::planId)
              .toList());
      assertEquals(List.of(first, second), in(() -> kit.plans.plansOf("444444444444", keyId)));
      run(() -> kit.keys.delete(kit.keys.lock(caller, keyId)));
      assertEquals(List.of(), in(() -> kit.plans.keysOf(caller, first)));
    }

    @Test
    void anAccessKeyOpensOnlyWhileItIsActive() {
      StoredAccessKeys accessKeys = kit.storedAccessKeys();
      run(() -> kit.tenants.ensure("555555555555", "Five", "AKIA5", "secret5"));

      AccessKey found = in(() -> accessKeys.find("AKIA5", Optional.empty())).orElseThrow();
      assertEquals("555555555555", found.account());
      assertEquals("secret5", found.secret());
      assertEquals("arn:aws:iam::555555555555:user/AKIA5", found.principalArn());

      run(() -> assertEquals(Optional.empty(), kit.tenants.activate("1", "AKIA5", false)));
      assertTrue(in(() -> accessKeys.find("AKIA5", Optional.empty())).isPresent());
      run(() -> kit.tenants.activate("555555555555", "AKIA5", false));
      assertTrue(in(() -> accessKeys.find("AKIA5", Optional.empty())).isEmpty());
      assertTrue(in(() -> accessKeys.find("AKIAUNKNOWN", Optional.empty())).isEmpty());
    }

    @Test
    void theDemoTenantIsMadeOnceAndItsSecretFollowsTheSettings() {
      run(() -> kit.tenants.ensure("666666666666", "Demo", "AKIA6", "old"));
      run(() -> kit.tenants.ensure("666666666666", "Demo", "AKIA6", "new"));

      assertEquals(1, in(() -> kit.tenants.accessKeys("666666666666")).size());
      assertEquals(
          "new", in(() -> kit.accessKeys.secret(kit.accessKeys.find("AKIA6").orElseThrow())));
      assertThrows(
          IllegalStateException.class,
          () -> run(() -> kit.tenants.ensure("777777777777", "Other", "AKIA6", "new")));
      assertTrue(in(() -> kit.tenants.find("777777777777")).isEmpty());
    }

    @Test
    void everythingThatNodesNeedIsListedAndCanBeLifted() {
      String apiId = deployed("s1");
      String key = "stage/" + ALICE.account() + "/" + apiId + "/s1";
      Thing thing = in(() -> kit.published.things()).get(key);
      Readers<Long> revision =
          new Readers<>(
              StoredStage::revision,
              StoredUsagePlan::revision,
              StoredApiKey::revision,
              StoredTenant::revision,
              StoredDomain::revision,
              StoredBackendAccess::revision,
              StoredVpcLink::revision,
              StoredFunction::revision,
              StoredIdentity::revision,
              StoredUserPool::revision);

      long far = thing.revision() + 1_000_000_000;
      long lifted = in(() -> kit.published.lift(thing, far, revision)).orElseThrow();

      assertTrue(lifted > far);
      assertEquals(lifted, in(() -> kit.published.things()).get(key).revision());
      assertEquals(lifted, in(() -> kit.published.read(thing, revision)).orElseThrow());
      run(() -> kit.apis.delete(ALICE, apiId));
      assertTrue(in(() -> kit.published.read(thing, revision)).isEmpty());
      assertTrue(in(() -> kit.published.lift(thing, far, revision)).isEmpty());
    }

    private String deployed(String stageName) {
      String apiId = ids.restApi();
      run(
          () -> {
            kit.apis.create(ALICE, Kit.mock(apiId));
            kit.deployments.create(
                ALICE, apiId, Deployment.builder().id("d" + apiId).build(), Kit.mock(apiId));
            kit.stages.create(ALICE, apiId, stage(stageName, "d" + apiId));
          });
      return apiId;
    }

    private static Stage stage(String name, String deploymentId) {
      return Stage.builder()
          .stageName(name)
          .deploymentId(deploymentId)
          .variables(Map.of("v", "1"))
          .build();
    }

    private String key(Caller caller, String value) {
      String id = ids.apiKey();
      run(() -> kit.keys.create(caller, ApiKey.builder().id(id).value(value).build()));
      return id;
    }

    private String plan(Caller caller) {
      String id = ids.small();
      run(
          () ->
              kit.plans.create(
                  caller,
                  UsagePlan.builder()
                      .id(id)
                      .name("p")
                      .apiStages(ApiStage.builder().apiId("a").stage("s").build())
                      .build()));
      return id;
    }

    private List<String> names(Caller caller, String prefix, String position) {
      return in(() -> kit.keys.list(caller, prefix, "", new Page.Ask(position, null)))
          .items()
          .stream()
          .map(key -> key.body().name())
          .toList();
    }

    private <R> R in(Supplier<R> work) {
      return database.inTransaction(work);
    }

    private void run(Runnable work) {
      database.run(work);
    }

    private void assertNotFound(Runnable question) {
      ApiError error = assertThrows(ApiError.class, () -> run(question));
      assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
    }
  }
}

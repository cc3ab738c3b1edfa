package io.gatehouse.admin.store;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.AuditTrail;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.AuditStore.Filter;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.policy.Grants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class AuditStoreTest {

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
    private final Ids ids = new Ids(new Random(5));
    private Database database;
    private Kit kit;
    private AuditStore audit;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      database = Database.open(kind);
      kit = new Kit(database);
      audit = new AuditStore(database.rows(), kit.clock);
    }

    @AfterAll
    void close() throws Exception {
      database.close();
    }

    @Test
    void aChangeIsRecordedWithWhatIsDifferentBeforeAndAfter() {
      String id = plan(ALICE, "Gold", "for all");

      changing(
          ALICE,
          "UpdateUsagePlan",
          () -> {
            StoredUsagePlan plan = kit.plans.lock(ALICE, id);
            kit.plans.replace(plan, plan.body().toBuilder().name("Silver").build());
          });

      StoredAuditRecord record = last(ALICE);
      assertEquals("UpdateUsagePlan", record.operation());
      assertEquals("arn:x", record.resource());
      assertEquals("test", record.principal());
      assertEquals(Caller.Door.MANAGEMENT_API, record.door());
      assertEquals("192.0.2.1", record.source());
      assertEquals("Success", record.outcome());
      assertEquals(NOON, record.at());
      String name = "{\"UsagePlan " + id + "\":{\"body\":{\"name\":\"%s\"}}}";
      assertEquals(name.formatted("Gold"), record.before());
      assertEquals(name.formatted("Silver"), record.after());
    }

    @Test
    void whatIsMadeHasNoBeforeAndWhatIsRemovedNoAfter() {
      String id = ids.small();
      changing(
          ALICE,
          "CreateUsagePlan",
          () -> kit.plans.create(ALICE, UsagePlan.builder().id(id).name("New").build()));

      assertEquals("", last(ALICE).before());
      assertTrue(last(ALICE).after().contains("\"name\":\"New\""), last(ALICE).after());
      changing(ALICE, "DeleteUsagePlan", () -> kit.plans.delete(kit.plans.lock(ALICE, id)));
      assertTrue(last(ALICE).before().contains("\"name\":\"New\""), last(ALICE).before());
      assertEquals("", last(ALICE).after());
    }

    @Test
    void severalWritesOfOneRowAreOneChange() {
      String id = plan(ALICE, "One", "d");

      changing(
          ALICE,
          "UpdateUsagePlan",
          () -> {
            StoredUsagePlan plan = kit.plans.lock(ALICE, id);
            kit.plans.replace(plan, plan.body().toBuilder().name("Two").build());
            database.rows().flush();
            kit.plans.replace(plan, plan.body().toBuilder().name("Three").build());
          });

      assertTrue(last(ALICE).before().contains("One"), last(ALICE).before());
      assertFalse(last(ALICE).before().contains("Two"), last(ALICE).before());
      assertTrue(last(ALICE).after().contains("Three"), last(ALICE).after());
    }

    @Test
    void anApisDocumentIsComparedMemberByMember() {
      String apiId = ids.restApi();
      run(() -> kit.apis.create(ALICE, Kit.mock(apiId)));

      changing(
          ALICE,
          "UpdateRestApi",
          () ->
              kit.apis.edit(
                  ALICE,
                  apiId,
                  api -> api.withRestApi(api.restApi().toBuilder().name("cats").build())));

      assertTrue(last(ALICE).before().contains("\"name\":\"pets\""), last(ALICE).before());
      assertTrue(last(ALICE).after().contains("\"name\":\"cats\""), last(ALICE).after());
      assertFalse(last(ALICE).after().contains("MOCK"), last(ALICE).after());
    }

    @Test
    void aResourceIsComparedMemberByMember() {
      String apiId = ids.restApi();
      run(() -> kit.apis.create(ALICE, Kit.mock(apiId)));

      changing(
          ALICE,
          "UpdateMethod",
          () -> kit.apis.edit(ALICE, apiId, api -> named(api, "description of it")));

      String name = "{\"Resource " + apiId + "/root\":{\"resourceMethods\":{\"GET\":";
      assertEquals("", last(ALICE).before());
      assertEquals(name + "{\"operationName\":\"description of it\"}}}}", last(ALICE).after());
      changing(ALICE, "DeleteRestApi", () -> kit.apis.delete(ALICE, apiId));
      assertTrue(last(ALICE).before().contains("description of it"), last(ALICE).before());
    }

    @Test
    void everyEntityIsSeen() {
      run(
          () ->
              database
                  .rows()
                  .getMetamodel()
                  .getEntities()
                  .forEach(
                      entity ->
                          assertTrue(
                              StoredRow.class.isAssignableFrom(entity.getJavaType()),
                              () -> entity.getName() + " is no StoredRow")));
    }

    @Test
    void noSecretIsEverRecorded() {
      String value = "value-of-a-key-" + kind;
      changing(
          ALICE,
          "CreateApiKey",
          () ->
              kit.keys.create(
                  ALICE, ApiKey.builder().id(ids.apiKey()).name("k").value(value).build()));
      String key = last(ALICE).after();
      assertTrue(key.contains("\"sealedValue\":\"(secret)\""), key);
      assertFalse(key.contains(value), key);

      Caller seven = Kit.caller("7%011d".formatted(kind.ordinal()));
      run(() -> kit.tenants.create(seven.account(), "Seven"));
      String id = "AKIASEVEN" + kind;
      changing(
          seven,
          "createAccessKey",
          () -> kit.tenants.createAccessKey(seven.account(), id, "open-secret", Caller.Role.OWNER));
      assertTrue(last(seven).after().contains(id), last(seven).after());
      assertFalse(last(seven).after().contains("open-secret"), last(seven).after());
      String sealed = run(() -> kit.accessKeys.find(id).orElseThrow().sealedSecret());
      assertFalse(last(seven).after().contains(sealed), last(seven).after());
    }

    @Test
    void theLimitOfAnAccessKeyIsKeptAndItsChangeRecorded() {
      Caller six = Kit.caller("6%011d".formatted(kind.ordinal()));
      String id = "AKIASIX" + kind;
      run(
          () -> {
            kit.tenants.create(six.account(), "Six");
            kit.tenants.createAccessKey(six.account(), id, "s", Caller.Role.OWNER);
          });
      assertEquals(
          Optional.empty(),
          run(() -> kit.storedAccessKeys().find(id, Optional.empty())).get().grants().boundary());
      String policy = "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

      changing(
          six, "limitAccessKey", () -> kit.tenants.limit(six.account(), id, Optional.of(policy)));

      assertTrue(last(six).after().contains("\"document\":" + policy), last(six).after());
      assertTrue(last(six).after().contains("limits-" + id + "\",\"boundary\":true"));
      assertTrue(
          run(() -> kit.storedAccessKeys().find(id, Optional.empty()))
              .get()
              .grants()
              .boundary()
              .isPresent());
      assertEquals(
          Optional.empty(), run(() -> kit.tenants.limit(ALICE.account(), id, Optional.empty())));
    }

    @Test
    void aChangeThatIsTakenBackLeavesNoRecord() {
      int before = all(ALICE).size();

      assertThrows(
          IllegalStateException.class,
          () ->
              changing(
                  ALICE,
                  "CreateUsagePlan",
                  () -> {
                    kit.plans.create(ALICE, UsagePlan.builder().id(ids.small()).name("x").build());
                    throw new IllegalStateException("taken back");
                  }));

      assertEquals(before, all(ALICE).size());
      assertTrue(RowChanges.watching().isEmpty());
    }

    @Test
    void whatMayOrMayNotChangeIsRecordedOnlyWhenItDid() {
      int before = all(ALICE).size();

      watched(entry(ALICE, "accessKeys", "", AuditEntry.Kind.EITHER), () -> {});
      assertEquals(before, all(ALICE).size());
      watched(entry(ALICE, "TestInvokeMethod", "arn:x", AuditEntry.Kind.CHANGE), () -> {});
      assertEquals(before + 1, all(ALICE).size());
      String id = ids.small();
      watched(
          entry(ALICE, "createSomething", "", AuditEntry.Kind.EITHER),
          () -> kit.plans.create(ALICE, UsagePlan.builder().id(id).name("x").build()));
      assertEquals("UsagePlan " + id, last(ALICE).resource());
    }

    @Test
    void refusalsAreRecordedWithTheirReason() {
      run(
          () ->
              audit.refused(
                  entry(ALICE, "DeleteStage", "arn:y", AuditEntry.Kind.CHANGE),
                  "AccessDeniedException",
                  "no \0".repeat(1000)));

      assertEquals("AccessDeniedException", last(ALICE).outcome());
      assertEquals(1024, last(ALICE).message().length());
      assertEquals("", last(ALICE).before() + last(ALICE).after());
    }

    @Test
    void aTenantSeesItsOwnRecordsOnly() {
      plan(MALLORY, "hers", "d");
      changing(MALLORY, "CreateUsagePlan", () -> {});

      assertTrue(all(ALICE).stream().allMatch(r -> r.account().equals(ALICE.account())));
      assertTrue(all(MALLORY).stream().allMatch(r -> r.account().equals(MALLORY.account())));
    }

    @Test
    void recordsAreListedTheNewestFirstByPageAndFilter() {
      Caller five = Kit.caller("5%011d".formatted(kind.ordinal()));
      for (int i = 0; i < 5; i++) {
        int number = i;
        run(
            () ->
                audit.refused(
                    entry(five, "Op" + number % 2, "arn:" + number, AuditEntry.Kind.CHANGE),
                    "X",
                    ""));
      }

      Page<StoredAuditRecord> first =
          run(() -> audit.list(five.account(), Filter.NONE, new Page.Ask(null, 3)));
      assertEquals(List.of("arn:4", "arn:3", "arn:2"), resources(first));
      Page<StoredAuditRecord> second =
          run(
              () ->
                  audit.list(five.account(), Filter.NONE, new Page.Ask(first.position().get(), 3)));
      assertEquals(List.of("arn:1", "arn:0"), resources(second));
      assertTrue(second.position().isEmpty());
      assertEquals(List.of("arn:3", "arn:1"), resources(find(five, new Filter("", "", "oP1"))));
      assertEquals(List.of("arn:2"), resources(find(five, new Filter("N:2", "TES", "op"))));
      assertEquals(List.of(), resources(find(five, new Filter("", "%", ""))));
    }

    @Test
    void oldRecordsAreForgottenInBatches() {
      Caller four = Kit.caller("4%011d".formatted(kind.ordinal()));
      for (int i = 0; i < 5; i++) {
        run(() -> audit.refused(entry(four, "Op", "arn:x", AuditEntry.Kind.CHANGE), "X", ""));
      }

      assertEquals(0, run(() -> audit.forget(NOON, 2)));
      int forgotten = run(() -> audit.forget(NOON.plus(Duration.ofMillis(1)), 2));
      assertEquals(2, forgotten);
      while (forgotten > 0) {
        forgotten = run(() -> audit.forget(NOON.plus(Duration.ofMillis(1)), 2));
      }
      assertEquals(List.of(), all(four));
    }

    @Test
    void aDocumentThatIsTooLongIsCutAndStaysJson() {
      changing(
          ALICE,
          "CreateUsagePlan",
          () -> {
            for (int i = 0; i < 3; i++) {
              kit.plans.create(
                  ALICE,
                  UsagePlan.builder().id(ids.small()).name("\"" + "x".repeat(30_000)).build());
            }
          });

      String after = last(ALICE).after();
      assertTrue(after.length() < 100_000, () -> after.length() + " characters");
      assertTrue(Documents.json(after).containsKey("tooLongToKeep"));
    }

    private static ApiDefinition named(ApiDefinition api, String operation) {
      Resource root = api.resources().get("root");
      Method get = root.resourceMethods().get("GET").toBuilder().operationName(operation).build();
      return api.withResources(
          Map.of("root", root.toBuilder().resourceMethods(Map.of("GET", get)).build()));
    }

    private String plan(Caller caller, String name, String description) {
      String id = ids.small();
      run(
          () ->
              kit.plans.create(
                  caller, UsagePlan.builder().id(id).name(name).description(description).build()));
      return id;
    }

    private void changing(Caller caller, String operation, Runnable work) {
      watched(entry(caller, operation, "arn:x", AuditEntry.Kind.CHANGE), work);
    }

    private void watched(AuditEntry entry, Runnable work) {
      run(
          () -> {
            try (AuditTrail.Watch watch = audit.watch()) {
              work.run();
              watch.done(entry);
            }
          });
    }

    private static AuditEntry entry(
        Caller caller, String operation, String resource, AuditEntry.Kind kind) {
      Caller from =
          new Caller(
              caller.account(),
              caller.region(),
              caller.principal(),
              caller.userId(),
              Map.of(),
              Grants.NONE,
              caller.door(),
              new Caller.Origin("192.0.2.1", false));
      return new AuditEntry(from, caller.account(), operation, resource, kind);
    }

    private StoredAuditRecord last(Caller caller) {
      return all(caller).getFirst();
    }

    private List<StoredAuditRecord> all(Caller caller) {
      return run(() -> audit.list(caller.account(), Filter.NONE, new Page.Ask(null, 500))).items();
    }

    private Page<StoredAuditRecord> find(Caller caller, Filter filter) {
      return run(() -> audit.list(caller.account(), filter, Page.Ask.first()));
    }

    private static List<String> resources(Page<StoredAuditRecord> page) {
      return page.items().stream().map(StoredAuditRecord::resource).toList();
    }

    private <T> T run(java.util.function.Supplier<T> work) {
      return database.inTransaction(work);
    }

    private void run(Runnable work) {
      database.run(work);
    }
  }
}

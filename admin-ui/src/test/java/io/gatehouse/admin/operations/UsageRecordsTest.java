package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaPeriodType;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageRequest;

/** What keys have used and have left, by what nodes have counted, on both databases. */
class UsageRecordsTest {

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

    /** A Monday, and the first of the month; its week began the day before. */
    private static final LocalDate TODAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);

    private static final long DAY = TODAY.toEpochDay();

    private final Database.Kind kind;
    private House house;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      house = new House(Database.open(kind));
    }

    @AfterAll
    void close() throws Exception {
      house.close();
    }

    @AfterEach
    void reach() {
      house.counters.unreachable(false);
    }

    @Test
    void whatNodesHaveUsedIsToldByDayAndTakenOffWhatIsLeftOfThePeriod() {
      String plan = plan(100, 0, QuotaPeriodType.WEEK);
      String key = member(plan);
      counted(plan, key, Period.WEEK, DAY - 1, "node-1", 10, 5);
      counted(plan, key, Period.WEEK, DAY - 1, "node-2", 0, 7);
      counted(plan, key, Period.WEEK, DAY - 8, "node-1", 0, 0, 0, 0, 0, 0, 3);

      assertEquals(
          List.of(
              List.of(3L, 97L), // Saturday, of the week before
              List.of(10L, 90L),
              List.of(12L, 78L),
              List.of(0L, 78L)),
          usage(plan, key, DAY - 2, DAY + 1));
    }

    @Test
    void theClustersNewestCountsAndTheDatabasesWhereItIsOutOfReach() {
      String plan = plan(100, 0, QuotaPeriodType.DAY);
      String key = member(plan);
      counted(plan, key, Period.DAY, DAY, "node-1", 10);
      house.counters.told(
          new QuotaKey(ALICE.account(), plan, key, Period.DAY, DAY), "node-1", 50, 12);
      house.counters.told(
          new QuotaKey(ALICE.account(), plan, key, Period.DAY, DAY), "node-2", 50, 1);

      assertEquals(List.of(List.of(13L, 87L)), usage(plan, key, DAY, DAY));
      house.counters.unreachable(true);
      assertEquals(List.of(List.of(10L, 90L)), usage(plan, key, DAY, DAY));
    }

    @Test
    void whatIsSetAsLeftIsATotalForNodes() {
      String plan = plan(100, 0, QuotaPeriodType.MONTH);
      String key = member(plan);
      counted(plan, key, Period.MONTH, DAY, "node-1", 90);

      assertEquals(List.of(List.of(90L, 500L)), setRemaining(plan, key, 500));

      KeySnapshot told = (KeySnapshot) house.published.getLast();
      assertEquals(Map.of(plan, new Quota.Total(Quota.Period.MONTH, DAY, 590)), told.quotaTotals());
      assertEquals(Map.of(plan, DAY), told.joined());
      counted(plan, key, Period.MONTH, DAY, "node-1", 91);
      assertEquals(List.of(List.of(91L, 499L)), usage(plan, key, DAY, DAY));
    }

    @Test
    void theOffsetIsTakenOffInThePeriodInWhichTheKeyJoined() {
      String plan = plan(100, 6, QuotaPeriodType.WEEK);
      String key = member(plan);

      assertEquals(
          List.of(List.of(0L, 94L), List.of(0L, 100L)), usage(plan, key, DAY + 5, DAY + 6));
    }

    @Test
    void toLeaveAPlanAndComeBackGrantsNothing() {
      String plan = plan(100, 0, QuotaPeriodType.DAY);
      String key = member(plan);
      counted(plan, key, Period.DAY, DAY, "node-1", 60);
      setRemaining(plan, key, 10);

      leave(plan, key);
      join(plan, key);

      assertEquals(List.of(List.of(60L, 10L)), usage(plan, key, DAY, DAY));
      KeySnapshot told = (KeySnapshot) house.published.getLast();
      assertEquals(70, told.quotaTotals().get(plan).allowed());
    }

    @Test
    void eachOfTwoPlansCountsItsOwn() {
      String one = plan(100, 0, QuotaPeriodType.DAY);
      String two = plan(50, 0, QuotaPeriodType.MONTH);
      String key = member(one);
      join(two, key);
      counted(one, key, Period.DAY, DAY, "node-1", 30);
      counted(two, key, Period.MONTH, DAY, "node-1", 50);
      setRemaining(two, key, 5);

      assertEquals(List.of(List.of(30L, 70L)), usage(one, key, DAY, DAY));
      assertEquals(List.of(List.of(50L, 5L)), usage(two, key, DAY, DAY));
      KeySnapshot told = (KeySnapshot) house.published.getLast();
      assertEquals(Map.of(two, new Quota.Total(Quota.Period.MONTH, DAY, 55)), told.quotaTotals());
    }

    @Test
    void aKeyThatMovesToAnotherPlanBeginsThereAndItsUseStaysWhereItWas() {
      String from = plan(100, 0, QuotaPeriodType.DAY);
      String to = plan(40, 0, QuotaPeriodType.DAY);
      String key = member(from);
      counted(from, key, Period.DAY, DAY, "node-1", 99);

      leave(from, key);
      join(to, key);

      assertEquals(List.of(List.of(0L, 40L)), usage(to, key, DAY, DAY));
      assertEquals(Map.of(), items(ALICE, from, key, DAY, DAY), "no key of the plan any more");
      join(from, key);
      assertEquals(List.of(List.of(99L, 1L)), usage(from, key, DAY, DAY));
    }

    @Test
    void anotherLimitCountsAtOnceUnlessSomebodySaidWhatIsLeft() {
      String plan = plan(100, 0, QuotaPeriodType.MONTH);
      String key = member(plan);
      String set = member(plan);
      counted(plan, key, Period.MONTH, DAY, "node-1", 60);
      setRemaining(plan, set, 7);

      patch(plan, replace("/quota/limit", "50"));

      assertEquals(List.of(List.of(60L, 0L)), usage(plan, key, DAY, DAY));
      assertEquals(List.of(List.of(0L, 7L)), usage(plan, set, DAY, DAY));
      assertEquals(List.of(List.of(0L, 50L)), usage(plan, set, DAY + 30, DAY + 30));
    }

    @Test
    void aQuotaOfAnotherPeriodCountsAnewAndWhatWasUsedIsStillTold() {
      String plan = plan(100, 0, QuotaPeriodType.MONTH);
      String key = member(plan);
      counted(plan, key, Period.MONTH, DAY, "node-1", 60);
      setRemaining(plan, key, 7);

      patch(plan, replace("/quota/period", "DAY"));
      counted(plan, key, Period.DAY, DAY, "node-1", 2);
      assertEquals(List.of(List.of(62L, 98L)), usage(plan, key, DAY, DAY));

      patch(plan, PatchOperation.builder().op(Op.REMOVE).path("/quota").build());
      counted(plan, key, Period.NONE, DAY, "node-1", 4);
      assertEquals(List.of(List.of(66L, -1L)), usage(plan, key, DAY, DAY));

      patch(plan, replace("/quota/limit", "100"), replace("/quota/period", "MONTH"));
      assertEquals(List.of(List.of(66L, 7L)), usage(plan, key, DAY, DAY));
    }

    @Test
    void whatKeysHaveUsedGoesWithThePlan() {
      String plan = plan(100, 0, QuotaPeriodType.DAY);
      String key = member(plan);
      counted(plan, key, Period.DAY, DAY, "node-1", 60);
      setRemaining(plan, key, 1);

      house.run(
          () ->
              house.plans.deleteUsagePlan(
                  ALICE, DeleteUsagePlanRequest.builder().usagePlanId(plan).build()));
      assertEquals(Map.of(), kept(plan, key));
      counted(plan, key, Period.DAY, DAY, "node-1", 61);
      assertEquals(Map.of(), kept(plan, key), "a plan that is gone is not counted for");
    }

    @Test
    void anotherTenantSeesAndSetsNothing() {
      String plan = plan(100, 0, QuotaPeriodType.DAY);
      String key = member(plan);
      counted(plan, key, Period.DAY, DAY, "node-1", 60);

      assertEquals(
          ApiError.Kind.NOT_FOUND,
          assertThrows(ApiError.class, () -> items(MALLORY, plan, key, DAY, DAY)).kind());
      assertEquals(
          ApiError.Kind.NOT_FOUND,
          assertThrows(ApiError.class, () -> setRemaining(MALLORY, plan, key, 9)).kind());
      assertEquals(
          Map.of(),
          house.in(
              () -> house.kit.usageCounts.of(MALLORY.account(), plan, List.of(key), DAY, DAY)));
      assertEquals(List.of(List.of(60L, 40L)), usage(plan, key, DAY, DAY));
    }

    private Map<QuotaKey, QuotaState> kept(String plan, String key) {
      return house.in(
          () -> house.kit.usageCounts.of(ALICE.account(), plan, List.of(key), DAY, DAY));
    }

    /** As the ledger has it. */
    private void counted(
        String plan, String key, Period period, long start, String node, long... used) {
      QuotaKey counter = new QuotaKey(ALICE.account(), plan, key, period, start);
      QuotaState state =
          new QuotaState(0, Map.of(node, new NodeCount(true, 0, 0, used)), List.of());
      house.run(() -> house.kit.usageCounts.merge(Map.of(counter, state)));
    }

    private String plan(int limit, int offset, QuotaPeriodType period) {
      return house
          .in(
              () ->
                  house.plans.createUsagePlan(
                      ALICE,
                      CreateUsagePlanRequest.builder()
                          .name("p")
                          .quota(q -> q.limit(limit).offset(offset).period(period))
                          .build()))
          .id();
    }

    private static PatchOperation replace(String path, String value) {
      return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
    }

    private void patch(String plan, PatchOperation... patches) {
      house.in(
          () ->
              house.plans.updateUsagePlan(
                  ALICE,
                  UpdateUsagePlanRequest.builder()
                      .usagePlanId(plan)
                      .patchOperations(patches)
                      .build()));
    }

    private String member(String plan) {
      String key =
          house
              .in(
                  () ->
                      house.keys.createApiKey(
                          ALICE, CreateApiKeyRequest.builder().name("k").build()))
              .id();
      join(plan, key);
      return key;
    }

    private void join(String plan, String key) {
      house.run(
          () ->
              house.plans.createUsagePlanKey(
                  ALICE,
                  CreateUsagePlanKeyRequest.builder()
                      .usagePlanId(plan)
                      .keyId(key)
                      .keyType("API_KEY")
                      .build()));
    }

    private void leave(String plan, String key) {
      house.run(
          () ->
              house.plans.deleteUsagePlanKey(
                  ALICE, DeleteUsagePlanKeyRequest.builder().usagePlanId(plan).keyId(key).build()));
    }

    private List<List<Long>> usage(String plan, String key, long first, long last) {
      return items(ALICE, plan, key, first, last).get(key);
    }

    private Map<String, List<List<Long>>> items(
        Caller caller, String plan, String key, long first, long last) {
      return house
          .in(
              () ->
                  house.usage.getUsage(
                      caller,
                      GetUsageRequest.builder()
                          .usagePlanId(plan)
                          .keyId(key)
                          .startDate(LocalDate.ofEpochDay(first).toString())
                          .endDate(LocalDate.ofEpochDay(last).toString())
                          .build()))
          .items();
    }

    private List<List<Long>> setRemaining(String plan, String key, long remaining) {
      return setRemaining(ALICE, plan, key, remaining);
    }

    private List<List<Long>> setRemaining(Caller caller, String plan, String key, long remaining) {
      return house
          .in(
              () ->
                  house.usage.updateUsage(
                      caller,
                      UpdateUsageRequest.builder()
                          .usagePlanId(plan)
                          .keyId(key)
                          .patchOperations(
                              PatchOperation.builder()
                                  .op(Op.REPLACE)
                                  .path("/remaining")
                                  .value("" + remaining)
                                  .build())
                          .build()))
          .items()
          .get(key);
    }
  }
}

package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.model.wire.ApiError;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigateway.model.FlushStageCacheRequest;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.ImportApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** What limits and caches of stages, plans, keys and tenants nodes are told of, and when. */
class MeteringSettingsTest {

  private static final long TODAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC).toEpochDay();

  private House house;
  private String apiId;

  @BeforeEach
  void open() {
    house = new House(Database.open(Database.Kind.H2));
    apiId = house.ids.restApi();
    house.run(() -> house.kit.apis.create(ALICE, Kit.mock(apiId)));
    house.run(
        () ->
            house.deployments.createDeployment(
                ALICE,
                CreateDeploymentRequest.builder().restApiId(apiId).stageName("prod").build()));
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void aPlanTellsItsLimitsAndEachChangeOfThem() {
    UsagePlan plan =
        house.in(
            () ->
                house.plans.createUsagePlan(
                    ALICE,
                    CreateUsagePlanRequest.builder()
                        .name("p")
                        .throttle(t -> t.rateLimit(2.5).burstLimit(7))
                        .quota(q -> q.limit(100).offset(2).period("WEEK"))
                        .apiStages(
                            s ->
                                s.apiId(apiId)
                                    .stage("prod")
                                    .throttle(
                                        Map.of(
                                            "/pets/GET",
                                            ThrottleSettings.builder()
                                                .rateLimit(1.0)
                                                .burstLimit(1)
                                                .build())))
                        .tags(Map.of(WhenUnreachable.TAG, "serve"))
                        .build()));
    PlanSnapshot told = plan();
    assertEquals(
        new PlanSnapshot(
            told.revision(),
            ALICE.account(),
            plan.id(),
            Set.of(apiId + ":prod"),
            Optional.of(new RateLimit(2.5, 7)),
            Optional.of(new Quota(100, 2, Quota.Period.WEEK)),
            Map.of(apiId + ":prod", Map.of("/pets/GET", new RateLimit(1, 1))),
            WhenUnreachable.SERVE),
        told);

    patch(plan, "/throttle/burstLimit", "0");
    assertEquals(Optional.of(new RateLimit(2.5, 0)), plan().throttle());
    patch(plan, "/quota/limit", "5");
    assertEquals(Optional.of(new Quota(5, 2, Quota.Period.WEEK)), plan().quota());
    house.run(
        () ->
            house.tags.untagResource(
                ALICE,
                UntagResourceRequest.builder()
                    .resourceArn(arn(plan))
                    .tagKeys(WhenUnreachable.TAG)
                    .build()));
    assertEquals(WhenUnreachable.REFUSE, plan().whenUnreachable());
    assertTrue(plan().revision() > told.revision());
  }

  @Test
  void halfAThrottleHasOfTheOtherHalfWhatAnAccountHas() {
    UsagePlan plan = bare();
    patch(plan, "/throttle/rateLimit", "3");
    assertEquals(Optional.of(new RateLimit(3, 5000)), plan().throttle());
  }

  @Test
  void aPolicyThatThereIsNotIsRefused() {
    UsagePlan plan = bare();
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                house.run(
                    () ->
                        house.tags.tagResource(
                            ALICE,
                            TagResourceRequest.builder()
                                .resourceArn(arn(plan))
                                .tags(Map.of(WhenUnreachable.TAG, "maybe"))
                                .build())));
    assertEquals(
        "Invalid value of tag gatehouse:when-unreachable: maybe. Must be one of: [refuse, serve]",
        refused.getMessage());
  }

  @Test
  void keysOfAFileTellWhenTheyJoined() {
    UsagePlan one = bare();
    UsagePlan two = bare();
    String file =
        "name,key,usageplanids\na,value-of-twenty-characters-1,\"%s,%s\"\nb,value-of-twenty-characters-2,%s\n"
            .formatted(one.id(), two.id(), two.id());
    house.in(
        () ->
            house.imports.importApiKeys(
                ALICE,
                ImportApiKeysRequest.builder()
                    .format("csv")
                    .body(SdkBytes.fromUtf8String(file))
                    .build()));

    List<Map<String, Long>> joined =
        house.published.stream()
            .filter(KeySnapshot.class::isInstance)
            .map(key -> ((KeySnapshot) key).joined())
            .toList();
    assertEquals(
        List.of(Map.of(one.id(), TODAY, two.id(), TODAY), Map.of(two.id(), TODAY)), joined);
  }

  @Test
  void toFlushACacheIsANewGenerationThatNoStageOfTheNameEverHad() {
    long first = stage().cacheGeneration();
    house.run(
        () ->
            house.stages.flushStageCache(
                ALICE,
                FlushStageCacheRequest.builder().restApiId(apiId).stageName("prod").build()));
    StageSnapshot flushed = stage();
    assertTrue(flushed.cacheGeneration() > first);
    assertEquals(
        flushed.cacheGeneration(),
        house.in(() -> house.kit.stages.get(ALICE, apiId, "prod")).cacheGeneration());

    String deployment = flushed.stage().deploymentId();
    house.run(
        () ->
            house.stages.deleteStage(
                ALICE, DeleteStageRequest.builder().restApiId(apiId).stageName("prod").build()));
    house.in(
        () ->
            house.stages.createStage(
                ALICE,
                CreateStageRequest.builder()
                    .restApiId(apiId)
                    .stageName("prod")
                    .deploymentId(deployment)
                    .build()));
    assertTrue(stage().cacheGeneration() > flushed.cacheGeneration());
    assertThrows(
        ApiError.class,
        () ->
            house.run(
                () ->
                    house.stages.flushStageCache(
                        MALLORY,
                        FlushStageCacheRequest.builder()
                            .restApiId(apiId)
                            .stageName("prod")
                            .build())));
  }

  @Test
  void aCacheIsThereAtOnceAndHasASizeThatTheVendorHas() {
    CreateStageRequest.Builder in =
        CreateStageRequest.builder()
            .restApiId(apiId)
            .deploymentId(stage().stage().deploymentId())
            .cacheClusterEnabled(true);
    Stage made = house.in(() -> house.stages.createStage(ALICE, in.stageName("default").build()));
    assertEquals("AVAILABLE", made.cacheClusterStatusAsString());
    assertEquals("0.5", made.cacheClusterSize());
    Stage large =
        house.in(
            () ->
                house.stages.createStage(
                    ALICE, in.stageName("large").cacheClusterSize("237").build()));
    assertEquals("237", large.cacheClusterSize());
    assertEquals(
        "Invalid cache cluster size specified. Valid options are"
            + " 0.5,1.6,6.1,13.5,28.4,58.2,118,237",
        assertThrows(
                ApiError.class,
                () ->
                    house.in(
                        () ->
                            house.stages.createStage(
                                ALICE, in.stageName("odd").cacheClusterSize("7").build())))
            .getMessage());
  }

  @Test
  void anOperatorSaysHowFastATenantMayBe() {
    house.run(() -> house.tenants.createTenant(ALICE, ALICE.account(), "Alice"));
    house.run(() -> house.tenants.createTenant(ALICE, MALLORY.account(), "Mallory"));

    house.run(() -> house.tenants.throttleTenant(ALICE, MALLORY.account(), 12.5, 40));

    AccountSnapshot told = (AccountSnapshot) house.published.getLast();
    assertEquals(
        new AccountSnapshot(told.revision(), MALLORY.account(), new RateLimit(12.5, 40)), told);
    assertEquals(
        Map.of(MALLORY.account(), new RateLimit(12.5, 40), ALICE.account(), RateLimit.OF_ACCOUNT),
        house.in(() -> house.tenants.tenants(ALICE)).stream()
            .collect(Collectors.toMap(Tenants.Tenant::account, Tenants.Tenant::throttle)));
    assertEquals(40, burst(MALLORY));
    assertEquals(5000, burst(ALICE));
    assertEquals(5000, burst(Kit.caller("333333333333")), "an account without a tenant's row");
    assertEquals(Set.of(AccountSnapshot.key(MALLORY.account())), accountsPublished());
    for (double rate : new double[] {-1, Double.NaN, 1e300}) {
      assertThrows(
          ApiError.class, () -> house.tenants.throttleTenant(ALICE, MALLORY.account(), rate, 1));
    }
    assertThrows(
        ApiError.class, () -> house.tenants.throttleTenant(ALICE, MALLORY.account(), 1, -1));
    assertThrows(
        ApiError.class,
        () -> house.run(() -> house.tenants.throttleTenant(ALICE, "999999999999", 1, 1)));
  }

  @Test
  void aSuspensionIsToldToNodesAndTakenBackWithWhatWasSetBefore() {
    house.run(() -> house.tenants.createTenant(ALICE, MALLORY.account(), "Mallory"));

    house.run(() -> house.tenants.suspendTenant(ALICE, MALLORY.account(), " unpaid "));

    AccountSnapshot told = (AccountSnapshot) house.published.getLast();
    assertEquals(
        new AccountSnapshot(told.revision(), MALLORY.account(), RateLimit.OF_ACCOUNT, true), told);
    assertEquals(
        Optional.of(new Suspension(house.kit.clock.instant(), "unpaid")),
        house.in(() -> house.tenants.tenants(ALICE)).getFirst().suspension());
    assertEquals(Set.of(AccountSnapshot.key(MALLORY.account())), accountsPublished());

    house.run(() -> house.tenants.resumeTenant(ALICE, MALLORY.account()));

    Snapshot gone = house.published.getLast();
    assertInstanceOf(Snapshot.Tombstone.class, gone);
    assertTrue(gone.revision() > told.revision());
    assertEquals(Set.of(), accountsPublished());

    house.run(() -> house.tenants.throttleTenant(ALICE, MALLORY.account(), 12.5, 40));
    house.run(() -> house.tenants.suspendTenant(ALICE, MALLORY.account(), "again"));
    house.run(() -> house.tenants.resumeTenant(ALICE, MALLORY.account()));
    AccountSnapshot resumed = (AccountSnapshot) house.published.getLast();
    assertEquals(
        new AccountSnapshot(resumed.revision(), MALLORY.account(), new RateLimit(12.5, 40)),
        resumed);
    assertTrue(resumed.revision() > gone.revision());
  }

  @Test
  void aSuspensionNeedsAReasonAndATenant() {
    house.run(() -> house.tenants.createTenant(ALICE, MALLORY.account(), "Mallory"));
    for (String reason : new String[] {null, " ", "x".repeat(501)}) {
      assertThrows(
          ApiError.class,
          () -> house.run(() -> house.tenants.suspendTenant(ALICE, MALLORY.account(), reason)));
    }
    assertThrows(
        ApiError.class,
        () -> house.run(() -> house.tenants.suspendTenant(ALICE, "999999999999", "x")));
  }

  private Set<String> accountsPublished() {
    return house.in(
        () ->
            house.kit.published.things().keySet().stream()
                .filter(key -> key.startsWith("account/"))
                .collect(Collectors.toSet()));
  }

  private int burst(Caller caller) {
    return house
        .in(() -> house.account.getAccount(caller, GetAccountRequest.builder().build()))
        .throttleSettings()
        .burstLimit();
  }

  private UsagePlan bare() {
    return house.in(
        () ->
            house.plans.createUsagePlan(ALICE, CreateUsagePlanRequest.builder().name("p").build()));
  }

  private void patch(UsagePlan plan, String path, String value) {
    house.in(
        () ->
            house.plans.updateUsagePlan(
                ALICE,
                UpdateUsagePlanRequest.builder()
                    .usagePlanId(plan.id())
                    .patchOperations(
                        PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build())
                    .build()));
  }

  private static String arn(UsagePlan plan) {
    return "arn:aws:apigateway:us-east-1::/usageplans/" + plan.id();
  }

  private PlanSnapshot plan() {
    return (PlanSnapshot) house.published.getLast();
  }

  private StageSnapshot stage() {
    return (StageSnapshot) house.published.getLast();
  }
}

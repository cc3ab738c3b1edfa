package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.Guard;
import io.gatehouse.admin.guard.NoIdentities;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import io.gatehouse.admin.store.AuditStore;
import io.gatehouse.admin.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Whoever has seen the value of an API key can use it, so every look at one is on record. */
class KeyReadingsTest {

  private static final Caller CI =
      new Caller(
          "111111111111",
          "us-east-1",
          "arn:aws:iam::111111111111:user/ci",
          Set.of(Role.VIEWER),
          Door.MANAGEMENT_API);
  private static final Caller OWNER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(Role.OWNER), Door.CONSOLE);
  private static final String VALUE = "a-value-of-more-than-20-characters";

  private House house;
  private AuditStore trail;
  private Guard guard;
  private String key;

  @BeforeEach
  void aKey() throws Exception {
    house = new House(Database.open(Database.Kind.H2));
    trail = new AuditStore(house.kit.database.rows(), house.kit.clock);
    guard =
        new Guard(
            house.kit.database.transaction(),
            failure -> Optional.empty(),
            trail,
            house.kit.clock,
            new NoIdentities(),
            account -> Optional.empty(),
            house.settings);
    CreateApiKeyRequest make = CreateApiKeyRequest.builder().name("k").value(VALUE).build();
    ApiKey made =
        (ApiKey)
            guarded(
                OWNER,
                "POST",
                "/apikeys",
                "CreateApiKey",
                make,
                () -> house.keys.createApiKey(OWNER, make));
    key = made.id();
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void makingAKeyWhichShowsItsValueIsOnRecord() {
    assertEquals(List.of("CreateApiKey"), recorded());
  }

  @Test
  void aKeyReadWithItsValueIsOnRecordAndWithoutItIsNot() throws Exception {
    getApiKey(false);
    assertEquals(List.of("CreateApiKey"), recorded());

    getApiKey(true);
    assertEquals(List.of("GetApiKey", "CreateApiKey"), recorded());
    AuditRecord reading = records().getFirst();
    assertEquals("arn:aws:apigateway:us-east-1::/apikeys/" + key, reading.resource());
    assertEquals("arn:aws:iam::111111111111:user/ci", reading.principal());
    assertEquals("", reading.before() + reading.after());
  }

  @Test
  void aListWithValuesIsOnRecordOnceAndWithoutThemNotAtAll() throws Exception {
    getApiKeys(false);
    assertEquals(List.of("CreateApiKey"), recorded());

    getApiKeys(true);
    assertEquals(List.of("GetApiKeys", "CreateApiKey"), recorded());
  }

  @Test
  void aKeyOfAPlanShowsItsValueAndIsOnRecordTheListOfThemShowsNone() throws Exception {
    String plan = planWithTheKey();
    int before = recorded().size();

    GetUsagePlanKeysRequest all = GetUsagePlanKeysRequest.builder().usagePlanId(plan).build();
    guarded(
        CI,
        "GET",
        "/usageplans/p/keys",
        "GetUsagePlanKeys",
        all,
        () -> house.plans.getUsagePlanKeys(CI, all));
    assertEquals(before, recorded().size());

    GetUsagePlanKeyRequest one =
        GetUsagePlanKeyRequest.builder().usagePlanId(plan).keyId(key).build();
    guarded(
        CI,
        "GET",
        "/usageplans/p/keys/k",
        "GetUsagePlanKey",
        one,
        () -> house.plans.getUsagePlanKey(CI, one));
    assertEquals("GetUsagePlanKey", recorded().getFirst());
  }

  @Test
  void noRecordHoldsTheValue() throws Exception {
    getApiKey(true);
    getApiKeys(true);
    planWithTheKey();

    for (AuditRecord record : records()) {
      assertFalse(record.toString().contains(VALUE), record.operation());
    }
  }

  private String planWithTheKey() throws Exception {
    CreateUsagePlanRequest make = CreateUsagePlanRequest.builder().name("p").build();
    UsagePlan plan = house.in(() -> house.plans.createUsagePlan(OWNER, make));
    CreateUsagePlanKeyRequest join =
        CreateUsagePlanKeyRequest.builder()
            .usagePlanId(plan.id())
            .keyId(key)
            .keyType("API_KEY")
            .build();
    guarded(
        OWNER,
        "POST",
        "/usageplans/p/keys",
        "CreateUsagePlanKey",
        join,
        () -> house.plans.createUsagePlanKey(OWNER, join));
    return plan.id();
  }

  private void getApiKey(boolean withValue) throws Exception {
    GetApiKeyRequest in = GetApiKeyRequest.builder().apiKey(key).includeValue(withValue).build();
    guarded(CI, "GET", "/apikeys/" + key, "GetApiKey", in, () -> house.keys.getApiKey(CI, in));
  }

  private void getApiKeys(boolean withValues) throws Exception {
    GetApiKeysRequest in = GetApiKeysRequest.builder().includeValues(withValues).build();
    guarded(CI, "GET", "/apikeys", "GetApiKeys", in, () -> house.keys.getApiKeys(CI, in));
  }

  private Object guarded(
      Caller caller,
      String verb,
      String path,
      String operation,
      SdkPojo request,
      Callable<Object> call)
      throws Exception {
    return guard.operation(caller, verb, path, operation, request, call);
  }

  private List<String> recorded() {
    return records().stream().map(AuditRecord::operation).toList();
  }

  private List<AuditRecord> records() {
    AuditRecords records = new AuditRecords(trail);
    return house
        .in(
            () ->
                records.tenantRecords(OWNER, new AuditRecords.Asked("", "", "", Optional.empty())))
        .items();
  }
}

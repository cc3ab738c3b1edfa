package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import io.gatehouse.admin.store.AuditStore;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpersonationsTest {

  private static final String ACCOUNT = "111111111111";
  private static final Caller ROOT = operator("root");

  private House house;
  private AuditStore trail;
  private Impersonations impersonations;

  @BeforeEach
  void aTenant() {
    house = new House(Database.open(Database.Kind.H2));
    trail = new AuditStore(house.kit.database.rows(), house.kit.clock);
    house.run(() -> house.kit.tenants.create(ACCOUNT, "One"));
    impersonations = new Impersonations(house.kit.tenants, trail, house.kit.clock);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void itLastsAnHourAndIsToldToTheTenantAndToOperators() {
    Impersonation begun = begin(ACCOUNT, " ticket 4711 ");

    assertEquals("One", begun.tenant());
    assertEquals("ticket 4711", begun.reason());
    assertFalse(begun.isOver(Kit.NOON));
    assertFalse(begun.isOver(Kit.NOON.plusSeconds(3599)));
    assertTrue(begun.isOver(Kit.NOON.plusSeconds(3600)));
    assertTrue(begun.isOver(Kit.NOON.minusSeconds(1)), "by a clock that was wrong");
    for (String account : List.of(ACCOUNT, Caller.PLATFORM_ACCOUNT)) {
      AuditRecord record = records(account).getFirst();
      assertEquals("beginImpersonation", record.operation());
      assertEquals("root", record.principal());
      assertTrue(record.after().contains("ticket 4711"), record.after());
      assertTrue(record.after().contains("2026-06-01T13:00:00Z"), record.after());
    }
  }

  @Test
  void itsEndIsToldAsWell() {
    Impersonation begun = begin(ACCOUNT, "ticket 4711");

    house.run(() -> impersonations.endImpersonation(ROOT, begun));

    for (String account : List.of(ACCOUNT, Caller.PLATFORM_ACCOUNT)) {
      assertEquals(
          List.of("endImpersonation", "beginImpersonation"),
          records(account).stream().map(AuditRecord::operation).toList());
    }
  }

  @Test
  void onlyWhoBeganItEndsIt() {
    Impersonation begun = begin(ACCOUNT, "ticket 4711");

    assertThrows(
        ApiError.class,
        () -> house.run(() -> impersonations.endImpersonation(operator("toor"), begun)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "test", "    abc    "})
  void withoutAReasonThereIsNone(String reason) {
    assertThrows(ApiError.class, () -> begin(ACCOUNT, reason));
    assertEquals(List.of(), records(ACCOUNT));
  }

  @Test
  void aReasonIsNoNovelAndATenantMustBeThere() {
    assertThrows(ApiError.class, () -> begin(ACCOUNT, "x".repeat(501)));
    assertThrows(ApiError.class, () -> begin(ACCOUNT, null));
    ApiError unknown = assertThrows(ApiError.class, () -> begin("222222222222", "ticket 4711"));
    assertEquals(ApiError.Kind.NOT_FOUND, unknown.kind());
  }

  private Impersonation begin(String account, String reason) {
    return house.in(() -> impersonations.beginImpersonation(ROOT, account, reason));
  }

  private List<AuditRecord> records(String account) {
    AuditRecords records = new AuditRecords(trail);
    Caller reader = new Caller(account, "us-east-1", "x", Set.of(Role.OWNER), Door.CONSOLE);
    return house
        .in(
            () ->
                records.tenantRecords(reader, new AuditRecords.Asked("", "", "", Optional.empty())))
        .items();
  }

  private static Caller operator(String name) {
    return new Caller(
        Caller.PLATFORM_ACCOUNT, "us-east-1", name, Set.of(Role.OPERATOR), Door.CONSOLE);
  }
}

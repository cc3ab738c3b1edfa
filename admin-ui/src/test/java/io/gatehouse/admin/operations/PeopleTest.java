package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import io.gatehouse.admin.store.AuditStore;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {

  private static final String ACCOUNT = "111111111111";
  private static final Caller ALICE =
      new Caller(ACCOUNT, "us-east-1", "alice", Set.of(Role.OWNER), Door.CONSOLE);

  private House house;
  private AuditStore trail;
  private FakePeople directory;
  private People people;

  @BeforeAll
  void open() {
    house = new House(Database.open(Database.Kind.H2));
    trail = new AuditStore(house.kit.database.rows(), house.kit.clock);
    house.run(() -> house.kit.tenants.create(ACCOUNT, "One"));
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  @BeforeEach
  void anOwnerAndAViewer() {
    directory = new FakePeople();
    directory.put("alice", Role.OWNER, false, true);
    directory.put("bob", Role.VIEWER, false, true);
    people = new People(house.kit.tenants, directory, trail, house.ids);
  }

  @Test
  void anInvitationLeavesARecordAndTellsThePasswordOnlyInItsAnswer() {
    Invited invited = house.in(() -> people.invitePerson(ALICE, " carol ", Role.DEVELOPER));

    assertEquals(List.of("invite carol into 111111111111 as DEVELOPER"), directory.changes);
    String password = invited.temporaryPassword().orElseThrow();
    assertTrue(password.length() >= 20, "a password that cannot be guessed");
    assertFalse(invited.toString().contains(password));
    AuditRecord record = last();
    assertEquals("invitePerson Person carol", record.operation() + " " + record.resource());
    assertEquals("{\"Person carol\":{\"role\":\"developer\"}}", record.after());
    assertEquals("alice", record.principal());
  }

  @Test
  void aRoleIsChangedWithItsRecord() {
    house.run(() -> people.changeRole(ALICE, "id-bob", Role.OWNER));

    assertEquals(List.of("change id-bob of 111111111111 to OWNER"), directory.changes);
    assertEquals("{\"Person bob\":{\"role\":\"viewer\"}}", last().before());
    assertEquals("{\"Person bob\":{\"role\":\"owner\"}}", last().after());
  }

  @Test
  void somebodyIsRemovedWithTheirRecord() {
    house.run(() -> people.removePerson(ALICE, "id-bob"));

    assertEquals(List.of("remove id-bob from 111111111111"), directory.changes);
    assertEquals("removePerson Person bob", last().operation() + " " + last().resource());
    assertEquals("", last().after());
  }

  @Test
  void whileTheSignInServiceIsDownNothingIsChangedAndNothingRecordedAsDone() {
    int before = records().size();
    directory.down = true;

    assertEquals(
        ApiError.Kind.SERVICE_UNAVAILABLE,
        refused(() -> people.invitePerson(ALICE, "dora", Role.VIEWER)).kind());
    refused(() -> people.changeRole(ALICE, "id-bob", Role.OWNER));
    refused(() -> people.removePerson(ALICE, "id-bob"));
    assertEquals(before, records().size());
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, false",
    "true,  true,  false",
    "true,  false, false",
    "false, true,  true",
  })
  void theLastOwnerStays(boolean pending, boolean enabled, boolean isAnOwnerToRelyOn) {
    Caller second = new Caller(ACCOUNT, "us-east-1", "zoe", Set.of(Role.OWNER), Door.CONSOLE);
    directory.put("zoe", Role.OWNER, pending, enabled);
    if (isAnOwnerToRelyOn) {
      house.run(() -> people.removePerson(second, "id-alice"));
      house.run(() -> people.changeRole(second, "id-alice", Role.VIEWER));
      house.run(() -> people.removePerson(ALICE, "id-alice"));
    } else {
      assertEquals(
          ApiError.Kind.CONFLICT, refused(() -> people.removePerson(second, "id-alice")).kind());
      refused(() -> people.changeRole(second, "id-alice", Role.DEVELOPER));
      refused(() -> people.removePerson(ALICE, "id-alice"));
      assertEquals(List.of(), directory.changes);
    }
  }

  @Test
  void nobodyChangesTheirOwnRole() {
    for (Role role : List.of(Role.OWNER, Role.VIEWER)) {
      refused(() -> people.changeRole(ALICE, "id-alice", role));
    }
    Caller bob = new Caller(ACCOUNT, "us-east-1", "BOB", Set.of(Role.VIEWER), Door.CONSOLE);
    refused(() -> people.changeRole(bob, "id-bob", Role.OWNER));
    assertEquals(List.of(), directory.changes);
  }

  @Test
  void anOperatorInThePlaceOfATenantDoesNotComeToStay() {
    Caller root = new Caller(ACCOUNT, "us-east-1", "root", Set.of(Role.OWNER), Door.IMPERSONATION);
    directory.userNamesByEmail.put("root", "root");
    directory.userNamesByEmail.put("root@example.com", "root");

    refused(() -> people.invitePerson(root, "root", Role.VIEWER));
    refused(() -> people.invitePerson(root, "root@example.com", Role.VIEWER));
    house.run(() -> people.invitePerson(root, "erin", Role.OWNER));
    assertEquals(Door.IMPERSONATION, last().door());
    assertEquals("root", last().principal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a", "a b", "<b>", "a\nb", "../x", "x/y", "+plus"})
  void aNameThatIsNoneIsRefused(String name) {
    assertEquals(
        ApiError.Kind.BAD_REQUEST,
        refused(() -> people.invitePerson(ALICE, name, Role.VIEWER)).kind());
    assertEquals(List.of(), directory.changes);
  }

  @Test
  void nobodyBecomesAnOperatorOrNothing() {
    refused(() -> people.invitePerson(ALICE, "frank", Role.OPERATOR));
    refused(() -> people.invitePerson(ALICE, "frank", null));
    refused(() -> people.changeRole(ALICE, "id-bob", Role.OPERATOR));
  }

  @Test
  void whoIsNoMemberIsNotFound() {
    assertEquals(
        ApiError.Kind.NOT_FOUND, refused(() -> people.removePerson(ALICE, "id-nobody")).kind());
    assertEquals(
        ApiError.Kind.NOT_FOUND,
        refused(() -> people.changeRole(ALICE, "id-nobody", Role.OWNER)).kind());
  }

  private ApiError refused(Runnable call) {
    return assertThrows(ApiError.class, () -> house.run(call));
  }

  private AuditRecord last() {
    return records().getFirst();
  }

  private List<AuditRecord> records() {
    AuditRecords records = new AuditRecords(trail);
    return house
        .in(
            () ->
                records.tenantRecords(ALICE, new AuditRecords.Asked("", "", "", Optional.empty())))
        .items();
  }
}

package io.gatehouse.admin.tenants;

import static io.gatehouse.admin.tenants.FakeKeycloak.ACCOUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.admin.tenants.PeopleDirectory.Member;
import io.gatehouse.model.wire.ApiError;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeycloakPeopleDirectoryTest {

  private FakeKeycloak keycloak;
  private KeycloakRealm realm;
  private KeycloakPeopleDirectory directory;

  @BeforeEach
  void open() throws IOException {
    keycloak = new FakeKeycloak();
    realm =
        new KeycloakRealm(
            Kit.settings(
                Map.of(
                    "GATEHOUSE_KEYCLOAK_URL",
                    keycloak.url(),
                    "GATEHOUSE_KEYCLOAK_ADMIN_SECRET",
                    "only-in-tests")));
    directory = new KeycloakPeopleDirectory(realm);
    keycloak.put("1", "alice", "owner");
    keycloak.put("2", "bob", "viewer");
  }

  @AfterEach
  void close() {
    realm.close();
    keycloak.close();
  }

  @Test
  void membersHaveTheirMightiestRoleAndTheirLastSignIn() {
    keycloak.put("3", "zoe", "viewer", "developer");
    keycloak.users.get("2").enabled = false;

    List<Member> members = directory.members(ACCOUNT);

    assertEquals(
        List.of("alice OWNER", "bob VIEWER", "zoe DEVELOPER"),
        members.stream().map(m -> m.userName() + " " + m.role()).toList());
    assertEquals(
        Optional.of(Instant.parse("2026-06-01T12:00:00Z")), members.getFirst().lastSignIn());
    assertEquals(List.of(true, false, true), members.stream().map(Member::enabled).toList());
    assertEquals("bob@example.com", members.get(1).email());
  }

  @Test
  void aNewPersonIsInTheGroupFromTheFirstMomentAndChoosesAPassword() {
    Invited invited = directory.invite(ACCOUNT, "Carol", Role.DEVELOPER, "temporary");

    assertEquals(Optional.of("temporary"), invited.temporaryPassword());
    assertTrue(invited.member().pending());
    assertEquals("carol", keycloak.made.getString("username"));
    assertEquals(
        "[\"/tenants/111111111111/developer\"]", keycloak.made.getJsonArray("groups").toString());
    assertEquals("[\"UPDATE_PASSWORD\"]", keycloak.made.getJsonArray("requiredActions").toString());
    assertTrue(keycloak.made.getJsonArray("credentials").getJsonObject(0).getBoolean("temporary"));
  }

  @Test
  void whoHasAnAddressGetsAMailAndNoPasswordWhereMailsAreSent() {
    keycloak.sendsMail = true;

    Invited invited = directory.invite(ACCOUNT, "carol@example.com", Role.VIEWER, "never told");

    assertEquals(Optional.empty(), invited.temporaryPassword());
    assertEquals(List.of(invited.member().userId()), keycloak.mails);
    assertFalse(keycloak.made.toString().contains("never told"));
  }

  @Test
  void whoCannotBeToldIsNotInvited() {
    keycloak.sendsMail = true;
    keycloak.failing.add("PUT /users/new2/execute-actions-email");

    ApiError refused =
        assertThrows(
            ApiError.class, () -> directory.invite(ACCOUNT, "carol@example.com", Role.VIEWER, "x"));

    assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, refused.kind());
    assertEquals(Set.of("1", "2"), keycloak.users.keySet());
  }

  @Test
  void whoIsKnownByNameOrAddressIsAMemberAtOnce() {
    keycloak.put("3", "zoe");
    keycloak.put("4", "yan");

    assertEquals("zoe", directory.invite(ACCOUNT, "zoe", Role.OWNER, "x").member().userName());
    assertEquals(
        Optional.empty(),
        directory.invite(ACCOUNT, "yan@example.com", Role.VIEWER, "x").temporaryPassword());
    assertEquals(Set.of("owner"), keycloak.users.get("3").roles);
    assertEquals(Set.of("viewer"), keycloak.users.get("4").roles);
    assertEquals(Optional.of("yan"), directory.userName("yan@example.com"));
    assertEquals(Optional.empty(), directory.userName("nobody"));
  }

  @Test
  void whoIsInvitedElsewhereMustComeBeforeAnotherTenantTrustsThem() {
    FakeKeycloak.User carol = keycloak.put("3", "carol", "elsewhere");
    carol.pending = true;

    assertEquals(
        ApiError.Kind.CONFLICT,
        assertThrows(ApiError.class, () -> directory.invite(ACCOUNT, "carol", Role.OWNER, "x"))
            .kind());
    assertEquals(Set.of("elsewhere"), carol.roles);
    assertFalse(carol.hasNewPassword);
  }

  @Test
  void whoWasInvitedAndRemovedGetsAnotherPassword() {
    FakeKeycloak.User carol = keycloak.put("3", "carol");
    carol.pending = true;

    Invited invited = directory.invite(ACCOUNT, "carol", Role.VIEWER, "another");

    assertEquals(Optional.of("another"), invited.temporaryPassword());
    assertTrue(carol.hasNewPassword);
    assertEquals(Set.of("viewer"), carol.roles);

    carol.roles.clear();
    keycloak.failing.add("PUT /users/3/reset-password");
    assertThrows(ApiError.class, () -> directory.invite(ACCOUNT, "carol", Role.VIEWER, "x"));
    assertEquals(Set.of(), carol.roles);
  }

  @Test
  void whereMailsAreSentAnAddressThatNobodyConfirmedNamesNobody() {
    keycloak.sendsMail = true;
    FakeKeycloak.User carol = keycloak.put("3", "carol");
    carol.emailVerified = false;

    assertThrows(
        ApiError.class, () -> directory.invite(ACCOUNT, "carol@example.com", Role.OWNER, "x"));
    assertEquals(Set.of(), carol.roles);
  }

  @Test
  void anInvitationRaisesNobodyWhoIsAMember() {
    ApiError refused =
        assertThrows(ApiError.class, () -> directory.invite(ACCOUNT, "bob", Role.OWNER, "x"));

    assertEquals(ApiError.Kind.CONFLICT, refused.kind());
    assertEquals(Set.of("viewer"), keycloak.users.get("2").roles);
  }

  @Test
  void aRoleTakesThePlaceOfAllOthers() {
    keycloak.put("3", "zoe", "viewer", "developer");

    directory.changeRole(ACCOUNT, "3", Role.OWNER);
    assertEquals(Set.of("owner"), keycloak.users.get("3").roles);
    directory.changeRole(ACCOUNT, "3", Role.OWNER);
    assertEquals(Set.of("owner"), keycloak.users.get("3").roles);
  }

  @Test
  void aChangeThatFailsHalfWayIsTakenBack() {
    keycloak.put("3", "zoe", "viewer", "developer");
    keycloak.failing.add("DELETE /users/3/groups/viewer");

    for (Runnable change :
        List.<Runnable>of(
            () -> directory.changeRole(ACCOUNT, "3", Role.OWNER),
            () -> directory.remove(ACCOUNT, "3"))) {
      ApiError refused = assertThrows(ApiError.class, change::run);
      assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, refused.kind());
      assertEquals(Set.of("viewer", "developer"), keycloak.users.get("3").roles);
    }
  }

  @Test
  void whoIsRemovedIsInNoGroupOfTheTenant() {
    directory.remove(ACCOUNT, "2");

    assertEquals(Set.of(), keycloak.users.get("2").roles);
  }

  @Test
  void groupsAreThoseOfNowAndNoneOfWhoIsGoneOrLocked() {
    assertEquals(List.of("/tenants/111111111111/owner"), directory.groupsOf("1"));
    keycloak.users.get("1").enabled = false;
    assertEquals(List.of(), directory.groupsOf("1"));
    assertEquals(List.of(), directory.groupsOf("nobody"));
  }

  @Test
  void aServiceThatIsDownIsSaidToBe() {
    keycloak.close();

    for (Runnable question :
        List.<Runnable>of(
            () -> directory.members(ACCOUNT),
            () -> directory.groupsOf("1"),
            () -> directory.invite(ACCOUNT, "carol", Role.VIEWER, "x"))) {
      ApiError refused = assertThrows(ApiError.class, question::run);
      assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, refused.kind());
      assertTrue(refused.getMessage().startsWith("The sign-in service could not"));
    }
  }
}

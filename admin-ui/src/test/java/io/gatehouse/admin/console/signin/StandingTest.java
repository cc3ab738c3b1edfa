package io.gatehouse.admin.console.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Origin;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import io.gatehouse.model.policy.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final String OWN = "111111111111";
  private static final String OTHER = "222222222222";

  private static final Person ROOT =
      Person.of("1", "root", "Root", List.of("/operators", "/tenants/" + OWN + "/viewer"));
  private static final Impersonation HOUR =
      new Impersonation(OTHER, "Two", "root", "ticket 7", NOON.plusSeconds(3600));

  @Test
  void aMemberIsWhatTheGroupSays() {
    Caller caller = in(new Standing(ROOT, Optional.empty()), OWN, NOON);

    assertEquals(grants(Role.VIEWER), caller.grants());
    assertEquals(Door.CONSOLE, caller.door());
    assertEquals("root", caller.principal());
  }

  @Test
  void anOperatorIsNobodyInATenantOfOthers() {
    Standing standing = new Standing(ROOT, Optional.empty());

    assertFalse(standing.mayEnter(OTHER, NOON));
    assertEquals(Grants.NONE, in(standing, OTHER, NOON).grants());
  }

  @Test
  void inThePlaceOfATenantAnOperatorIsItsOwnerAndSeenToBeOne() {
    Standing standing = new Standing(ROOT, Optional.of(HOUR));

    assertTrue(standing.mayEnter(OTHER, NOON));
    Caller caller = in(standing, OTHER, NOON);
    assertEquals(grants(Role.OWNER), caller.grants());
    assertEquals(Door.IMPERSONATION, caller.door());
    assertEquals(OTHER, caller.account());
    assertEquals("root", caller.principal());
    assertEquals(Door.CONSOLE, in(standing, OWN, NOON).door());
    assertEquals(Grants.NONE, in(standing, "333333333333", NOON).grants());
  }

  @Test
  void afterItsHourAndBeforeItNothingIsLeftOfIt() {
    Standing standing = new Standing(ROOT, Optional.of(HOUR));

    assertTrue(standing.mayEnter(OTHER, NOON.plusSeconds(3599)));
    for (Instant when : List.of(NOON.plusSeconds(3600), NOON.minusSeconds(1))) {
      assertFalse(standing.mayEnter(OTHER, when));
      assertEquals(Grants.NONE, in(standing, OTHER, when).grants());
    }
  }

  @Test
  void whoIsNoOperatorAnyMoreOrAnotherOneImpersonatesNobody() {
    Person former = Person.of("1", "root", "Root", List.of());
    Person other = Person.of("2", "toor", "Toor", List.of("/operators"));

    for (Person person : List.of(former, other)) {
      Standing standing = new Standing(person, Optional.of(HOUR));
      assertFalse(standing.mayEnter(OTHER, NOON));
      assertEquals(Grants.NONE, in(standing, OTHER, NOON).grants());
    }
  }

  @Test
  void onThePlatformOnlyOperatorsMayAnything() {
    Caller root = new Standing(ROOT, Optional.empty()).onPlatform("us-east-1", Origin.UNKNOWN);
    Person alice = Person.of("2", "alice", "Alice", List.of("/tenants/" + OWN + "/owner"));
    Caller owner = new Standing(alice, Optional.empty()).onPlatform("us-east-1", Origin.UNKNOWN);

    assertEquals(grants(Role.OPERATOR), root.grants());
    assertEquals(Caller.PLATFORM_ACCOUNT, root.account());
    assertEquals(Grants.NONE, owner.grants());
  }

  private static Caller in(Standing standing, String account, Instant now) {
    return standing.in(account, "us-east-1", Origin.UNKNOWN, now);
  }

  private static Grants grants(Role role) {
    return ManagedPolicies.grants(Set.of(role));
  }
}

package io.gatehouse.admin.console.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private static final String TENANT = "111111111111";
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final Membership membership =
      new Membership(
          Person.of("7", "alice", "Alice", List.of("/tenants/" + TENANT + "/owner")), NOON);
  private final List<String> asked = new ArrayList<>();
  private List<String> groups = List.of("/tenants/" + TENANT + "/owner");
  private boolean down;

  @Test
  void withinAMinuteNobodyIsAsked() {
    assertTrue(at(Duration.ofSeconds(59)).mayEnter(TENANT));
    assertEquals(List.of(), asked);
  }

  @Test
  void aMembershipThatHasEndedEndsInAMinute() {
    groups = List.of();

    assertTrue(at(Duration.ofSeconds(59)).mayEnter(TENANT));
    assertTrue(at(Duration.ofSeconds(60)).belongsNowhere());
    assertEquals(List.of("7"), asked);
  }

  @Test
  void anotherRoleAndTheEndOfAnOperatorAreSeenAsWell() {
    groups = List.of("/tenants/" + TENANT + "/viewer", "/operators");
    assertEquals("[VIEWER]", at(Duration.ofMinutes(1)).rolesIn(TENANT).toString());
    assertTrue(at(Duration.ofMinutes(1)).operator());

    groups = List.of("/tenants/" + TENANT + "/viewer");
    assertFalse(at(Duration.ofMinutes(2)).operator());
  }

  @Test
  void whileNobodyCanSayTheLastWordHoldsForFiveMinutesAndThenNothingDoes() {
    down = true;

    assertTrue(at(Duration.ofMinutes(1)).mayEnter(TENANT));
    assertTrue(at(Duration.ofMinutes(5)).mayEnter(TENANT));
    ApiError refused = assertThrows(ApiError.class, () -> at(Duration.ofMinutes(5).plusSeconds(1)));
    assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, refused.kind());

    down = false;
    assertTrue(at(Duration.ofMinutes(6)).mayEnter(TENANT));
  }

  @Test
  void aServiceThatIsDownIsNotAskedWithEveryClick() {
    down = true;

    at(Duration.ofSeconds(60));
    at(Duration.ofSeconds(61));
    at(Duration.ofSeconds(69));
    assertEquals(1, asked.size());
    at(Duration.ofSeconds(70));
    assertEquals(2, asked.size());
  }

  @Test
  void aClockThatWasSetBackMakesNobodyAMemberForLonger() {
    groups = List.of();
    assertTrue(at(Duration.ofHours(-1)).belongsNowhere());

    down = true;
    assertThrows(ApiError.class, () -> at(Duration.ofHours(-2)));
  }

  private Person at(Duration later) {
    return membership.person(
        NOON.plus(later),
        id -> {
          asked.add(id);
          if (down) {
            throw ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, "down");
          }
          return groups;
        });
  }
}

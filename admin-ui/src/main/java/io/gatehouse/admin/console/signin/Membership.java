package io.gatehouse.admin.console.signin;

import io.gatehouse.model.wire.ApiError;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What is known of the person of a session. The sign-in service is asked again each minute, so that
 * a membership that has ended does not live on in a session that is open. While it cannot be asked
 * what was known last holds for a few minutes, and then nothing does.
 */
final class Membership implements Serializable {

  static final Duration FRESH = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** A service that is down is not asked with every click. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final long serialVersionUID = 1;

  private Person person;
  private Instant confirmed;
  private Instant next;

  /**
   * @param person as the sign-in service has just said
   */
  Membership(Person person, Instant now) {
    this.person = person;
    this.confirmed = now;
    this.next = now.plus(FRESH);
  }

  /**
   * The person as of now.
   *
   * @param groups the groups of a person by id, or an {@link ApiError} when nobody can say
   * @throws ApiError service unavailable, when nobody could for too long
   */
  synchronized Person person(Instant now, Function<String, List<String>> groups) {
    // A clock that was set back says nothing of how long ago that was.
    boolean setBack = now.isBefore(confirmed);
    if (setBack || !now.isBefore(next)) {
      ask(now, groups);
    }
    if (now.isBefore(confirmed) || now.isAfter(confirmed.plus(LONGEST))) {
      throw ApiError.of(
          ApiError.Kind.SERVICE_UNAVAILABLE,
          "The sign-in service cannot say whether you are still a member; try again when it is up");
    }
    return person;
  }

  /** For what is only shown. */
  synchronized Person lastKnown() {
    return person;
  }

  private void ask(Instant now, Function<String, List<String>> groups) {
    try {
      person = person.in(groups.apply(person.id()));
      confirmed = now;
      next = now.plus(FRESH);
    } catch (ApiError unknown) {
      next = now.plus(PAUSE);
    }
  }
}

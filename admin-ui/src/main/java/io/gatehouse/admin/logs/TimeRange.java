package io.gatehouse.admin.logs;

import io.gatehouse.model.wire.ApiError;
import java.time.Instant;

/**
 * The time that is looked at.
 *
 * @param to not included
 */
public record TimeRange(Instant from, Instant to) {

  /** What the indexes' numbers can hold: years before and after this are no request's. */
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  public TimeRange {
    if (!from.isBefore(to)) {
      throw ApiError.badRequest("The time to look at has to begin before it ends");
    }
    from = from.isBefore(FIRST) ? FIRST : from;
    to = to.isAfter(LAST) ? LAST : to;
    if (!from.isBefore(to)) {
      throw ApiError.badRequest("The time to look at is not of our days");
    }
  }
}

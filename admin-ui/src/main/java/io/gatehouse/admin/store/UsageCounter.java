package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.Quota;
import java.util.Comparator;

/**
 * What nodes count together: the requests of one key by one plan in one calendar period.
 *
 * @param start first day of the period, counted from the epoch
 */
public record UsageCounter(
    String account, String planId, String keyId, Quota.Period period, long start) {

  /** In which rows are written, so that no two writers wait in a circle. */
  static final Comparator<UsageCounter> ORDER =
      Comparator.comparing(UsageCounter::account)
          .thenComparing(UsageCounter::planId)
          .thenComparing(UsageCounter::keyId)
          .thenComparing(UsageCounter::period)
          .thenComparing(UsageCounter::start);
}

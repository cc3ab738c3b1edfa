package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A quota's counter as it lies in the cluster's map: the time of its last change before its state,
 * so that who wants to know what changed need not read all.
 *
 * @param changedAt epoch milliseconds by the clock of the owner at that time
 */
record QuotaEntry(long changedAt, QuotaState state) {

  /** For how long counters of a period that is over can still be read and told of. */
  private static final long KEPT_MILLIS = TimeUnit.DAYS.toMillis(7);

  private static final QuotaEntry UNKNOWN = new QuotaEntry(0, QuotaState.UNKNOWN);

  /**
   * @param value from the map, null where nothing is there
   * @throws IllegalArgumentException for what cannot be read
   */
  static QuotaEntry of(byte[] value) {
    if (value == null) {
      return UNKNOWN;
    }
    if (value.length < Long.BYTES) {
      throw new IllegalArgumentException("no quota: " + value.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    long changedAt = bytes.getLong();
    byte[] state = new byte[bytes.remaining()];
    bytes.get(state);
    return new QuotaEntry(changedAt, QuotaState.decode(state));
  }

  /** Without a look at the state. */
  static long changedAt(byte[] value) {
    return value.length < Long.BYTES ? 0 : ByteBuffer.wrap(value).getLong();
  }

  /** Empty where nothing has changed. */
  Optional<QuotaEntry> changedTo(QuotaState after, long now) {
    return after.equals(state) ? Optional.empty() : Optional.of(new QuotaEntry(now, after));
  }

  byte[] encode() {
    byte[] bytes = state.encode();
    return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(changedAt).put(bytes).array();
  }

  /**
   * Until some days after the period.
   *
   * @throws IllegalArgumentException for what is no key of a quota
   */
  static long liveMillis(String key, long now) {
    QuotaKey quota = QuotaKey.parse(key);
    long end = TimeUnit.DAYS.toMillis(quota.period().endDay(quota.startDay()));
    return Math.max(TimeUnit.HOURS.toMillis(1), end + KEPT_MILLIS - now);
  }
}

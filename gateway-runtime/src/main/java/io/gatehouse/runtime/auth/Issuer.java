package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A pool's issuer as this node knows it: its keys, since when, and who waits for newer ones. Read
 * by all event loops without a lock. All times are in milliseconds of the node's clock, which may
 * be set back: where it says something that cannot be, keys count as too old.
 */
final class Issuer {

  /** While it is used, it is asked again as often. */
  static final long REFRESHED_AFTER = TimeUnit.MINUTES.toMillis(5);

  /**
   * Keys that old have not been in use lately, so that nobody has asked whether they still hold.
   */
  static final long STALE_AFTER = 2 * REFRESHED_AFTER;

  /** Between two requests for the same cause. */
  static final long PAUSE = TimeUnit.SECONDS.toMillis(30);

  /** What two clocks may differ by. */
  static final long CLOCKS_DIFFER = TimeUnit.SECONDS.toMillis(60);

  private static final long NEVER = Long.MIN_VALUE / 2;

  /**
   * @param ahead by how much the node's clock was before the issuer's, or behind where negative; 0
   *     where that is no more than two clocks may differ by
   */
  private record Known(PublishedKeys keys, long since, long ahead) {}

  private final String account;
  private final String poolId;
  private final String name;
  private final Optional<String> keysUrl;
  private volatile Known known;
  private volatile long askedAt = NEVER;
  private volatile long askedForKeyAt = NEVER;
  private volatile int failures;
  private volatile String trouble = "it has not been asked yet";
  private volatile boolean pending;
  private List<Runnable> waiting = new ArrayList<>();

  Issuer(UserPoolSnapshot pool) {
    this.account = pool.account();
    this.poolId = pool.poolId();
    this.name = pool.issuer();
    this.keysUrl = pool.keysUrl();
  }

  /** Whether the pool's keys still come from there. */
  boolean isOf(UserPoolSnapshot pool) {
    return name.equals(pool.issuer()) && keysUrl.equals(pool.keysUrl());
  }

  String account() {
    return account;
  }

  String poolId() {
    return poolId;
  }

  /** As in {@code iss}. */
  String name() {
    return name;
  }

  Optional<String> keysUrl() {
    return keysUrl;
  }

  /** What it published the last time, however old; null for nothing. */
  PublishedKeys published() {
    Known now = known;
    return now == null ? null : now.keys();
  }

  /** By which tokens may be checked now; null for none. */
  PublishedKeys keys(long now, long maxAge) {
    Known held = known;
    return held != null && now - held.since() <= maxAge && held.since() - now <= CLOCKS_DIFFER
        ? held.keys()
        : null;
  }

  /** The time by the issuer's clock, as far as it differs from the node's. */
  long itsTime(long now) {
    Known held = known;
    return held == null ? now : now - held.ahead();
  }

  /** How old its keys are; empty when there are none. */
  OptionalLong age(long now) {
    Known held = known;
    return held == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, now - held.since()));
  }

  /** When it was asked the last time. */
  long askedAt() {
    return askedAt;
  }

  /** Requests in a row that failed. */
  int failures() {
    return failures;
  }

  /** Why there are no newer keys, in words. */
  String trouble() {
    return trouble;
  }

  /** Whether it is time to ask again for keys that are known, for which nobody has to wait. */
  boolean isDue(long now) {
    Known held = known;
    return held != null
        && !pending
        && Math.abs(now - held.since()) >= REFRESHED_AFTER
        && mayBeAsked(now);
  }

  /** Whether it has to be asked before a token that is signed with this key can be judged. */
  boolean isWanted(String keyId, long now, long maxAge) {
    PublishedKeys keys = keys(now, maxAge);
    if (keys == null) {
      return pending || mayBeAsked(now);
    }
    if (keys.get(keyId) == null) {
      return pending || Math.abs(now - askedForKeyAt) >= PAUSE;
    }
    boolean stale = now - known.since() > STALE_AFTER;
    return stale && failures == 0 && (pending || mayBeAsked(now));
  }

  private boolean mayBeAsked(long now) {
    return Math.abs(now - askedAt) >= PAUSE;
  }

  /**
   * @param forKey whether a token has named a key that it does not publish
   * @param waiter run when there is an answer; null for nobody
   * @return whether who calls has to ask now: nobody else does
   */
  synchronized boolean join(long now, boolean forKey, Runnable waiter) {
    if (waiter != null) {
      waiting.add(waiter);
    }
    if (pending) {
      return false;
    }
    pending = true;
    askedAt = now;
    askedForKeyAt = forKey ? now : askedForKeyAt;
    return true;
  }

  /** From the node's disk. */
  void restore(PublishedKeys keys, long since) {
    known = new Known(keys, since, 0);
  }

  void published(PublishedKeys keys, long now, OptionalLong issuerMillis) {
    long ahead = issuerMillis.isPresent() ? now - issuerMillis.getAsLong() : 0;
    known = new Known(keys, now, Math.abs(ahead) <= CLOCKS_DIFFER ? 0 : ahead);
    failures = 0;
    trouble = "";
    end();
  }

  /** The last good keys serve on. */
  void failed(String why) {
    failures++;
    trouble = why;
    end();
  }

  private void end() {
    List<Runnable> told;
    synchronized (this) {
      pending = false;
      told = waiting;
      waiting = new ArrayList<>();
    }
    told.forEach(Runnable::run);
  }
}

package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.IssuerStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all user pools' issuers, as this node holds them: asked for when a token needs them
 * and again while they are used, one request of an issuer's at a time. Where an issuer does not
 * answer, its last good keys serve on for a bounded time, over restarts of the node, too. What an
 * account may have asked and may wait for is bounded, so that its issuers cost nobody else.
 */
public final class IssuerKeys {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** Exchanges of an account that may wait for its issuers. */
  private static final int MOST_WAITING = 512;

  /** Requests of an account that may be under way. */
  private static final int MOST_AT_ONCE = 8;

  /** Requests of an account in a minute. */
  private static final int MOST_A_MINUTE = 120;

  /** Issuers of an account whose keys are held; those that were not asked for longest make way. */
  private static final int MOST_ISSUERS = 200;

  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  /**
   * What they are had with.
   *
   * @param backends who connects to an issuer, by the egress guard's leave
   * @param hosted issuers that are asked without it
   * @param loops the event loop of whoever asks, to come back to
   * @param disk where keys outlive the node; empty for one that keeps none
   * @param maxAge for how long the last good keys serve
   */
  public record Parts(
      Function<HttpTarget, Backend> backends,
      HostedRealms hosted,
      Supplier<Executor> loops,
      Optional<KeysDisk> disk,
      InstantSource clock,
      Duration maxAge) {}

  /** What an account has under way; guarded by itself. */
  private static final class Share {
    private int waiting;
    private int asking;
    private long minute;
    private int askedInMinute;
  }

  private final Parts parts;
  private final long maxAge;
  private final Map<String, Issuer> issuers = new ConcurrentHashMap<>();
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();

  public IssuerKeys(Parts parts) {
    this.parts = parts;
    this.maxAge = parts.maxAge().toMillis();
  }

  /** The pool's issuer as it is now. */
  Issuer of(UserPoolSnapshot pool, String key) {
    Issuer held = issuers.get(key);
    if (held != null && held.isOf(pool)) {
      return held;
    }
    makeRoom(pool.account());
    return issuers.compute(
        key, (k, other) -> other != null && other.isOf(pool) ? other : restored(pool, key));
  }

  private void makeRoom(String account) {
    List<Issuer> own =
        issuers.values().stream().filter(one -> one.account().equals(account)).toList();
    if (own.size() >= MOST_ISSUERS) {
      own.stream()
          .min(Comparator.comparingLong(Issuer::askedAt))
          .ifPresent(oldest -> issuers.values().remove(oldest));
    }
  }

  private Issuer restored(UserPoolSnapshot pool, String key) {
    Issuer issuer = new Issuer(pool);
    parts
        .disk()
        .flatMap(disk -> disk.take(key, pool))
        .ifPresent(kept -> issuer.restore(kept.keys(), kept.since()));
    return issuer;
  }

  /** By which the issuer's tokens may be checked now; null for none. */
  PublishedKeys keys(Issuer issuer, long now) {
    return issuer.keys(now, maxAge);
  }

  /** Whether the issuer has to be asked before a token signed with this key can be judged. */
  boolean isWanted(Issuer issuer, String keyId, long now) {
    return issuer.isWanted(keyId, now, maxAge);
  }

  /** Has keys that are in use asked for again when it is time, which nobody waits for. */
  void refresh(Issuer issuer, String key) {
    if (issuer.isDue(parts.clock().millis())) {
      ask(issuer, key, false, null);
    }
  }

  /**
   * Asks, or joins those who wait for an answer.
   *
   * @param then run on the event loop of whoever calls, when there is an answer or may not be one
   */
  void fetch(Issuer issuer, String key, String keyId, Runnable then) {
    Share share = shares.computeIfAbsent(issuer.account(), a -> new Share());
    synchronized (share) {
      if (share.waiting >= MOST_WAITING) {
        then.run();
        return;
      }
      share.waiting++;
    }
    Executor loop = parts.loops().get();
    PublishedKeys keys = keys(issuer, parts.clock().millis());
    boolean forKey = keys != null && keys.get(keyId) == null;
    ask(
        issuer,
        key,
        forKey,
        () -> {
          synchronized (share) {
            share.waiting--;
          }
          loop.execute(then);
        });
  }

  private void ask(Issuer issuer, String key, boolean forKey, Runnable waiter) {
    long now = parts.clock().millis();
    if (!issuer.join(now, forKey, waiter)) {
      return;
    }
    Share share = shares.computeIfAbsent(issuer.account(), a -> new Share());
    if (!begins(share, now)) {
      issuer.failed("the account has its issuers asked as often as it may");
      return;
    }
    KeysRequest.send(issuer, parts, new Answered(issuer, key, share));
  }

  private static boolean begins(Share share, long now) {
    synchronized (share) {
      if (share.minute != now / MINUTE) {
        share.minute = now / MINUTE;
        share.askedInMinute = 0;
      }
      if (share.asking >= MOST_AT_ONCE || share.askedInMinute >= MOST_A_MINUTE) {
        return false;
      }
      share.asking++;
      share.askedInMinute++;
      return true;
    }
  }

  /** What becomes of one request. */
  private final class Answered implements KeysRequest.Outcome {
    private final Issuer issuer;
    private final String key;
    private final Share share;

    Answered(Issuer issuer, String key, Share share) {
      this.issuer = issuer;
      this.key = key;
      this.share = share;
    }

    @Override
    public void published(PublishedKeys keys, OptionalLong issuerMillis) {
      end();
      long now = parts.clock().millis();
      parts.disk().ifPresent(disk -> disk.keep(key, issuer, keys, now));
      if (issuerMillis.isPresent()
          && Math.abs(now - issuerMillis.getAsLong()) > Issuer.CLOCKS_DIFFER) {
        LOG.warn(
            "the clocks of this node and of {} differ by {} s: tokens are taken that are good by both",
            issuer.name(),
            (now - issuerMillis.getAsLong()) / 1000);
      }
      issuer.published(keys, now, issuerMillis);
    }

    @Override
    public void failed(String why) {
      end();
      failures.increment();
      if (issuer.failures() == 0) {
        LOG.warn("no keys of user pool {} from {}: {}", issuer.poolId(), issuer.name(), why);
      }
      issuer.failed(why);
    }

    private void end() {
      synchronized (share) {
        share.asking--;
      }
    }
  }

  /** Requests for keys that failed since the start. */
  public long failures() {
    return failures.sum();
  }

  /** How issuers fare whose tokens have been checked here. */
  public List<IssuerStatus> statuses() {
    long now = parts.clock().millis();
    return issuers.values().stream()
        .map(
            issuer ->
                new IssuerStatus(
                    issuer.account(),
                    issuer.poolId(),
                    issuer.age(now).orElse(-1),
                    issuer.failures(),
                    issuer.trouble()))
        .toList();
  }
}

package io.gatehouse.runtime.cache;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.cache.KeptCodec.Unreadable;
import io.gatehouse.runtime.cache.SharedResponses.Address;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.MethodCaching.Invalidation;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.observe.Observer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response cache of a node: looks whether there is an answer for a request, has one exchange
 * fetch what there is not, and keeps what comes of it, here and for the other nodes.
 */
public final class ResponseCache implements Observer {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseCache.class);

  private static final String INVALIDATE = "execute-api:InvalidateCache";

  /** Larger answers are kept by their owner alone, where there are several nodes. */
  static final int MOST_NEAR_BYTES = 256 << 10;

  /** Earlier than so many times what the backend takes nobody fetches anew what is still good. */
  private static final int EARLY = 10;

  /** Where a request goes on. */
  public interface Reply {

    /** With an answer that was kept. */
    void serve(Response kept);

    /** To the backend. */
    void ask();

    void refuse(GatewayException refusal);
  }

  /** Runs something later, on the event loop of whoever asks. */
  public interface Later {
    void after(long millis, Runnable work);
  }

  /**
   * What the cache is made of.
   *
   * @param bytes of all stages' answers on this node; 0 for none
   * @param nodeKey what answers are sealed with in the end; without it those that have to be sealed
   *     are not kept
   * @param here the event loop of whoever asks
   * @param random from 0 to 1
   */
  public record Parts(
      String node,
      long bytes,
      Optional<Seal> nodeKey,
      SharedResponses shared,
      Supplier<Executor> here,
      Later later,
      InstantSource clock,
      LongSupplier nanos,
      DoubleSupplier random) {}

  private final Parts parts;
  private final NodeEntries entries;
  private final CacheCounts counts = new CacheCounts();
  private final Keeping keeping;
  private final Fetching fetching;

  public ResponseCache(Parts parts) {
    this.parts = parts;
    this.entries = new NodeEntries(parts.bytes(), parts.nodeKey(), parts.clock(), parts.nanos());
    this.keeping = new Keeping(parts, entries, counts);
    this.fetching = new Fetching(parts, keeping, counts);
  }

  /** Of whoever keeps nothing. */
  public static ResponseCache none() {
    return new ResponseCache(
        new Parts(
            "",
            0,
            Optional.empty(),
            SharedResponses.NONE,
            () -> Runnable::run,
            (millis, work) -> {},
            () -> Instant.EPOCH,
            () -> 0,
            () -> 1));
  }

  /** Looks for the answer to the exchange's request, and calls one of the reply's methods. */
  public void lookUp(Exchange x, Reply reply) {
    MethodCaching caching = x.method().caching();
    if (parts.bytes() == 0 || !caching.concerns(x.request())) {
      reply.ask();
      return;
    }
    MethodEntries method = entries.of(caching);
    if (method.stopped() || caching.encrypted() && !seals(method.stage())) {
      reply.ask();
      return;
    }
    Asked asked = Asked.of(x, caching, method.kinds());
    if (asked.wantsPart()) {
      reply.ask();
      return;
    }
    boolean anew = asked.wantsAnew();
    if (anew && !mayInvalidate(x, caching)) {
      if (caching.invalidation() == Invalidation.FAIL_WITH_403) {
        reply.refuse(
            GatewayException.of(ResponseType.ACCESS_DENIED, Reason.CACHE_INVALIDATION_DENIED));
        return;
      }
      anew = false;
      if (caching.invalidation() == Invalidation.SUCCEED_WITH_RESPONSE_HEADER) {
        x.warning("199 - \"Cache-Control: max-age=0 is not permitted\"");
      }
    }
    serve(x, reply, method, asked, anew);
  }

  /** Whether answers can be sealed here; where not, the node's log says so once for each stage. */
  private boolean seals(StageEntries stage) {
    if (stage.seal() != null) {
      return true;
    }
    counts.unsealed();
    if (stage.isFirstUnsealed()) {
      LOG.warn(
          "answers of stage {} of API {} are to be kept encrypted and are not kept at all: this"
              + " node has no GATEHOUSE_NODE_KEY",
          stage.caching().stageName(),
          stage.caching().apiId());
    }
    return false;
  }

  private static boolean mayInvalidate(Exchange x, MethodCaching caching) {
    return caching.invalidation() == Invalidation.ANYBODY || x.permissions().allow(INVALIDATE);
  }

  private void serve(Exchange x, Reply reply, MethodEntries method, Asked asked, boolean anew) {
    long now = parts.clock().millis();
    method.used(now);
    Kept kept = method.stage().find(asked.key());
    if (kept != null && kept.isNothing() && !anew) {
      x.cacheResult(CacheResult.MISS);
      reply.ask();
      return;
    }
    Answer answer = kept == null ? null : opened(kept, asked, method, now);
    boolean good = answer != null && !anew && kept.facts().isGood(now);
    if (good && asked.others() != kept.facts().others() && method.guard().takesCheck()) {
      fetching.check(
          new Waiting(x, reply, method, asked, answer, false, null), kept.facts(), answer);
    } else if (good && !isTimeToRefresh(kept.facts(), now)) {
      x.cacheResult(CacheResult.HIT);
      reply.serve(answer.to(x));
    } else {
      Answer stale = answer != null && kept.facts().staleMillis() > 0 ? answer : null;
      Waiting waiting = new Waiting(x, reply, method, asked, stale, anew, parts.here().get());
      if (good) {
        fetching.refresh(waiting, answer);
      } else {
        fetching.fetch(waiting);
      }
    }
  }

  /** Null where it cannot be used for this caller. */
  static Answer opened(Kept kept, Asked asked, MethodEntries method, long now) {
    if (kept.isNothing() || !kept.facts().isUsable(now) || !asked.takes(kept.facts().coding())) {
      return null;
    }
    if (kept.answer() != null) {
      return kept.answer();
    }
    try {
      return KeptCodec.open(kept, asked.key(), method.stage().seal(), now);
    } catch (Unreadable e) {
      LOG.warn("a kept answer of {} does not open: {}", asked.key(), e.getMessage());
      return null;
    }
  }

  /**
   * Whether to fetch anew what is still good for a while: the likelier, the nearer its end is and
   * the longer the backend takes (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache
   * Stampede Prevention).
   */
  private boolean isTimeToRefresh(Kept.Facts facts, long now) {
    long left = facts.createdMillis() + facts.ttlMillis() - now;
    long delta = facts.backendMillis();
    return left < EARLY * delta && -delta * Math.log(parts.random().getAsDouble()) >= left;
  }

  /** For the cluster: a node has found that a method's answers depend on more than their key. */
  public void stopped(LeakReport report) {
    keeping.stop(report);
  }

  /** For the cluster: another node has a newer answer, or knows that there is none. */
  public void replaced(Address address) {
    entries.forget(
        String.join("/", address.account(), address.apiId(), address.stageName()),
        new CacheKey(address.space(), address.rest()));
  }

  /** For the cluster: others may have newer answers than this node's copies, and nobody knows. */
  public void forgetCopies() {
    entries.forgetCopies();
  }

  /**
   * For the cluster: nothing that answers this path is kept on this node any more.
   *
   * @param path of requests, below the stage; of a resource; or a path that ends in a star
   * @return how many answers are gone
   */
  public int purge(String account, String apiId, String stageName, String path) {
    return entries.purge(String.join("/", account, apiId, stageName), path);
  }

  /**
   * Every few seconds: lets go of what is past its time, and of stages that have no cache any more.
   *
   * @param isLive whether a stage, by its key, has one
   */
  public void tidy(Predicate<String> isLive) {
    entries.tidy(isLive, parts.clock().millis());
  }

  public CacheCounts counts() {
    return counts;
  }

  /** Of kept answers on this node. */
  public long bytes() {
    return entries.bytes();
  }

  /** Kept answers on this node. */
  public long count() {
    return entries.count();
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    x.over();
    if (x.filling() != null) {
      x.filling().over();
    }
  }
}

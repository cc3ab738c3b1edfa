package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.cache.KeptCodec.Unreadable;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets answers that this node does not have: from the cluster or from the backend, one exchange for
 * all that want the same at a time.
 */
final class Fetching {

  private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);

  /** For how long the cluster is waited for; the backend is asked then. */
  private static final long CLUSTER_MILLIS = 50;

  private final ResponseCache.Parts parts;
  private final Keeping keeping;
  private final CacheCounts counts;

  Fetching(ResponseCache.Parts parts, Keeping keeping, CacheCounts counts) {
    this.parts = parts;
    this.keeping = keeping;
    this.counts = counts;
  }

  /** One fetches, the others wait; whoever wants an answer that is made now goes before them. */
  void fetch(Waiting waiting) {
    Map<CacheKey, Flight> flights = waiting.method().stage().flights();
    Flight mine = new Flight(this, keeping, waiting);
    if (waiting.anew()) {
      Flight before = flights.put(waiting.key(), mine);
      if (before != null) {
        before.claim().withdraw();
      }
      askBackend(mine);
      return;
    }
    Flight there = flights.putIfAbsent(waiting.key(), mine);
    while (there != null && !there.join(waiting)) {
      flights.remove(waiting.key(), there); // it has just ended
      there = flights.putIfAbsent(waiting.key(), mine);
    }
    if (there == null) {
      lead(mine);
    }
  }

  /**
   * The same for what is still good, which others get meanwhile; this one, too, if one is at it.
   */
  void refresh(Waiting waiting, Answer good) {
    Flight mine = new Flight(this, keeping, waiting);
    if (waiting.method().stage().flights().putIfAbsent(waiting.key(), mine) == null) {
      askBackend(mine);
    } else {
      serve(waiting, good, CacheResult.HIT);
    }
  }

  /** A flight that has just ended may have brought it, or another node may have it already. */
  private void lead(Flight flight) {
    Waiting leader = flight.leader();
    Kept kept = leader.method().stage().find(leader.key());
    if (kept != null && serves(flight, kept)) {
      return;
    }
    if (!parts.shared().isShared()) {
      askBackend(flight);
      return;
    }
    flight.leader().x().filling(flight); // whose caller may go away meanwhile
    AtomicBoolean told = new AtomicBoolean();
    parts
        .later()
        .after(
            CLUSTER_MILLIS,
            () -> {
              if (told.compareAndSet(false, true)) {
                askBackend(flight);
              }
            });
    parts
        .shared()
        .get(
            flight.leader().address(),
            frame -> {
              if (told.compareAndSet(false, true)) {
                found(flight, frame);
              }
            });
  }

  private void found(Flight flight, byte[] frame) {
    Waiting leader = flight.leader();
    Kept kept = frame == null ? null : decoded(frame, leader);
    leader
        .loop()
        .execute(
            () -> {
              if (kept == null || !serves(flight, kept)) {
                askBackend(flight);
              }
            });
  }

  private Kept decoded(byte[] frame, Waiting leader) {
    try {
      return KeptCodec.decode(
          frame, leader.key(), leader.method().stage().seal(), parts.clock().millis());
    } catch (Unreadable e) {
      LOG.warn("an answer of {} in the cluster is not readable: {}", leader.key(), e.getMessage());
      return null;
    }
  }

  private boolean serves(Flight flight, Kept kept) {
    Waiting leader = flight.leader();
    long now = parts.clock().millis();
    Answer answer = ResponseCache.opened(kept, leader.asked(), leader.method(), now);
    boolean asWanted = kept.frame() != null == leader.caching().encrypted();
    if (answer == null || !asWanted || !kept.facts().isGood(now) || flight.isOver()) {
      return false;
    }
    boolean current =
        flight
            .claim()
            .unlessWithdrawn(
                () -> {
                  if (answer.body().length <= ResponseCache.MOST_NEAR_BYTES) {
                    leader.method().stage().put(leader.key(), kept);
                  }
                });
    if (current) {
      leader.x().filling(null);
      flight.end(new Outcome.Have(kept.facts(), answer));
      have(leader, kept.facts(), answer);
    }
    return current;
  }

  private void askBackend(Flight flight) {
    Waiting leader = flight.leader();
    if (!flight.isOver()) { // else its caller is gone, and another has taken its place
      leader.x().filling(flight);
      ask(leader);
    }
  }

  void later(long millis, Runnable work) {
    parts.later().after(millis, work);
  }

  void ended(Flight flight) {
    Waiting leader = flight.leader();
    leader.method().stage().flights().remove(leader.key(), flight);
  }

  /** How it goes on for one that waited; on its own event loop. */
  void told(Waiting one, Outcome outcome) {
    if (one.x().isOver()) {
      return;
    }
    switch (outcome) {
      case Outcome.Have(Kept.Facts facts, Answer answer) when one.asked().takes(answer.coding()) ->
          have(one, facts, answer);
      case Outcome.Have other -> ask(one);
      case Outcome.Unkept unkept -> ask(one);
      case Outcome.Abandoned abandoned -> fetch(one.readAgain());
      case Outcome.Failed failed when one.stale() != null ->
          serve(one, one.stale(), CacheResult.STALE);
      case Outcome.Failed(GatewayException failure) -> {
        one.x().cacheResult(CacheResult.MISS);
        one.reply().refuse(failure);
      }
    }
  }

  /** Those who have waited for another's answer are sampled as those who find it kept. */
  private void have(Waiting one, Kept.Facts facts, Answer answer) {
    if (one.asked().others() != facts.others() && one.method().guard().takesCheck()) {
      check(one, facts, answer);
    } else {
      serve(one, answer, CacheResult.HIT);
    }
  }

  /** Has the backend answer in the place of a kept answer, and compares. */
  void check(Waiting one, Kept.Facts facts, Answer answer) {
    counts.check();
    Check check = new Check(keeping, one, facts, answer);
    one.method().stage().checks().add(check);
    one.x().filling(check);
    ask(one);
  }

  private static void ask(Waiting one) {
    one.x().cacheResult(CacheResult.MISS);
    one.reply().ask();
  }

  private static void serve(Waiting one, Answer answer, CacheResult result) {
    Exchange x = one.x();
    x.cacheResult(result);
    one.reply().serve(answer.to(x));
  }
}

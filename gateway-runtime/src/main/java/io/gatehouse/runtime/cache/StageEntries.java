package io.gatehouse.runtime.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.gatehouse.runtime.exchange.StageCaching;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What one stage keeps on this node, within its share of the node's bytes, and which of it is being
 * fetched. Which entries stay when there is no room for all is for Caffeine's TinyLFU to say.
 */
final class StageEntries {

  private final Cache<CacheKey, Kept> near;
  private final Map<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private final Set<Check> checks = ConcurrentHashMap.newKeySet();
  private final StageSeal seal;
  private final AtomicBoolean unsealed = new AtomicBoolean();
  private volatile StageCaching caching;

  /**
   * @param seal null on a node without a key
   */
  StageEntries(StageCaching caching, StageSeal seal, InstantSource clock, LongSupplier nanos) {
    this.caching = caching;
    this.seal = seal;
    this.near =
        Caffeine.newBuilder()
            .maximumWeight(0)
            .weigher((CacheKey key, Kept kept) -> key.weight() + kept.weight())
            .expireAfter(Expiry.creating((CacheKey key, Kept kept) -> left(kept, clock)))
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  private static Duration left(Kept kept, InstantSource clock) {
    Kept.Facts facts = kept.facts();
    long until = facts.createdMillis() + facts.ttlMillis() + facts.staleMillis();
    return Duration.ofMillis(Math.max(0, until - clock.millis()));
  }

  StageCaching caching() {
    return caching;
  }

  void caching(StageCaching changed) {
    caching = changed;
  }

  StageSeal seal() {
    return seal;
  }

  /** Whether nobody has asked this before: what is said of answers that cannot be sealed. */
  boolean isFirstUnsealed() {
    return !unsealed.get() && unsealed.compareAndSet(false, true);
  }

  Map<CacheKey, Flight> flights() {
    return flights;
  }

  /** Under way. */
  Set<Check> checks() {
    return checks;
  }

  /** Null when there is none. */
  Kept find(CacheKey key) {
    return near.getIfPresent(key);
  }

  void put(CacheKey key, Kept kept) {
    near.put(key, kept);
  }

  void remove(CacheKey key) {
    near.invalidate(key);
  }

  /**
   * It is not kept, and what is being fetched for it will not be; whoever comes from now on does
   * not wait for that.
   */
  void forget(CacheKey key) {
    Flight flight = flights.remove(key);
    if (flight != null) {
      flight.claim().withdraw();
    }
    checks.stream()
        .filter(check -> check.asking().key().equals(key))
        .forEach(check -> check.claim().withdraw());
    near.invalidate(key);
  }

  /** Nothing is kept, and nothing that is being fetched will be. */
  void forgetCopies() {
    for (CacheKey key : flights.keySet()) {
      forget(key);
    }
    checks.forEach(check -> check.claim().withdraw());
    near.invalidateAll();
  }

  /**
   * Takes effect at once: what there is no room for any more goes.
   *
   * @param bytes that the stage may keep
   */
  void resize(long bytes) {
    near.policy().eviction().orElseThrow().setMaximum(bytes);
  }

  long most() {
    return near.policy().eviction().orElseThrow().getMaximum();
  }

  long bytes() {
    return near.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  long count() {
    return near.estimatedSize();
  }

  /** Lets go of what is past its time. */
  void tidy() {
    near.cleanUp();
  }

  /**
   * Nothing that answers this path is kept, and nothing that is being fetched for it will be.
   *
   * @return how many are gone
   */
  int purge(String path) {
    flights.values().removeIf(flight -> flight.claim().withdrawUnder(path));
    checks.forEach(check -> check.claim().withdrawUnder(path));
    int gone = 0;
    for (Iterator<Map.Entry<CacheKey, Kept>> i = near.asMap().entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<CacheKey, Kept> entry = i.next();
      if (!entry.getValue().isNothing() && entry.getValue().facts().isUnder(path)) {
        near.invalidate(entry.getKey());
        gone++;
      }
    }
    return gone;
  }
}

package io.gatehouse.runtime.cache;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.StageCaching;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What a node keeps, by stage and method, and how its stages share the node's bytes. */
final class NodeEntries {

  /** After that a method that nobody calls is forgotten; what it kept is past its time. */
  private static final long FORGOTTEN_MILLIS = TimeUnit.HOURS.toMillis(26);

  private static final int MOST_STOPPED = 10_000;

  private final long bytes;
  private final Optional<Seal> nodeKey;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<String, MethodEntries> methods = new ConcurrentHashMap<>();
  private final Map<String, StageEntries> stages = new ConcurrentHashMap<>();

  /** Guarded by itself: a set of spaces, the oldest making way. */
  private final Map<String, Boolean> stopped =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_STOPPED;
        }
      };

  NodeEntries(long bytes, Optional<Seal> nodeKey, InstantSource clock, LongSupplier nanos) {
    this.bytes = bytes;
    this.nodeKey = nodeKey;
    this.clock = clock;
    this.nanos = nanos;
  }

  MethodEntries of(MethodCaching caching) {
    MethodEntries known = methods.get(caching.space());
    if (known == null || known.stage().caching().bytes() != caching.stage().bytes()) {
      return adopt(caching);
    }
    return known;
  }

  private synchronized MethodEntries adopt(MethodCaching caching) {
    StageCaching stage = caching.stage();
    StageEntries entries = stages.get(stage.key());
    if (entries == null) {
      StageSeal seal = nodeKey.map(key -> new StageSeal(key, stage.key())).orElse(null);
      entries = new StageEntries(stage, seal, clock, nanos);
      stages.put(stage.key(), entries);
      share();
    } else if (entries.caching().bytes() != stage.bytes()) {
      entries.caching(stage);
      share();
    }
    StageEntries of = entries;
    return methods.compute(
        caching.space(),
        (space, known) ->
            known != null && known.stage() == of
                ? known
                : new MethodEntries(of, caching, isStopped(space)));
  }

  private void share() {
    Map<String, Long> shares =
        Shares.of(bytes, stages.values().stream().map(StageEntries::caching).toList());
    shares.forEach((key, share) -> stages.get(key).resize(share));
  }

  private boolean isStopped(String space) {
    synchronized (stopped) {
      return stopped.containsKey(space);
    }
  }

  /**
   * @return whether that is news
   */
  synchronized boolean stop(String space) {
    boolean news;
    synchronized (stopped) {
      news = stopped.put(space, true) == null;
    }
    MethodEntries method = methods.get(space);
    if (method != null) {
      method.stop();
    }
    return news;
  }

  void forget(String stageKey, CacheKey key) {
    StageEntries stage = stages.get(stageKey);
    if (stage != null) {
      stage.forget(key);
    }
  }

  void forgetCopies() {
    stages.values().forEach(StageEntries::forgetCopies);
  }

  int purge(String stageKey, String path) {
    StageEntries stage = stages.get(stageKey);
    return stage == null ? 0 : stage.purge(path);
  }

  synchronized void tidy(Predicate<String> isLive, long nowMillis) {
    if (stages.keySet().removeIf(key -> !isLive.test(key))) {
      share();
    }
    methods
        .values()
        .removeIf(
            method ->
                stages.get(method.stage().caching().key()) != method.stage()
                    || nowMillis - method.usedMillis() > FORGOTTEN_MILLIS);
    stages.values().forEach(StageEntries::tidy);
  }

  /** Bytes by stage key that stages may keep here. */
  Map<String, Long> shares() {
    Map<String, Long> shares = new LinkedHashMap<>();
    stages.forEach((key, stage) -> shares.put(key, stage.most()));
    return Collections.unmodifiableMap(shares);
  }

  long bytes() {
    return stages.values().stream().mapToLong(StageEntries::bytes).sum();
  }

  long count() {
    return stages.values().stream().mapToLong(StageEntries::count).sum();
  }
}

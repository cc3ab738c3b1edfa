package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.MethodCaching;
import java.util.List;

/** What this node knows of a method whose answers it keeps. */
final class MethodEntries {

  private final StageEntries stage;
  private final LeakGuard guard = new LeakGuard();
  private volatile HeaderKinds kinds;
  private volatile boolean stopped;
  private volatile long usedMillis;

  MethodEntries(StageEntries stage, MethodCaching caching, boolean stopped) {
    this.stage = stage;
    this.kinds = HeaderKinds.of(caching.keyedHeaders());
    this.stopped = stopped;
  }

  StageEntries stage() {
    return stage;
  }

  LeakGuard guard() {
    return guard;
  }

  HeaderKinds kinds() {
    return kinds;
  }

  /** Whether its answers turned out to depend on more than their key. */
  boolean stopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  long usedMillis() {
    return usedMillis;
  }

  void used(long nowMillis) {
    if (nowMillis - usedMillis > 60_000) {
      usedMillis = nowMillis; // not with every request: all event loops read it
    }
  }

  /**
   * The backend says that its answers vary by these headers.
   *
   * @return how headers are read from now on; null when they are too many to be told apart
   */
  synchronized HeaderKinds learn(List<String> varying) {
    HeaderKinds more = kinds.with(varying);
    if (more != null) {
      kinds = more;
    }
    return more;
  }
}

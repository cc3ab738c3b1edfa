package io.gatehouse.admin.publish;

import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.Header;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The cluster's map of snapshots, in which revisions only grow. */
final class SnapshotMap {

  private static final int AT_ONCE = 16;

  private SnapshotMap() {}

  /**
   * Puts the snapshot, unless the map holds one of the same or a later revision.
   *
   * @return whether it was put
   */
  static boolean putIfNewer(IMap<String, byte[]> map, Snapshot snapshot) {
    byte[] mine = SnapshotCodec.encode(snapshot);
    while (true) {
      byte[] there = map.get(snapshot.key());
      if (there == null) {
        if (map.putIfAbsent(snapshot.key(), mine) == null) {
          return true;
        }
      } else if (header(there).map(Header::revision).orElse(-1L) >= snapshot.revision()) {
        return false;
      } else if (map.replace(snapshot.key(), there, mine)) {
        return true;
      }
      // Someone else put another one in between: judge that one.
    }
  }

  /** Does so with each; many do not wait for one another's round trips. */
  static void putAllIfNewer(IMap<String, byte[]> map, Collection<Snapshot> snapshots) {
    if (snapshots.size() <= AT_ONCE) {
      snapshots.forEach(snapshot -> putIfNewer(map, snapshot));
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<CompletableFuture<Void>> all =
          snapshots.stream()
              .map(one -> CompletableFuture.runAsync(() -> putIfNewer(map, one), threads))
              .toList();
      try {
        all.forEach(CompletableFuture::join);
      } catch (CompletionException e) {
        // without a cluster each of the others would wait for it
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  /** Empty when the bytes are damaged. */
  static Optional<Header> header(byte[] bytes) {
    try {
      return Optional.of(SnapshotCodec.header(bytes));
    } catch (UnreadableSnapshot e) {
      return Optional.empty();
    }
  }
}

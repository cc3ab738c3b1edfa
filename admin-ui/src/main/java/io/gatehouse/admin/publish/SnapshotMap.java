package io.gatehouse.admin.publish;

import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.Header;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

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
    Queue<Snapshot> left = new ConcurrentLinkedQueue<>(snapshots);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    List<Thread> threads =
        IntStream.range(0, AT_ONCE)
            .mapToObj(i -> Thread.ofVirtual().start(() -> putIfNewer(map, left, failure)))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      left.clear();
      Thread.currentThread().interrupt();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void putIfNewer(
      IMap<String, byte[]> map, Queue<Snapshot> left, AtomicReference<RuntimeException> failure) {
    try {
      for (Snapshot next = left.poll(); next != null; next = left.poll()) {
        putIfNewer(map, next);
      }
    } catch (RuntimeException e) {
      // without a cluster each of the others would wait for it
      left.clear();
      failure.compareAndSet(null, e);
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

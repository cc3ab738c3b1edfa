package io.gatehouse.admin.publish;

import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.Header;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import java.util.Optional;

/** The cluster's map of snapshots, in which revisions only grow. */
final class SnapshotMap {

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

  /** Empty when the bytes are damaged. */
  static Optional<Header> header(byte[] bytes) {
    try {
      return Optional.of(SnapshotCodec.header(bytes));
    } catch (UnreadableSnapshot e) {
      return Optional.empty();
    }
  }
}

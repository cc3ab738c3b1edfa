package io.gatehouse.runtime.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.projection.Projection;
import io.gatehouse.model.snapshot.SnapshotCodec;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * The first lines of all snapshots in the cluster, cut off where they lie: to compare revisions no
 * body has to travel.
 */
public final class FirstLines
    implements Projection<Map.Entry<String, byte[]>, SimpleImmutableEntry<String, byte[]>> {

  private static final long serialVersionUID = 1;

  private FirstLines() {}

  /** By key, each enough for {@link SnapshotCodec#header}. */
  public static Map<String, byte[]> of(IMap<String, byte[]> snapshots) {
    try {
      Map<String, byte[]> lines = new HashMap<>();
      snapshots
          .project(new FirstLines())
          .forEach(line -> lines.put(line.getKey(), line.getValue()));
      return lines;
    } catch (HazelcastSerializationException e) {
      // A node of before does not know this class.
      return snapshots.getAll(snapshots.keySet());
    }
  }

  @Override
  public SimpleImmutableEntry<String, byte[]> transform(Map.Entry<String, byte[]> snapshot) {
    return new SimpleImmutableEntry<>(
        snapshot.getKey(), SnapshotCodec.firstLine(snapshot.getValue()));
  }
}

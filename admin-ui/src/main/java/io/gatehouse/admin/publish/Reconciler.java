package io.gatehouse.admin.publish;

import com.hazelcast.map.IMap;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.Published;
import io.gatehouse.admin.store.Published.Thing;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.Header;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import io.gatehouse.runtime.cluster.FirstLines;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Makes the cluster's map agree with the database: after a crash between commit and publication,
 * after the whole cluster was restarted empty, after the database was restored.
 */
@ApplicationScoped
public class Reconciler {

  private static final Logger LOG = Logger.getLogger(Reconciler.class.getName());
  private static final Duration KEPT = Duration.ofDays(1);

  /** Nodes whose clocks are in doubt listen for the control plane's time. */
  private static final Duration TIME_TOLD_EVERY = Duration.ofMinutes(5);

  /**
   * What a round did.
   *
   * @param published put into the map, because it was missing, older or foreign
   * @param buried keys that the database does not know any more
   * @param swept tombstones and acknowledgements that nobody needs any more
   */
  public record Round(int published, int buried, int swept) {}

  private Published published;
  private SnapshotBuilder snapshots;
  private ClusterClient cluster;
  private InstantSource clock;

  protected Reconciler() {}

  @Inject
  public Reconciler(
      Published published, SnapshotBuilder snapshots, ClusterClient cluster, InstantSource clock) {
    this.published = published;
    this.snapshots = snapshots;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** One round at a time; the map is read before the database, see {@link #bury}. */
  public synchronized Round reconcile() throws ClusterUnavailable {
    IMap<String, byte[]> map = cluster.snapshots();
    Map<String, Optional<Header>> inCluster = cluster.ask(instance -> headers(map));
    Map<String, Thing> inDatabase = published.things();

    int repaired = 0;
    int buried = 0;
    for (Map.Entry<String, Thing> entry : inDatabase.entrySet()) {
      Optional<Header> there = inCluster.getOrDefault(entry.getKey(), Optional.empty());
      repaired += repair(map, entry.getKey(), entry.getValue(), there) ? 1 : 0;
    }
    for (Map.Entry<String, Optional<Header>> entry : inCluster.entrySet()) {
      if (!inDatabase.containsKey(entry.getKey())) {
        buried += bury(map, entry.getKey(), entry.getValue()) ? 1 : 0;
      }
    }
    catalog(map, inDatabase.size());
    int swept = sweep(map, inCluster);

    Round round = new Round(repaired, buried, swept);
    if (repaired + buried > 0) {
      LOG.info(() -> "The nodes' snapshots were brought up to date: " + round);
    }
    return round;
  }

  private static Map<String, Optional<Header>> headers(IMap<String, byte[]> map) {
    Map<String, Optional<Header>> headers = new HashMap<>();
    FirstLines.of(map).forEach((key, line) -> headers.put(key, SnapshotMap.header(line)));
    return headers;
  }

  private boolean repair(IMap<String, byte[]> map, String key, Thing thing, Optional<Header> there)
      throws ClusterUnavailable {
    if (there.isPresent() && there.get().revision() == thing.revision()) {
      return false;
    }
    Optional<Snapshot> mine = published.read(thing, snapshots.readers());
    if (there.isPresent() && there.get().revision() > thing.revision()) {
      if (mine.isEmpty() || mine.get().revision() >= there.get().revision()) {
        return false; // changed or gone since we asked: whoever did it also publishes it
      }
      if (sha256(mine.get()).equals(there.get().sha256())) {
        return false;
      }
      LOG.warning("The nodes have a later " + key + " than the database; the database is right");
      mine = published.lift(thing, there.get().revision(), snapshots.readers());
    }
    if (mine.isEmpty()) {
      return false;
    }
    Snapshot snapshot = mine.get();
    return cluster.ask(instance -> SnapshotMap.putIfNewer(map, snapshot));
  }

  /**
   * The map was read before the database, so a key of the map that the database does not know was
   * deleted, or never ours.
   */
  private boolean bury(IMap<String, byte[]> map, String key, Optional<Header> there)
      throws ClusterUnavailable {
    if (key.equals(Catalog.KEY) || there.filter(h -> h.kind().equals("tombstone")).isPresent()) {
      return false;
    }
    long revision = Math.max(there.map(Header::revision).orElse(0L) + 1, clock.millis());
    return cluster.ask(instance -> SnapshotMap.putIfNewer(map, new Tombstone(key, revision)));
  }

  private void catalog(IMap<String, byte[]> map, int count) throws ClusterUnavailable {
    cluster.ask(
        instance -> {
          Optional<Catalog> there = Optional.ofNullable(map.get(Catalog.KEY)).flatMap(this::read);
          long now = clock.millis();
          if (there.isEmpty()
              || there.get().snapshots() != count
              || Math.abs(now - there.get().publishedAt()) >= TIME_TOLD_EVERY.toMillis()) {
            long floor = there.map(Catalog::revision).orElse(0L) + 1;
            map.put(
                Catalog.KEY, SnapshotCodec.encode(new Catalog(Math.max(floor, now), count, now)));
          }
          return null;
        });
  }

  private Optional<Catalog> read(byte[] bytes) {
    try {
      return SnapshotCodec.decode(bytes) instanceof Catalog catalog
          ? Optional.of(catalog)
          : Optional.empty();
    } catch (UnreadableSnapshot e) {
      return Optional.empty();
    }
  }

  private int sweep(IMap<String, byte[]> map, Map<String, Optional<Header>> inCluster)
      throws ClusterUnavailable {
    long before = clock.instant().minus(KEPT).toEpochMilli();
    Set<String> names =
        cluster.nodes().stream().map(ClusterClient.Node::name).collect(Collectors.toSet());
    IMap<String, String> acknowledgements = cluster.acknowledgements();
    return cluster.ask(
        instance -> {
          int swept = 0;
          for (Map.Entry<String, Optional<Header>> entry : inCluster.entrySet()) {
            Optional<Header> old =
                entry
                    .getValue()
                    .filter(h -> h.kind().equals("tombstone"))
                    .filter(h -> h.revision() < before);
            if (old.isPresent()) {
              swept += removeIfStill(map, entry.getKey(), old.get()) ? 1 : 0;
            }
          }
          for (Map.Entry<String, String> entry : acknowledgements.entrySet()) {
            if (isStale(entry.getValue(), names, inCluster.keySet(), before)) {
              acknowledgements.delete(entry.getKey());
              swept++;
            }
          }
          return swept;
        });
  }

  private static boolean removeIfStill(IMap<String, byte[]> map, String key, Header tombstone) {
    byte[] bytes = map.get(key);
    return bytes != null
        && SnapshotMap.header(bytes).filter(tombstone::equals).isPresent()
        && map.remove(key, bytes);
  }

  private static boolean isStale(
      String json, Set<String> liveNodes, Set<String> keys, long before) {
    try {
      Acknowledgement acknowledgement = Acknowledgement.fromJson(json);
      return acknowledgement.appliedAt() < before
          && !(liveNodes.contains(acknowledgement.node()) && keys.contains(acknowledgement.key()));
    } catch (RuntimeException unreadable) {
      return true; // nobody can use it; a node that lives writes a new one
    }
  }

  private static String sha256(Snapshot snapshot) {
    return SnapshotMap.header(SnapshotCodec.encode(snapshot)).orElseThrow().sha256();
  }
}

package io.gatehouse.runtime.cluster;

import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies snapshots from wherever they come, newest only: compiled before they are swapped in, then
 * kept on disk, then acknowledged. What cannot be read leaves what was served before, and the
 * acknowledgement says why. One caller at a time.
 */
public final class SnapshotFeed {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFeed.class);

  private record Held(long revision, byte[] bytes) {}

  private final String node;
  private final LiveSnapshots live;
  private final Backends backends;
  private final Authorizers authorizers;
  private final SnapshotDisk disk;
  private final Consumer<String> stageGone;
  private final LongConsumer timeTold;
  private final InstantSource clock;
  private final Map<String, Held> held = new HashMap<>();
  private final Map<String, Long> refused = new HashMap<>();

  /**
   * @param stageGone told the {@code apiId:stageName} of a stage that is served no more
   * @param timeTold told what the control plane's clock said, in epoch milliseconds
   */
  public SnapshotFeed(
      String node,
      LiveSnapshots live,
      Backends backends,
      Authorizers authorizers,
      SnapshotDisk disk,
      Consumer<String> stageGone,
      LongConsumer timeTold,
      InstantSource clock) {
    this.node = node;
    this.live = live;
    this.backends = backends;
    this.authorizers = authorizers;
    this.disk = disk;
    this.stageGone = stageGone;
    this.timeTold = timeTold;
    this.clock = clock;
  }

  /** Takes up what this node held before it was stopped. */
  public synchronized void readDisk() throws IOException {
    for (SnapshotDisk.Copy copy : disk.read()) {
      String key = copy.snapshot().key();
      if (copy.snapshot().revision() > revision(key)) {
        swapIn(copy.snapshot());
        held.put(key, new Held(copy.snapshot().revision(), copy.bytes()));
      }
    }
    LOG.info("read {} snapshots from disk", held.size());
  }

  /** Whether the control plane has ever told this node everything there is. */
  public synchronized boolean hasCatalog() {
    return held.containsKey(Catalog.KEY);
  }

  /** What this node could give to a cluster that has lost it. */
  public synchronized Map<String, byte[]> everything() {
    Map<String, byte[]> all = new HashMap<>();
    held.forEach((key, h) -> all.put(key, h.bytes()));
    return all;
  }

  /** Whether a snapshot that begins so is news, or damaged, which is to be said. */
  public synchronized boolean wants(String key, byte[] firstLine) {
    try {
      return isNews(key, SnapshotCodec.header(firstLine));
    } catch (UnreadableSnapshot e) {
      return true;
    }
  }

  private boolean isNews(String key, SnapshotCodec.Header header) {
    return header.revision() > Math.max(revision(key), refused.getOrDefault(key, -1L));
  }

  /**
   * Applies one snapshot unless it is old news.
   *
   * @return what to tell the control plane; empty for old news
   */
  public synchronized Optional<Acknowledgement> apply(String key, byte[] bytes) {
    SnapshotCodec.Header header;
    try {
      header = SnapshotCodec.header(bytes);
      if (!isNews(key, header)) {
        return Optional.empty();
      }
    } catch (UnreadableSnapshot e) {
      LOG.error("{} from the cluster is not applied: {}", key, e.getMessage());
      return Optional.of(acknowledgement(key, revision(key), "", e.getMessage()));
    }
    try {
      Snapshot snapshot = SnapshotCodec.decode(bytes);
      if (!snapshot.key().equals(key)) {
        throw new UnreadableSnapshot("it says that it is " + snapshot.key());
      }
      swapIn(snapshot);
      if (snapshot instanceof Catalog catalog) {
        timeTold.accept(catalog.publishedAt());
      }
      held.put(key, new Held(header.revision(), bytes));
      refused.remove(key);
      keep(key, bytes);
      return Optional.of(acknowledgement(key, header.revision(), header.sha256(), null));
    } catch (UnreadableSnapshot e) {
      LOG.error("{} revision {} is not applied: {}", key, header.revision(), e.getMessage());
      refused.put(key, header.revision()); // said once, not with every sweep
      return Optional.of(acknowledgement(key, header.revision(), header.sha256(), e.getMessage()));
    }
  }

  /** What this node serves under the key, for a control plane that has lost the word of it. */
  public synchronized Optional<Acknowledgement> current(String key) {
    Held h = held.get(key);
    try {
      return h == null
          ? Optional.empty()
          : Optional.of(
              acknowledgement(key, h.revision(), SnapshotCodec.header(h.bytes()).sha256(), null));
    } catch (UnreadableSnapshot e) {
      throw new IllegalStateException("held bytes were read before", e);
    }
  }

  private void swapIn(Snapshot snapshot) {
    switch (snapshot) {
      case StageSnapshot stage -> live.put(StageCompiler.compile(stage, backends, authorizers));
      case PlanSnapshot plan -> live.put(plan);
      case KeySnapshot key -> live.put(key);
      case AccountSnapshot account -> live.put(account);
      case DomainSnapshot domain -> live.put(domain);
      case BackendAccessSnapshot access -> live.put(access);
      case VpcLinkSnapshot link -> live.put(link);
      case FunctionSnapshot function -> live.put(function);
      case PrincipalSnapshot principal -> live.put(principal);
      case UserPoolSnapshot pool -> live.put(pool);
      case Tombstone gone -> remove(gone.key());
      case Catalog everything ->
          LOG.debug("the control plane has published all of {} snapshots", everything.snapshots());
    }
  }

  private void remove(String key) {
    String[] parts = key.split("/");
    switch (parts[0]) {
      case "stage" -> {
        live.removeStage(parts[2], parts[3]);
        stageGone.accept(parts[2] + ":" + parts[3]);
      }
      case "plan" -> live.removePlan(parts[1], parts[2]);
      case "key" -> live.removeKey(parts[1], parts[2]);
      case "account" -> live.removeAccount(parts[1]);
      case "domain" -> live.removeDomain(parts[1]);
      case "backend-access" -> live.removeAccess(parts[1]);
      case "vpclink" -> live.removeVpcLink(parts[1], parts[2]);
      case "function" -> live.removeFunction(parts[1], parts[2]);
      case "principal" -> live.removePrincipal(key);
      case "user-pool" -> live.removeUserPool(key);
      default -> LOG.error("{} is no key of a snapshot", key);
    }
  }

  /**
   * A disk that fails must not keep a change from being served; it is said, and tried again with
   * the next change.
   */
  private void keep(String key, byte[] bytes) {
    try {
      disk.write(key, bytes);
    } catch (IOException e) {
      LOG.error(
          "{} is served but not on disk: {}; a restart without the cluster would not know it",
          key,
          e.toString());
    }
  }

  private long revision(String key) {
    Held h = held.get(key);
    return h == null ? -1 : h.revision();
  }

  private Acknowledgement acknowledgement(
      String key, long revision, String sha256, String failure) {
    return new Acknowledgement(
        node, key, revision, sha256, clock.millis(), Optional.ofNullable(failure));
  }
}

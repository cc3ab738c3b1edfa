package io.gatehouse.admin.publish;

import com.hazelcast.map.IMap;
import io.gatehouse.admin.Settings;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.Revisions;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredBackendAccess;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.admin.store.StoredTenant;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.StoredVpcLink;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the nodes what has changed: after the commit, into the cluster's map; then waits a little
 * for the nodes, so that who has got an answer finds it served. Whatever goes wrong here, the
 * operation has succeeded; {@link Reconciler} makes up for it.
 */
@ApplicationScoped
public class Publisher {

  private static final Logger LOG = Logger.getLogger(Publisher.class.getName());

  private ClusterClient cluster;
  private Transactions transactions;
  private SnapshotBuilder snapshots;
  private Revisions revisions;
  private Receipts receipts;
  private Duration longestWait;

  protected Publisher() {}

  @Inject
  public Publisher(
      ClusterClient cluster,
      Transactions transactions,
      SnapshotBuilder snapshots,
      Revisions revisions,
      Settings settings) {
    this(cluster, transactions, snapshots, revisions, settings.publishWait());
  }

  public Publisher(
      ClusterClient cluster,
      Transactions transactions,
      SnapshotBuilder snapshots,
      Revisions revisions,
      Duration longestWait) {
    this.cluster = cluster;
    this.transactions = transactions;
    this.snapshots = snapshots;
    this.revisions = revisions;
    this.receipts = new Receipts(cluster);
    this.longestWait = longestWait;
  }

  public void changed(StoredStage stage) {
    afterCommit(snapshots.stage(stage));
  }

  public void changed(StoredUsagePlan plan) {
    afterCommit(snapshots.plan(plan));
  }

  public void changed(StoredApiKey key) {
    afterCommit(snapshots.key(key));
  }

  /** Keys of one account. */
  public void changed(List<StoredApiKey> keys) {
    snapshots.keys(keys).forEach(this::afterCommit);
  }

  /** Nodes hear only of tenants that are not as usual. */
  public void changed(StoredTenant tenant) {
    if (tenant.throttle().isPresent() || tenant.suspension().isPresent()) {
      afterCommit(snapshots.account(tenant));
    } else {
      gone(AccountSnapshot.key(tenant.account()), tenant.revision());
    }
  }

  /** Nodes hear only of the names that they answer to. */
  public void changed(StoredDomain domain) {
    if (domain.isServed()) {
      afterCommit(snapshots.domain(domain));
    }
  }

  public void changed(StoredBackendAccess access) {
    afterCommit(snapshots.backendAccess(access));
  }

  public void changed(StoredVpcLink link) {
    afterCommit(snapshots.vpcLink(link));
  }

  public void changed(StoredFunction function) {
    afterCommit(snapshots.function(function));
  }

  /**
   * @param principal a user or role
   */
  void changed(StoredIdentity principal) {
    afterCommit(snapshots.principal(principal));
  }

  void gone(StoredIdentity principal) {
    gone(
        PrincipalSnapshot.key(
            principal.account(), PrincipalRows.kind(principal.kind()), principal.name()),
        principal.revision());
  }

  public void changed(StoredUserPool pool) {
    afterCommit(snapshots.userPool(pool));
  }

  public void gone(StoredUserPool pool) {
    gone(UserPoolSnapshot.key(pool.account(), pool.poolId()), pool.revision());
  }

  public void gone(StoredFunction function) {
    gone(FunctionSnapshot.key(function.account(), function.functionName()), function.revision());
  }

  public void gone(StoredStage stage) {
    gone(StageSnapshot.key(stage.account(), stage.apiId(), stage.stageName()), stage.revision());
  }

  public void gone(StoredUsagePlan plan) {
    gone(PlanSnapshot.key(plan.account(), plan.planId()), plan.revision());
  }

  public void gone(StoredApiKey key) {
    gone(KeySnapshot.key(key.account(), key.sha256()), key.revision());
  }

  public void gone(StoredDomain domain) {
    if (domain.isServed()) {
      gone(DomainSnapshot.key(domain.name()), domain.revision());
    }
  }

  public void gone(StoredVpcLink link) {
    gone(VpcLinkSnapshot.key(link.account(), link.linkId()), link.revision());
  }

  private void gone(String key, long revision) {
    afterCommit(new Tombstone(key, revisions.next(revision)));
  }

  private void afterCommit(Snapshot snapshot) {
    transactions.collect(snapshot, this::publish);
  }

  private void publish(List<Snapshot> collected) {
    Map<String, Snapshot> last = new LinkedHashMap<>();
    collected.forEach(snapshot -> last.put(snapshot.key(), snapshot));
    try {
      IMap<String, byte[]> map = cluster.snapshots();
      cluster.ask(
          instance -> {
            SnapshotMap.putAllIfNewer(map, last.values());
            return null;
          });
      await(last.values());
    } catch (ClusterUnavailable e) {
      LOG.warning(
          () -> "Saved, but not yet sent to the nodes: " + last.keySet() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "Saved, but not yet sent to the nodes: " + last.keySet(), e);
    }
  }

  private void await(Collection<Snapshot> published)
      throws ClusterUnavailable, InterruptedException {
    Set<String> missing = receipts.await(published, longestWait);
    if (!missing.isEmpty()) {
      LOG.warning(
          () ->
              "Sent to the nodes, but not confirmed within "
                  + longestWait.toMillis()
                  + " ms: "
                  + missing);
    }
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that nodes should hold, of all tenants: the one place that looks across accounts, and only to
 * compare and repair what is published.
 */
@ApplicationScoped
public class Published {

  /** One thing that nodes serve from. */
  public sealed interface Thing {
    long ordinal();

    long revision();
  }

  public record StageThing(long ordinal, long revision) implements Thing {}

  public record PlanThing(long ordinal, long revision) implements Thing {}

  public record KeyThing(long ordinal, long revision) implements Thing {}

  /** A tenant whose limits somebody has set. */
  public record AccountThing(long ordinal, long revision) implements Thing {}

  public record DomainThing(long ordinal, long revision) implements Thing {}

  public record BackendAccessThing(long ordinal, long revision) implements Thing {}

  public record VpcLinkThing(long ordinal, long revision) implements Thing {}

  public record FunctionThing(long ordinal, long revision) implements Thing {}

  /** A user or role. */
  public record PrincipalThing(long ordinal, long revision) implements Thing {}

  public record UserPoolThing(long ordinal, long revision) implements Thing {}

  /** What to do with a row that was found again. */
  public record Readers<R>(
      Function<StoredStage, R> stage,
      Function<StoredUsagePlan, R> plan,
      Function<StoredApiKey, R> key,
      Function<StoredTenant, R> account,
      Function<StoredDomain, R> domain,
      Function<StoredBackendAccess, R> backendAccess,
      Function<StoredVpcLink, R> vpcLink,
      Function<StoredFunction, R> function,
      Function<StoredIdentity, R> principal,
      Function<StoredUserPool, R> userPool) {}

  private EntityManager rows;
  private Revisions revisions;

  protected Published() {}

  @Inject
  public Published(EntityManager rows, Revisions revisions) {
    this.rows = rows;
    this.revisions = revisions;
  }

  /** By snapshot key; documents are not read. */
  @Transactional
  public Map<String, Thing> things() {
    Map<String, Thing> things = new LinkedHashMap<>();
    for (Object[] s :
        select(
            "select s.account, s.apiId, s.stageName, s.ordinal, s.revision from StoredStage s")) {
      things.put(
          StageSnapshot.key((String) s[0], (String) s[1], (String) s[2]),
          new StageThing((Long) s[3], (Long) s[4]));
    }
    for (Object[] p :
        select("select p.account, p.planId, p.ordinal, p.revision from StoredUsagePlan p")) {
      things.put(
          PlanSnapshot.key((String) p[0], (String) p[1]), new PlanThing((Long) p[2], (Long) p[3]));
    }
    for (Object[] k :
        select("select k.account, k.sha256, k.ordinal, k.revision from StoredApiKey k")) {
      things.put(
          KeySnapshot.key((String) k[0], (String) k[1]), new KeyThing((Long) k[2], (Long) k[3]));
    }
    for (Object[] a :
        select(
            "select t.account, t.ordinal, t.revision from StoredTenant t"
                + " where t.throttleRate is not null or t.suspendedAt is not null")) {
      things.put(AccountSnapshot.key((String) a[0]), new AccountThing((Long) a[1], (Long) a[2]));
    }
    for (Object[] d :
        select(
            "select d.servedName, d.ordinal, d.revision from StoredDomain d"
                + " where d.servedName is not null")) {
      things.put(DomainSnapshot.key((String) d[0]), new DomainThing((Long) d[1], (Long) d[2]));
    }
    for (Object[] b :
        select("select b.account, b.ordinal, b.revision from StoredBackendAccess b")) {
      things.put(
          BackendAccessSnapshot.key((String) b[0]),
          new BackendAccessThing((Long) b[1], (Long) b[2]));
    }
    for (Object[] v :
        select("select v.account, v.linkId, v.ordinal, v.revision from StoredVpcLink v")) {
      things.put(
          VpcLinkSnapshot.key((String) v[0], (String) v[1]),
          new VpcLinkThing((Long) v[2], (Long) v[3]));
    }
    for (Object[] f :
        select("select f.account, f.functionName, f.ordinal, f.revision from StoredFunction f")) {
      things.put(
          FunctionSnapshot.key((String) f[0], (String) f[1]),
          new FunctionThing((Long) f[2], (Long) f[3]));
    }
    for (Object[] i :
        select(
            "select i.account, i.kind, i.identityName, i.ordinal, i.revision"
                + " from StoredIdentity i")) {
      // Groups call nobody: what they allow is in their users' snapshots.
      if (i[1] != StoredIdentity.Kind.GROUP) {
        things.put(
            PrincipalSnapshot.key(
                (String) i[0],
                PrincipalSnapshot.Kind.valueOf(((StoredIdentity.Kind) i[1]).name()),
                (String) i[2]),
            new PrincipalThing((Long) i[3], (Long) i[4]));
      }
    }
    for (Object[] u :
        select("select u.account, u.poolId, u.ordinal, u.revision from StoredUserPool u")) {
      things.put(
          UserPoolSnapshot.key((String) u[0], (String) u[1]),
          new UserPoolThing((Long) u[2], (Long) u[3]));
    }
    return things;
  }

  /** Reads the thing's row as it is now; empty when it has gone since. */
  @Transactional
  public <R> Optional<R> read(Thing thing, Readers<R> readers) {
    return switch (thing) {
      case StageThing s -> find(StoredStage.class, s).map(readers.stage());
      case PlanThing p -> find(StoredUsagePlan.class, p).map(readers.plan());
      case KeyThing k -> find(StoredApiKey.class, k).map(readers.key());
      case AccountThing a -> find(StoredTenant.class, a).map(readers.account());
      case DomainThing d -> find(StoredDomain.class, d).map(readers.domain());
      case BackendAccessThing b -> find(StoredBackendAccess.class, b).map(readers.backendAccess());
      case VpcLinkThing v -> find(StoredVpcLink.class, v).map(readers.vpcLink());
      case FunctionThing f -> find(StoredFunction.class, f).map(readers.function());
      case PrincipalThing i -> find(StoredIdentity.class, i).map(readers.principal());
      case UserPoolThing u -> find(StoredUserPool.class, u).map(readers.userPool());
    };
  }

  /** Lifts the thing's revision above one that nodes have seen; empty when the row has gone. */
  @Transactional
  public <R> Optional<R> lift(Thing thing, long above, Readers<R> readers) {
    return switch (thing) {
      case StageThing s ->
          lock(StoredStage.class, s)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.stage());
      case PlanThing p ->
          lock(StoredUsagePlan.class, p)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.plan());
      case KeyThing k ->
          lock(StoredApiKey.class, k)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.key());
      case AccountThing a ->
          lock(StoredTenant.class, a)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.account());
      case DomainThing d ->
          lock(StoredDomain.class, d)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.domain());
      case BackendAccessThing b ->
          lock(StoredBackendAccess.class, b)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.backendAccess());
      case VpcLinkThing v ->
          lock(StoredVpcLink.class, v)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.vpcLink());
      case FunctionThing f ->
          lock(StoredFunction.class, f)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.function());
      case PrincipalThing i ->
          lock(StoredIdentity.class, i)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.principal());
      case UserPoolThing u ->
          lock(StoredUserPool.class, u)
              .map(row -> row.touch(next(row.revision(), above)))
              .map(readers.userPool());
    };
  }

  private long next(long mine, long above) {
    return revisions.next(Math.max(mine, above));
  }

  private List<Object[]> select(String query) {
    return rows.createQuery(query, Object[].class).getResultList();
  }

  private <T> Optional<T> find(Class<T> type, Thing thing) {
    return Optional.ofNullable(rows.find(type, thing.ordinal()));
  }

  private <T> Optional<T> lock(Class<T> type, Thing thing) {
    return Optional.ofNullable(
        rows.find(
            type,
            thing.ordinal(),
            LockModeType.PESSIMISTIC_WRITE,
            Map.of("eclipselink.refresh", "true")));
  }
}

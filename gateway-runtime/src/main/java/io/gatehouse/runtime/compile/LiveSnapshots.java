package io.gatehouse.runtime.compile;

import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.runtime.exchange.CompiledStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node serves now. Read by every request without a lock; each change swaps one whole
 * thing. Keys and plans are found only under the account whose stage is being served.
 */
public final class LiveSnapshots implements AccountAccess, Identities {

  private final Map<String, Map<String, CompiledStage>> stages = new ConcurrentHashMap<>();
  private final Map<String, Map<String, KeySnapshot>> keys = new ConcurrentHashMap<>();
  private final Map<String, Map<String, PlanSnapshot>> plans = new ConcurrentHashMap<>();
  private final Map<String, AccountSnapshot> accounts = new ConcurrentHashMap<>();
  private final Map<String, AccountSnapshot> unsaid = new ConcurrentHashMap<>();
  private final Map<String, DomainSnapshot> domains = new ConcurrentHashMap<>();
  private final Map<String, BackendAccessSnapshot> access = new ConcurrentHashMap<>();
  private final Map<String, Map<String, VpcLinkSnapshot>> vpcLinks = new ConcurrentHashMap<>();
  private final Map<String, Map<String, FunctionSnapshot>> functions = new ConcurrentHashMap<>();
  private final Map<String, PrincipalSnapshot> principals = new ConcurrentHashMap<>();
  private final Map<String, PrincipalSnapshot> holders = new ConcurrentHashMap<>();
  private final Map<String, UserPoolSnapshot> userPools = new ConcurrentHashMap<>();

  private final RateLimit usual;

  public LiveSnapshots() {
    this(RateLimit.OF_ACCOUNT);
  }

  /**
   * @param usual limit of accounts of which nothing was said
   */
  public LiveSnapshots(RateLimit usual) {
    this.usual = usual;
  }

  /** Stages of an API by name, empty when the node knows no such API. */
  public Map<String, CompiledStage> stages(String apiId) {
    return stages.getOrDefault(apiId, Map.of());
  }

  /** The key, or null. */
  public KeySnapshot key(String account, String sha256) {
    return keys.getOrDefault(account, Map.of()).get(sha256);
  }

  /** The plan, or null. */
  public PlanSnapshot plan(String account, String planId) {
    return plans.getOrDefault(account, Map.of()).get(planId);
  }

  public void put(CompiledStage stage) {
    stages.compute(
        stage.apiId(),
        (id, old) -> {
          Map<String, CompiledStage> changed = old == null ? new HashMap<>() : new HashMap<>(old);
          changed.put(stage.stageName(), stage);
          return Map.copyOf(changed);
        });
  }

  public void removeStage(String apiId, String stageName) {
    stages.computeIfPresent(
        apiId,
        (id, old) -> {
          Map<String, CompiledStage> changed = new HashMap<>(old);
          changed.remove(stageName);
          return changed.isEmpty() ? null : Map.copyOf(changed);
        });
  }

  public void put(KeySnapshot key) {
    keys.computeIfAbsent(key.account(), a -> new ConcurrentHashMap<>()).put(key.sha256(), key);
  }

  public void removeKey(String account, String sha256) {
    keys.getOrDefault(account, new HashMap<>()).remove(sha256);
  }

  public void put(PlanSnapshot plan) {
    plans.computeIfAbsent(plan.account(), a -> new ConcurrentHashMap<>()).put(plan.planId(), plan);
  }

  public void removePlan(String account, String planId) {
    plans.getOrDefault(account, new HashMap<>()).remove(planId);
  }

  /** What holds for the account as a whole; the usual for one of which nothing was said. */
  public AccountSnapshot account(String account) {
    AccountSnapshot found = accounts.get(account);
    return found == null
        ? unsaid.computeIfAbsent(account, a -> new AccountSnapshot(0, a, usual))
        : found;
  }

  public void put(AccountSnapshot account) {
    accounts.put(account.account(), account);
  }

  public void removeAccount(String account) {
    accounts.remove(account);
  }

  /** The custom domain of the host name, which is in lower case; or null. */
  public DomainSnapshot domain(String host) {
    DomainSnapshot exact = domains.get(host);
    int dot = host.indexOf('.');
    return exact != null || dot < 0 ? exact : domains.get("*" + host.substring(dot));
  }

  public boolean hasDomains() {
    return !domains.isEmpty();
  }

  public void put(DomainSnapshot domain) {
    domains.put(domain.name(), domain);
  }

  public void removeDomain(String name) {
    domains.remove(name);
  }

  @Override
  public BackendAccessSnapshot access(String account) {
    BackendAccessSnapshot found = access.get(account);
    return found == null ? BackendAccessSnapshot.none(account) : found;
  }

  public void put(BackendAccessSnapshot changed) {
    access.put(changed.account(), changed);
  }

  public void removeAccess(String account) {
    access.remove(account);
  }

  @Override
  public VpcLinkSnapshot vpcLink(String account, String id) {
    return vpcLinks.getOrDefault(account, Map.of()).get(id);
  }

  public void put(VpcLinkSnapshot link) {
    vpcLinks.computeIfAbsent(link.account(), a -> new ConcurrentHashMap<>()).put(link.id(), link);
  }

  public void removeVpcLink(String account, String id) {
    vpcLinks.getOrDefault(account, new HashMap<>()).remove(id);
  }

  @Override
  public FunctionSnapshot function(String account, String name) {
    return functions.getOrDefault(account, Map.of()).get(name);
  }

  /** All functions of all accounts. */
  public List<FunctionSnapshot> functions() {
    return functions.values().stream().flatMap(own -> own.values().stream()).toList();
  }

  public void put(FunctionSnapshot function) {
    functions
        .computeIfAbsent(function.account(), a -> new ConcurrentHashMap<>())
        .put(function.name(), function);
  }

  public void removeFunction(String account, String name) {
    functions.getOrDefault(account, new HashMap<>()).remove(name);
  }

  @Override
  public PrincipalSnapshot holderOf(String accessKeyId) {
    return holders.get(accessKeyId);
  }

  @Override
  public PrincipalSnapshot principal(String account, PrincipalSnapshot.Kind kind, String name) {
    return principals.get(PrincipalSnapshot.key(account, kind, name));
  }

  /** One at a time, as snapshots are applied. */
  public void put(PrincipalSnapshot principal) {
    PrincipalSnapshot before = principals.put(principal.key(), principal);
    forgetKeys(before, principal.sealedSecrets().keySet());
    principal.sealedSecrets().keySet().forEach(id -> holders.put(id, principal));
  }

  /**
   * @param key of the snapshot
   */
  public void removePrincipal(String key) {
    forgetKeys(principals.remove(key), Set.of());
  }

  private void forgetKeys(PrincipalSnapshot before, Set<String> kept) {
    if (before != null) {
      // A key that has another holder by now is that one's.
      before.sealedSecrets().keySet().stream()
          .filter(id -> !kept.contains(id))
          .forEach(id -> holders.computeIfPresent(id, (k, h) -> isSame(h, before) ? null : h));
    }
  }

  private static boolean isSame(PrincipalSnapshot one, PrincipalSnapshot other) {
    return one.key().equals(other.key());
  }

  @Override
  public UserPoolSnapshot userPool(String account, String poolId) {
    return userPools.get(UserPoolSnapshot.key(account, poolId));
  }

  public void put(UserPoolSnapshot pool) {
    userPools.put(pool.key(), pool);
  }

  /**
   * @param key of the snapshot
   */
  public void removeUserPool(String key) {
    userPools.remove(key);
  }

  /**
   * Whether a stage has a response cache.
   *
   * @param key of the stage's cache
   */
  public boolean hasCache(String key) {
    String[] parts = key.split("/");
    CompiledStage stage = stages(parts[1]).get(parts[2]);
    return stage != null && stage.caching() != null && stage.caching().key().equals(key);
  }

  /** How many stages are served. */
  public int stageCount() {
    return stages.values().stream().mapToInt(Map::size).sum();
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The tenants and their access keys. Only an operator may list tenants; operations see to that. */
@ApplicationScoped
public class TenantStore {

  private EntityManager rows;
  private Secrets secrets;
  private InstantSource clock;

  protected TenantStore() {}

  @Inject
  public TenantStore(EntityManager rows, Secrets secrets, InstantSource clock) {
    this.rows = rows;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * @throws ApiError conflict, when there is a tenant of this account
   */
  public StoredTenant create(String account, String name) {
    if (find(account).isPresent()) {
      throw ApiError.conflict("Tenant " + account + " already exists");
    }
    StoredTenant tenant = new StoredTenant(account, name, clock.instant());
    rows.persist(tenant);
    rows.flush();
    return tenant;
  }

  public Optional<StoredTenant> find(String account) {
    return rows
        .createQuery("select t from StoredTenant t where t.account = :account", StoredTenant.class)
        .setParameter("account", account)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * The tenant, while others who change its people wait.
   *
   * @throws ApiError not found
   */
  public StoredTenant lock(String account) {
    return rows
        .createQuery("select t from StoredTenant t where t.account = :account", StoredTenant.class)
        .setParameter("account", account)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .stream()
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Tenant " + account + " does not exist"));
  }

  /** In order of creation. */
  public Page<StoredTenant> list(Page.Ask ask) {
    List<StoredTenant> found =
        rows.createQuery(
                "select t from StoredTenant t where t.ordinal > :after order by t.ordinal",
                StoredTenant.class)
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredTenant::ordinal);
  }

  /** Adds an access key to a tenant that exists. */
  public StoredAccessKey createAccessKey(
      String account, String accessKeyId, String secret, Caller.Role role) {
    StoredAccessKey key =
        new StoredAccessKey(
            account,
            accessKeyId,
            secrets.seal(account, accessKeyId, secret),
            role,
            clock.instant());
    rows.persist(key);
    rows.flush();
    return key;
  }

  /** Of one tenant, in order of creation. */
  public List<StoredAccessKey> accessKeys(String account) {
    return rows.createQuery(
            "select k from StoredAccessKey k where k.account = :account order by k.ordinal",
            StoredAccessKey.class)
        .setParameter("account", account)
        .getResultList();
  }

  /**
   * Switches an access key of the tenant on or off.
   *
   * @return empty when the tenant has no such key
   */
  public Optional<StoredAccessKey> activate(String account, String accessKeyId, boolean active) {
    Optional<StoredAccessKey> key = accessKey(account, accessKeyId);
    key.ifPresent(found -> found.activate(active));
    return key;
  }

  /**
   * Says what an access key of the tenant is limited to.
   *
   * @param policy empty for nothing
   * @return empty when the tenant has no such key
   */
  public Optional<StoredAccessKey> limit(
      String account, String accessKeyId, Optional<String> policy) {
    Optional<StoredAccessKey> key = accessKey(account, accessKeyId);
    key.ifPresent(found -> found.limitTo(policy.orElse(null)));
    return key;
  }

  private Optional<StoredAccessKey> accessKey(String account, String accessKeyId) {
    return accessKeys(account).stream()
        .filter(key -> key.accessKeyId().equals(accessKeyId))
        .findFirst();
  }

  /**
   * Makes sure that the tenant and its access key are there with this secret.
   *
   * @throws IllegalStateException when another tenant has an access key of this id
   */
  public void ensure(String account, String name, String accessKeyId, String secret) {
    if (find(account).isEmpty()) {
      create(account, name);
    }
    Optional<StoredAccessKey> there = accessKey(accessKeyId);
    if (there.isEmpty()) {
      createAccessKey(account, accessKeyId, secret, Caller.Role.OWNER);
    } else if (!there.get().account().equals(account)) {
      throw new IllegalStateException(
          "access key " + accessKeyId + " belongs to another tenant than " + account);
    } else if (!secret.equals(secret(there.get()))) {
      there.get().replaceSecret(secrets.seal(account, accessKeyId, secret));
    }
  }

  /** Of whatever tenant: a signed request names only the key. */
  public Optional<StoredAccessKey> accessKey(String accessKeyId) {
    return rows
        .createQuery(
            "select k from StoredAccessKey k where k.accessKeyId = :id", StoredAccessKey.class)
        .setParameter("id", accessKeyId)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** In the clear. */
  public String secret(StoredAccessKey key) {
    return secrets.open(key.account(), key.accessKeyId(), key.sealedSecret());
  }

  /**
   * Opens one sealed secret, if there is any.
   *
   * @throws Secrets.WrongMasterKey when it does not open
   */
  public void checkMasterKey() {
    rows.createQuery("select k from StoredAccessKey k order by k.ordinal", StoredAccessKey.class)
        .setMaxResults(1)
        .getResultList()
        .forEach(this::secret);
  }
}

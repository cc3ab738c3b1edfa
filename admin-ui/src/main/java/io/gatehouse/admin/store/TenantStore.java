package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.guard.Suspensions;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants and their access keys. Only an operator may list tenants; operations see to that. */
@ApplicationScoped
public class TenantStore implements Suspensions {

  private static final String LIMITS = "limits-";

  private EntityManager rows;
  private AccessKeyStore accessKeys;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private ManagedPolicyStore managed;
  private Revisions revisions;
  private InstantSource clock;
  private Ids ids;

  protected TenantStore() {}

  @Inject
  public TenantStore(
      EntityManager rows,
      AccessKeyStore accessKeys,
      IdentityStore identities,
      AttachmentStore attachments,
      ManagedPolicyStore managed,
      Revisions revisions,
      InstantSource clock,
      Ids ids) {
    this.rows = rows;
    this.accessKeys = accessKeys;
    this.identities = identities;
    this.attachments = attachments;
    this.managed = managed;
    this.revisions = revisions;
    this.clock = clock;
    this.ids = ids;
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

  /** Says how fast all APIs of a locked tenant together may be called. */
  public void throttle(StoredTenant tenant, RateLimit limit) {
    tenant.throttle(limit, revisions.next(tenant.revision()));
    rows.flush();
  }

  /** Suspends a locked tenant, or serves it again. */
  public void suspend(StoredTenant tenant, Optional<Suspension> suspension) {
    tenant.suspend(suspension, revisions.next(tenant.revision()));
    rows.flush();
  }

  @Override
  public Optional<Suspension> suspension(String account) {
    return find(account).flatMap(StoredTenant::suspension);
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

  /** Adds an access key, and a user of its name, to a tenant that exists. */
  public TenantAccessKey createAccessKey(
      String account, String accessKeyId, String secret, Caller.Role role) {
    StoredIdentity user =
        identities.create(
            account,
            Kind.USER,
            accessKeyId,
            "/",
            ids.user(),
            IdentityDocument.created(clock.instant(), Map.of()));
    attachments.attach(user, ManagedPolicies.of(role).arn());
    accessKeys.create(user, accessKeyId, secret);
    return view(user).orElseThrow();
  }

  /** Those of one tenant that the console has made, in order of creation. */
  public List<TenantAccessKey> accessKeys(String account) {
    return rows
        .createQuery(
            "select u from StoredIdentity u, StoredAccessKey k where u.account = :account"
                + " and k.account = u.account and k.userId = u.uniqueId"
                + " and k.accessKeyId = u.identityName and u.kind = :user order by u.ordinal",
            StoredIdentity.class)
        .setParameter("account", account)
        .setParameter("user", Kind.USER)
        .getResultList()
        .stream()
        .flatMap(user -> view(user).stream())
        .toList();
  }

  /** Empty for a user that has no key of its name, or no role's policy. */
  private Optional<TenantAccessKey> view(StoredIdentity user) {
    List<String> attached = attachments.attached(user);
    Optional<Caller.Role> role =
        Arrays.stream(Caller.Role.values())
            .filter(each -> attached.contains(ManagedPolicies.of(each).arn()))
            .findFirst();
    return role.flatMap(
        found ->
            accessKeys
                .ofUser(user, user.name())
                .map(
                    key ->
                        new TenantAccessKey(
                            user,
                            key.accessKeyId(),
                            found,
                            key.active(),
                            key.created(),
                            attachments.boundary(user).flatMap(arn -> document(user, arn)))));
  }

  private Optional<String> document(StoredIdentity user, String arn) {
    return managed
        .find(user.account(), arn)
        .flatMap(policy -> managed.version(policy, policy.defaultVersion()))
        .map(StoredPolicyVersion::document);
  }

  /**
   * Switches an access key of the tenant on or off.
   *
   * @return empty when the tenant has no such key
   */
  public Optional<TenantAccessKey> activate(String account, String accessKeyId, boolean active) {
    return lock(account, accessKeyId)
        .flatMap(
            user -> {
              accessKeys
                  .ofUser(user, accessKeyId)
                  .ifPresent(key -> accessKeys.activate(key, active));
              return view(user);
            });
  }

  /**
   * Says what an access key of the tenant is limited to.
   *
   * @param policy empty for nothing
   * @return empty when the tenant has no such key
   */
  public Optional<TenantAccessKey> limit(
      String account, String accessKeyId, Optional<String> policy) {
    String arn = limits(account, accessKeyId);
    Optional<StoredManagedPolicy> limits = managed.lock(account, arn);
    Optional<StoredIdentity> user = lock(account, accessKeyId);
    if (user.isEmpty()) {
      return Optional.empty();
    }
    attachments.limit(user.get(), policy.map(text -> arn));
    if (policy.isPresent() && limits.isEmpty()) {
      managed.create(
          account,
          LIMITS + accessKeyId,
          "/",
          ids.managedPolicy(),
          Optional.of("What the access key is limited to"),
          Map.of(),
          policy.get());
    } else if (policy.isPresent()) {
      replace(limits.get(), policy.get());
    } else if (limits.isPresent() && attachments.ofPolicy(account, arn).isEmpty()) {
      managed.delete(limits.get());
    }
    return view(user.get());
  }

  /** ARN of the managed policy that holds what an access key is limited to, if it is. */
  public static String limits(String account, String accessKeyId) {
    return StoredManagedPolicy.arn(account, "/", LIMITS + accessKeyId);
  }

  /** Only the version in effect is kept. */
  private void replace(StoredManagedPolicy limits, String document) {
    List<StoredPolicyVersion> before = managed.versions(limits);
    managed.addVersion(limits, document, true);
    before.forEach(version -> managed.delete(limits, version));
  }

  private Optional<StoredIdentity> lock(String account, String accessKeyId) {
    return identities
        .lock(account, Kind.USER, accessKeyId)
        .filter(user -> accessKeys.ofUser(user, accessKeyId).isPresent());
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
    Optional<StoredAccessKey> there = accessKeys.find(accessKeyId);
    if (there.isEmpty()) {
      createAccessKey(account, accessKeyId, secret, Caller.Role.OWNER);
    } else if (!there.get().account().equals(account)) {
      throw new IllegalStateException(
          "access key " + accessKeyId + " belongs to another tenant than " + account);
    } else if (!secret.equals(accessKeys.secret(there.get()))) {
      accessKeys.replaceSecret(there.get(), secret);
      identities.lockAll(account, List.of(there.get().userId())).forEach(identities::touch);
    }
  }

  /**
   * Opens one sealed secret, if there is any.
   *
   * @throws Secrets.WrongMasterKey when it does not open
   */
  public void checkMasterKey() {
    accessKeys.checkMasterKey();
  }
}

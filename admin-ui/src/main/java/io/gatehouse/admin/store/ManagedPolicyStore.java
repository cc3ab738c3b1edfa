package io.gatehouse.admin.store;

import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The managed policies of all accounts with their versions, each seen by its own account only. */
@ApplicationScoped
public class ManagedPolicyStore {

  private EntityManager rows;
  private InstantSource clock;

  protected ManagedPolicyStore() {}

  @Inject
  public ManagedPolicyStore(EntityManager rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Makes a policy whose first version has this document.
   *
   * @throws ApiError conflict, when there is one of this name, in whatever case
   */
  public StoredManagedPolicy create(
      String account,
      String name,
      String path,
      String policyId,
      Optional<String> description,
      Map<String, String> tags,
      String document) {
    boolean taken =
        !rows.createQuery(
                "select p.ordinal from StoredManagedPolicy p where p.account = :account"
                    + " and p.lowerName = :name",
                Long.class)
            .setParameter("account", account)
            .setParameter("name", name.toLowerCase(Locale.ROOT))
            .getResultList()
            .isEmpty();
    if (taken) {
      throw ApiError.conflict(
          "A policy called %s already exists. Duplicate names are not allowed.".formatted(name));
    }
    Instant now = clock.instant();
    StoredManagedPolicy policy =
        new StoredManagedPolicy(
            account, name, path, policyId, new ManagedPolicyDocument(now, now, description, tags));
    rows.persist(policy);
    rows.flush();
    addVersion(policy, document, true);
    return policy;
  }

  public Optional<StoredManagedPolicy> find(String account, String arn) {
    return byArn(account, arn).getResultList().stream().findFirst();
  }

  /** As {@link #find}, while other writers of it wait. */
  public Optional<StoredManagedPolicy> lock(String account, String arn) {
    return byArn(account, arn)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst();
  }

  private TypedQuery<StoredManagedPolicy> byArn(String account, String arn) {
    return rows.createQuery(
            "select p from StoredManagedPolicy p where p.account = :account and p.policyArn = :arn",
            StoredManagedPolicy.class)
        .setParameter("account", account)
        .setParameter("arn", arn);
  }

  /** Of one account, in order of creation. */
  public List<StoredManagedPolicy> list(String account) {
    return rows.createQuery(
            "select p from StoredManagedPolicy p where p.account = :account order by p.ordinal",
            StoredManagedPolicy.class)
        .setParameter("account", account)
        .getResultList();
  }

  public long count(String account) {
    return rows.createQuery(
            "select count(p) from StoredManagedPolicy p where p.account = :account", Long.class)
        .setParameter("account", account)
        .getSingleResult();
  }

  /** The newest first. */
  public List<StoredPolicyVersion> versions(StoredManagedPolicy policy) {
    return rows.createQuery(
            "select v from StoredPolicyVersion v where v.account = :account"
                + " and v.policyId = :id order by v.version desc",
            StoredPolicyVersion.class)
        .setParameter("account", policy.account())
        .setParameter("id", policy.policyId())
        .getResultList();
  }

  public Optional<StoredPolicyVersion> version(StoredManagedPolicy policy, long version) {
    return versions(policy).stream().filter(v -> v.version() == version).findFirst();
  }

  /** Adds a version to a locked policy. */
  public StoredPolicyVersion addVersion(
      StoredManagedPolicy policy, String document, boolean takesEffect) {
    StoredPolicyVersion version =
        new StoredPolicyVersion(
            policy.account(), policy.policyId(), policy.nextVersion(), document, clock.instant());
    rows.persist(version);
    if (takesEffect) {
      policy.defaultVersion(version.version());
    }
    updated(policy);
    return version;
  }

  /** Puts another version of a locked policy into effect. */
  public void takeEffect(StoredManagedPolicy policy, StoredPolicyVersion version) {
    policy.defaultVersion(version.version());
    updated(policy);
  }

  private void updated(StoredManagedPolicy policy) {
    policy.replace(policy.body().updated(clock.instant()));
    rows.flush();
  }

  public void tag(StoredManagedPolicy policy, Map<String, String> tags) {
    policy.replace(policy.body().withTags(tags));
    rows.flush();
  }

  /** Removes a version that is not in effect from a locked policy. */
  public void delete(StoredManagedPolicy policy, StoredPolicyVersion version) {
    rows.remove(version);
    updated(policy);
  }

  /** Removes a locked policy with all its versions. */
  public void delete(StoredManagedPolicy policy) {
    versions(policy).forEach(rows::remove);
    rows.flush();
    rows.remove(policy);
    rows.flush();
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKey;

/** The API keys that tenants give to their customers. */
@ApplicationScoped
public class ApiKeyStore {

  private EntityManager rows;
  private Secrets secrets;
  private Revisions revisions;

  protected ApiKeyStore() {}

  @Inject
  public ApiKeyStore(EntityManager rows, Secrets secrets, Revisions revisions) {
    this.rows = rows;
    this.secrets = secrets;
    this.revisions = revisions;
  }

  /**
   * Adds a key; id and value are in the body.
   *
   * @throws ApiError conflict, when the tenant has a key of this value
   */
  public StoredApiKey create(Caller caller, ApiKey body) {
    String sha256 = SnapshotCodec.sha256(body.value().getBytes(StandardCharsets.UTF_8));
    if (isTaken(caller, sha256)) {
      throw ApiError.conflict("API Key already exists");
    }
    String sealed = secrets.seal(caller.account(), body.id(), body.value());
    StoredApiKey key = new StoredApiKey(caller.account(), body, sealed, sha256, revisions.next(0));
    rows.persist(key);
    rows.flush();
    return key;
  }

  public Optional<StoredApiKey> find(Caller caller, String keyId) {
    return one(query(caller, keyId));
  }

  /**
   * @throws ApiError not found
   */
  public StoredApiKey get(Caller caller, String keyId) {
    return find(caller, keyId).orElseThrow(ApiKeyStore::unknown);
  }

  /** As {@link #get}, while other writers of this key wait. */
  public StoredApiKey lock(Caller caller, String keyId) {
    return one(query(caller, keyId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"))
        .orElseThrow(ApiKeyStore::unknown);
  }

  /**
   * The newest first.
   *
   * @param namePrefix empty for all
   * @param customerId empty for all
   */
  public Page<StoredApiKey> list(
      Caller caller, String namePrefix, String customerId, Page.Ask ask) {
    String wanted =
        (namePrefix.isEmpty() ? "" : " and substring(k.name, 1, :length) = :prefix")
            + (customerId.isEmpty() ? "" : " and k.customerId = :customer");
    TypedQuery<StoredApiKey> query =
        rows.createQuery(
                "select k from StoredApiKey k where k.account = :account and k.ordinal < :before"
                    + wanted
                    + " order by k.ordinal desc",
                StoredApiKey.class)
            .setParameter("account", caller.account())
            .setParameter("before", ask.after(Long.MAX_VALUE))
            .setMaxResults(ask.size() + 1);
    if (!namePrefix.isEmpty()) {
      query.setParameter("length", namePrefix.length()).setParameter("prefix", namePrefix);
    }
    if (!customerId.isEmpty()) {
      query.setParameter("customer", customerId);
    }
    return Page.of(query.getResultList(), ask, StoredApiKey::ordinal);
  }

  /** The key's value in the clear. */
  public String value(StoredApiKey key) {
    return secrets.open(key.account(), key.keyId(), key.sealedValue());
  }

  /** Gives a locked key a new body and a new revision. */
  public void replace(StoredApiKey key, ApiKey body) {
    key.replace(body, revisions.next(key.revision()));
  }

  /** Gives a locked key a new revision: its plans have changed. */
  public void touch(StoredApiKey key) {
    key.touch(revisions.next(key.revision()));
  }

  public void delete(StoredApiKey key) {
    rows.createQuery("delete from StoredPlanKey p where p.account = :account and p.keyId = :keyId")
        .setParameter("account", key.account())
        .setParameter("keyId", key.keyId())
        .executeUpdate();
    rows.remove(key);
    rows.flush();
  }

  private boolean isTaken(Caller caller, String sha256) {
    return rows.createQuery(
                "select count(k) from StoredApiKey k where k.account = :account"
                    + " and k.sha256 = :sha256",
                Long.class)
            .setParameter("account", caller.account())
            .setParameter("sha256", sha256)
            .getSingleResult()
        > 0;
  }

  private TypedQuery<StoredApiKey> query(Caller caller, String keyId) {
    return rows.createQuery(
            "select k from StoredApiKey k where k.account = :account and k.keyId = :keyId",
            StoredApiKey.class)
        .setParameter("account", caller.account())
        .setParameter("keyId", keyId);
  }

  private static Optional<StoredApiKey> one(TypedQuery<StoredApiKey> query) {
    List<StoredApiKey> found = query.getResultList();
    return found.stream().findFirst();
  }

  private static ApiError unknown() {
    return ApiError.notFound("Invalid API Key identifier specified");
  }
}

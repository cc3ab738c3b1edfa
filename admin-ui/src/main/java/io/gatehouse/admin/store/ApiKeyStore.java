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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKey;

/** The API keys that tenants give to their customers. */
@ApplicationScoped
public class ApiKeyStore {

  /** Of an account; the vendor begins at 10,000 and gives more when asked. */
  static final int MOST = 100_000;

  private static final int AT_ONCE = 500;

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
   * @throws ApiError conflict, when the tenant has a key of this value, or limit exceeded
   */
  public StoredApiKey create(Caller caller, ApiKey body) {
    if (isTaken(caller, sha256(body))) {
      throw ApiError.conflict("API Key already exists");
    }
    requireRoom(caller, 1);
    StoredApiKey key = persist(caller, body);
    rows.flush();
    return key;
  }

  /**
   * Adds keys, each of another value. A value that is there already keeps its key, which gets the
   * name, description and state of the new one.
   *
   * @return the keys in the order of what was wanted
   * @throws ApiError limit exceeded
   */
  public List<StoredApiKey> putAll(Caller caller, List<ApiKey> wanted) {
    Map<String, StoredApiKey> there = new HashMap<>();
    List<String> hashes = wanted.stream().map(ApiKeyStore::sha256).toList();
    for (int from = 0; from < hashes.size(); from += AT_ONCE) {
      lockByHash(caller, hashes.subList(from, Math.min(from + AT_ONCE, hashes.size())))
          .forEach(key -> there.put(key.sha256(), key));
    }
    requireRoom(caller, wanted.size() - there.size());
    List<StoredApiKey> put = new ArrayList<>();
    for (ApiKey body : wanted) {
      StoredApiKey old = there.get(sha256(body));
      if (old == null) {
        put.add(persist(caller, body));
      } else {
        replace(
            old,
            old.body().toBuilder()
                .name(body.name())
                .description(body.description())
                .enabled(body.enabled())
                .lastUpdatedDate(body.lastUpdatedDate())
                .build());
        put.add(old);
      }
    }
    rows.flush();
    return put;
  }

  private StoredApiKey persist(Caller caller, ApiKey body) {
    String sealed = secrets.seal(caller.account(), body.id(), body.value());
    StoredApiKey key =
        new StoredApiKey(caller.account(), body, sealed, sha256(body), revisions.next(0));
    rows.persist(key);
    return key;
  }

  private List<StoredApiKey> lockByHash(Caller caller, List<String> hashes) {
    return rows.createQuery(
            "select k from StoredApiKey k where k.account = :account and k.sha256 in :hashes"
                + " order by k.ordinal",
            StoredApiKey.class)
        .setParameter("account", caller.account())
        .setParameter("hashes", hashes)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList();
  }

  private void requireRoom(Caller caller, int more) {
    if (count(caller, "") + more > MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED, "An account can have at most " + MOST + " API keys");
    }
  }

  private static String sha256(ApiKey body) {
    return SnapshotCodec.sha256(body.value().getBytes(StandardCharsets.UTF_8));
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

  /**
   * Those whose name or id has a text within it, in whatever case; the newest first.
   *
   * @param text empty for all
   */
  public List<StoredApiKey> search(Caller caller, String text, int offset, int limit) {
    return searched(caller, "select k", text, " order by k.ordinal desc", StoredApiKey.class)
        .setFirstResult(offset)
        .setMaxResults(limit)
        .getResultList();
  }

  /** How many of them there are. */
  public long count(Caller caller, String text) {
    return searched(caller, "select count(k)", text, "", Long.class).getSingleResult();
  }

  private <T> TypedQuery<T> searched(
      Caller caller, String what, String text, String order, Class<T> type) {
    String wanted =
        text.isEmpty()
            ? ""
            : " and (locate(:text, lower(k.name)) > 0 or locate(:text, k.keyId) > 0)";
    TypedQuery<T> query =
        rows.createQuery(
                what + " from StoredApiKey k where k.account = :account" + wanted + order, type)
            .setParameter("account", caller.account());
    return text.isEmpty() ? query : query.setParameter("text", text.toLowerCase(Locale.ROOT));
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

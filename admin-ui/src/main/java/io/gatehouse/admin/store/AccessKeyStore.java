package io.gatehouse.admin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The access keys of IAM users. */
@ApplicationScoped
public class AccessKeyStore {

  private EntityManager rows;
  private Secrets secrets;
  private InstantSource clock;

  protected AccessKeyStore() {}

  @Inject
  public AccessKeyStore(EntityManager rows, Secrets secrets, InstantSource clock) {
    this.rows = rows;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Adds a key, switched on, to a locked user. */
  public StoredAccessKey create(StoredIdentity user, String accessKeyId, String secret) {
    StoredAccessKey key =
        new StoredAccessKey(
            user.account(),
            accessKeyId,
            secrets.seal(user.account(), accessKeyId, secret),
            user.uniqueId(),
            clock.instant());
    rows.persist(key);
    rows.flush();
    return key;
  }

  /** In order of creation. */
  public List<StoredAccessKey> ofUser(StoredIdentity user) {
    return rows.createQuery(
            "select k from StoredAccessKey k where k.account = :account and k.userId = :id"
                + " order by k.ordinal",
            StoredAccessKey.class)
        .setParameter("account", user.account())
        .setParameter("id", user.uniqueId())
        .getResultList();
  }

  public Optional<StoredAccessKey> ofUser(StoredIdentity user, String accessKeyId) {
    return ofUser(user).stream().filter(key -> key.accessKeyId().equals(accessKeyId)).findFirst();
  }

  /** Of whatever account: a signed request names only the key. */
  public Optional<StoredAccessKey> find(String accessKeyId) {
    return rows
        .createQuery(
            "select k from StoredAccessKey k where k.accessKeyId = :id", StoredAccessKey.class)
        .setParameter("id", accessKeyId)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Switches a key of a locked user on or off. */
  public void activate(StoredAccessKey key, boolean active) {
    key.activate(active);
    rows.flush();
  }

  public void replaceSecret(StoredAccessKey key, String secret) {
    key.replaceSecret(secrets.seal(key.account(), key.accessKeyId(), secret));
    rows.flush();
  }

  public void delete(StoredAccessKey key) {
    rows.remove(key);
    rows.flush();
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
  void checkMasterKey() {
    rows.createQuery("select k from StoredAccessKey k order by k.ordinal", StoredAccessKey.class)
        .setMaxResults(1)
        .getResultList()
        .forEach(this::secret);
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Map;
import java.util.Optional;

/** What accounts have set for all of their integrations, each seen by its own tenant only. */
@ApplicationScoped
public class BackendAccessStore {

  /** Apart for each kind, so that a sealed value opens in its own place only. */
  private static final String SECRET = "role-secret/";

  private static final String SESSION_TOKEN = "role-session-token/";

  private EntityManager rows;
  private Secrets secrets;
  private Revisions revisions;

  protected BackendAccessStore() {}

  @Inject
  public BackendAccessStore(EntityManager rows, Secrets secrets, Revisions revisions) {
    this.rows = rows;
    this.secrets = secrets;
    this.revisions = revisions;
  }

  public Optional<StoredBackendAccess> find(Caller caller) {
    return find(caller, LockModeType.NONE);
  }

  /** The account's row, made if there was none, while its other writers wait. */
  public StoredBackendAccess lock(Caller caller) {
    return find(caller, LockModeType.PESSIMISTIC_WRITE)
        .orElseGet(
            () -> {
              StoredBackendAccess first = new StoredBackendAccess(caller.account());
              first.touch(revisions.next(0));
              rows.persist(first);
              rows.flush();
              return first;
            });
  }

  private Optional<StoredBackendAccess> find(Caller caller, LockModeType lock) {
    return rows
        .createQuery(
            "select b from StoredBackendAccess b where b.account = :account",
            StoredBackendAccess.class)
        .setParameter("account", caller.account())
        .setLockMode(lock)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst();
  }

  /** A secret access key as {@link StoredRole} holds it. */
  public String sealSecret(StoredBackendAccess row, String role, String secret) {
    return secrets.seal(row.account(), SECRET + role, secret);
  }

  public String sealSessionToken(StoredBackendAccess row, String role, String token) {
    return secrets.seal(row.account(), SESSION_TOKEN + role, token);
  }

  /** In the clear; for nobody but the nodes. */
  public Optional<String> secret(StoredBackendAccess row, String role, StoredRole stored) {
    return stored.sealedSecret().map(text -> secrets.open(row.account(), SECRET + role, text));
  }

  /** In the clear; for nobody but the nodes. */
  public Optional<String> sessionToken(StoredBackendAccess row, String role, StoredRole stored) {
    return stored
        .sealedSessionToken()
        .map(text -> secrets.open(row.account(), SESSION_TOKEN + role, text));
  }

  /** Gives a locked row other roles. */
  public void roles(StoredBackendAccess row, Map<String, StoredRole> next) {
    row.roles(next, revisions.next(row.revision()));
    rows.flush();
  }

  public void endpoints(StoredBackendAccess row, Map<String, String> next) {
    row.endpoints(next, revisions.next(row.revision()));
    rows.flush();
  }

  public void authorities(StoredBackendAccess row, Map<String, String> next) {
    row.authorities(next, revisions.next(row.revision()));
    rows.flush();
  }
}

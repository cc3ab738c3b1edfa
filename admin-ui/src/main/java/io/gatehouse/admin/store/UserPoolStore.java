package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * The user pools of all tenants with their clients and resource servers, each seen by its own
 * tenant only.
 */
@ApplicationScoped
public class UserPoolStore {

  /** Of an account; clients and resource servers: of a pool. */
  private static final int MOST_POOLS = 100;

  private static final int MOST_CLIENTS = 500;
  private static final int MOST_SERVERS = 25;

  private EntityManager rows;
  private Secrets secrets;
  private Revisions revisions;

  protected UserPoolStore() {}

  @Inject
  public UserPoolStore(EntityManager rows, Secrets secrets, Revisions revisions) {
    this.rows = rows;
    this.secrets = secrets;
    this.revisions = revisions;
  }

  /** Adds a pool; its id, which the caller has drawn, is in the body. */
  public StoredUserPool create(Caller caller, UserPoolType body) {
    limit("user pools of an account", MOST_POOLS, pools(caller).size());
    StoredUserPool pool = new StoredUserPool(caller.account(), body, revisions.next(0));
    rows.persist(pool);
    rows.flush();
    return pool;
  }

  /**
   * @throws ApiError not found
   */
  public StoredUserPool get(Caller caller, String poolId) {
    return one(query(caller, poolId), poolId);
  }

  /** As {@link #get}, while other writers of this pool wait. */
  public StoredUserPool lock(Caller caller, String poolId) {
    return one(
        query(caller, poolId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"),
        poolId);
  }

  private TypedQuery<StoredUserPool> query(Caller caller, String poolId) {
    return rows.createQuery(
            "select p from StoredUserPool p where p.account = :account and p.poolId = :poolId",
            StoredUserPool.class)
        .setParameter("account", caller.account())
        .setParameter("poolId", poolId);
  }

  private static StoredUserPool one(TypedQuery<StoredUserPool> query, String poolId) {
    return query.getResultList().stream()
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("User pool " + poolId + " does not exist."));
  }

  /** All of the account, in order of creation. */
  public List<StoredUserPool> pools(Caller caller) {
    return rows.createQuery(
            "select p from StoredUserPool p where p.account = :account order by p.ordinal",
            StoredUserPool.class)
        .setParameter("account", caller.account())
        .getResultList();
  }

  /** Gives a locked pool a new body and a new revision. */
  public void replace(StoredUserPool pool, UserPoolType body) {
    pool.replace(body, revisions.next(pool.revision()));
    rows.flush();
  }

  /** A locked pool's clients have changed, which nodes are told. */
  public void touch(StoredUserPool pool) {
    pool.touch(revisions.next(pool.revision()));
    rows.flush();
  }

  /**
   * @param keycloak base URL of the sign-in service
   */
  public PoolIssuer issuer(StoredUserPool pool, String keycloak) {
    Map<String, String> tags = pool.body().userPoolTags();
    return PoolIssuer.isRegistered(tags)
        ? PoolIssuer.registered(tags)
        : PoolIssuer.hosted(
            pool.realm().text(),
            keycloak,
            clients(pool).stream().map(StoredUserPoolClient::clientId).collect(Collectors.toSet()));
  }

  /** Removes a locked pool with all that is in it. */
  public void delete(StoredUserPool pool) {
    clients(pool).forEach(rows::remove);
    servers(pool).forEach(rows::remove);
    rows.flush();
    rows.remove(pool);
    rows.flush();
  }

  /**
   * Adds a client to a locked pool.
   *
   * @param body its id, which the caller has drawn, is in it
   */
  public StoredUserPoolClient addClient(
      StoredUserPool pool, UserPoolClientType body, Optional<String> secret) {
    limit("clients of a user pool", MOST_CLIENTS, clients(pool).size());
    String sealed =
        secret
            .map(text -> secrets.seal(pool.account(), secretOf(body.clientId()), text))
            .orElse(null);
    StoredUserPoolClient client = new StoredUserPoolClient(pool.account(), body, sealed);
    rows.persist(client);
    rows.flush();
    return client;
  }

  /** In order of creation. */
  public List<StoredUserPoolClient> clients(StoredUserPool pool) {
    return rows.createQuery(
            "select c from StoredUserPoolClient c where c.account = :account"
                + " and c.poolId = :poolId order by c.ordinal",
            StoredUserPoolClient.class)
        .setParameter("account", pool.account())
        .setParameter("poolId", pool.poolId())
        .getResultList();
  }

  /**
   * @throws ApiError not found
   */
  public StoredUserPoolClient client(StoredUserPool pool, String clientId) {
    return anyClient(clientId)
        .filter(client -> client.account().equals(pool.account()))
        .filter(client -> client.poolId().equals(pool.poolId()))
        .orElseThrow(() -> ApiError.notFound("User pool client " + clientId + " does not exist."));
  }

  /** Of whatever account: for those who show a password of the client's pool. */
  public Optional<StoredUserPoolClient> anyClient(String clientId) {
    return rows
        .createQuery(
            "select c from StoredUserPoolClient c where c.clientId = :clientId",
            StoredUserPoolClient.class)
        .setParameter("clientId", clientId)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** In the clear; empty for a client without one. */
  public Optional<String> secret(StoredUserPoolClient client) {
    return client
        .sealedSecret()
        .map(text -> secrets.open(client.account(), secretOf(client.clientId()), text));
  }

  private static String secretOf(String clientId) {
    return "user-pool-client:" + clientId;
  }

  public void replace(StoredUserPoolClient client, UserPoolClientType body) {
    client.replace(body);
    rows.flush();
  }

  public void delete(StoredUserPoolClient client) {
    rows.remove(client);
    rows.flush();
  }

  /** Adds a resource server to a locked pool. */
  public StoredResourceServer addServer(StoredUserPool pool, ResourceServerType body) {
    limit("resource servers of a user pool", MOST_SERVERS, servers(pool).size());
    StoredResourceServer server = new StoredResourceServer(pool.account(), body);
    rows.persist(server);
    rows.flush();
    return server;
  }

  /** In order of creation. */
  public List<StoredResourceServer> servers(StoredUserPool pool) {
    return rows.createQuery(
            "select s from StoredResourceServer s where s.account = :account"
                + " and s.poolId = :poolId order by s.ordinal",
            StoredResourceServer.class)
        .setParameter("account", pool.account())
        .setParameter("poolId", pool.poolId())
        .getResultList();
  }

  public void replace(StoredResourceServer server, ResourceServerType body) {
    server.replace(body);
    rows.flush();
  }

  public void delete(StoredResourceServer server) {
    rows.remove(server);
    rows.flush();
  }

  private static void limit(String things, int most, int there) {
    if (there >= most) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED, "There can be at most " + most + " " + things);
    }
  }
}

package io.gatehouse.admin.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Deployment;

/**
 * The frozen copies of REST APIs. A deleted one is out of sight of all but {@link #deleted} and
 * {@link #findDeleted}.
 */
@ApplicationScoped
public class DeploymentStore {

  /** Of an API; to make one more, the oldest that no stage serves is deleted. */
  static final int MOST = 500;

  /** Of an API; one more takes the place of the oldest. */
  static final int MOST_DELETED = 100;

  /** A deleted deployment, without what it froze. */
  public record Deleted(Deployment body, Instant when) {}

  /** A stage and a frozen copy that it, or its canary, serves. */
  public record Served(StoredStage stage, ApiDefinition definition) {}

  /** Characters of JSON; parsed they take about ten times as many bytes. */
  private static final int MOST_KEPT = 4 << 20;

  /** What a row froze, which never changes. */
  private record Frozen(ApiDefinition definition, int length) {}

  private EntityManager rows;
  private ApiStore apis;
  private Cache<Long, Frozen> kept;

  protected DeploymentStore() {}

  @Inject
  public DeploymentStore(EntityManager rows, ApiStore apis) {
    this.rows = rows;
    this.apis = apis;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .<Long, Frozen>weigher((ordinal, frozen) -> frozen.length())
            .build();
  }

  /**
   * Adds a deployment to a locked API; its id, which the caller has drawn, and the present time are
   * in the body.
   *
   * @throws ApiError limit exceeded, when stages serve all that the API may have
   */
  public StoredDeployment create(
      Caller caller, String apiId, Deployment body, ApiDefinition definition) {
    if (count(caller, apiId) >= MOST) {
      delete(oldestUnused(caller, apiId), body.createdDate());
    }
    StoredDeployment deployment = new StoredDeployment(caller.account(), apiId, body, definition);
    rows.persist(deployment);
    rows.flush();
    return deployment;
  }

  public Optional<StoredDeployment> find(Caller caller, String apiId, String deploymentId) {
    return find(caller.account(), apiId, deploymentId, "d.deleted is null");
  }

  public Optional<StoredDeployment> findDeleted(Caller caller, String apiId, String deploymentId) {
    return find(caller.account(), apiId, deploymentId, "d.deleted is not null");
  }

  /** What a stage of the account serves; a foreign key holds the deployment in place. */
  public ApiDefinition definition(String account, String apiId, String deploymentId) {
    // Pages that are open ask again and again, and a large one takes its time to be parsed.
    long ordinal =
        one(account, apiId, deploymentId, "d.ordinal", "d.deleted is null", Long.class)
            .orElseThrow();
    Frozen known = kept.getIfPresent(ordinal);
    if (known == null) {
      StoredDeployment row = rows.find(StoredDeployment.class, ordinal);
      known = new Frozen(row.definition(), row.length());
      kept.put(ordinal, known);
    }
    return known.definition();
  }

  /**
   * What the caller's stages serve, in order of creation.
   *
   * @param part only of copies whose document has this text, for reading all of them is slow
   */
  public List<Served> served(Caller caller, String part) {
    return rows
        .createQuery(
            "select s, d from StoredStage s, StoredDeployment d where s.account = :account"
                + " and d.account = :account and d.apiId = s.apiId and (d.deploymentId ="
                + " s.deploymentId or d.deploymentId = s.canaryDeploymentId)"
                + " and d.document like :part order by s.ordinal, d.ordinal",
            Object[].class)
        .setParameter("account", caller.account())
        .setParameter("part", "%" + part + "%")
        .getResultList()
        .stream()
        .map(row -> new Served((StoredStage) row[0], ((StoredDeployment) row[1]).definition()))
        .toList();
  }

  private Optional<StoredDeployment> find(
      String account, String apiId, String deploymentId, String state) {
    return one(account, apiId, deploymentId, "d", state, StoredDeployment.class);
  }

  private <T> Optional<T> one(
      String account, String apiId, String deploymentId, String what, String state, Class<T> type) {
    return rows
        .createQuery(
            "select "
                + what
                + " from StoredDeployment d where d.account = :account and d.apiId = :apiId"
                + " and d.deploymentId = :id and "
                + state,
            type)
        .setParameter("account", account)
        .setParameter("apiId", apiId)
        .setParameter("id", deploymentId)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * @throws ApiError not found
   */
  public StoredDeployment get(Caller caller, String apiId, String deploymentId) {
    return find(caller, apiId, deploymentId)
        .orElseThrow(() -> ApiError.notFound("Invalid Deployment identifier specified"));
  }

  /** As {@link #get}, while other writers of this API wait. */
  public StoredDeployment lock(Caller caller, String apiId, String deploymentId) {
    apis.lock(caller, apiId);
    return get(caller, apiId, deploymentId);
  }

  /** The newest first; what they froze is not read. */
  public Page<Deployment> list(Caller caller, String apiId, Page.Ask ask) {
    List<Object[]> found =
        select(
                "select d.ordinal, d.body from StoredDeployment d where d.account = :account"
                    + " and d.apiId = :apiId and d.deleted is null and d.ordinal < :before"
                    + " order by d.ordinal desc",
                caller,
                apiId)
            .setParameter("before", ask.after(Long.MAX_VALUE))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, row -> (Long) row[0]).map(row -> body(row[1]));
  }

  /** The one deleted last first. */
  public List<Deleted> deleted(Caller caller, String apiId) {
    return select(
            "select d.deleted, d.body from StoredDeployment d where d.account = :account"
                + " and d.apiId = :apiId and d.deleted is not null"
                + " order by d.deleted desc, d.ordinal desc",
            caller,
            apiId)
        .getResultList()
        .stream()
        .map(row -> new Deleted(body(row[1]), Instant.ofEpochMilli((Long) row[0])))
        .toList();
  }

  /** Puts a deployment that no stage serves out of sight. */
  public void delete(StoredDeployment deployment, Instant now) {
    deployment.delete(now);
    rows.flush();
    List<StoredDeployment> old =
        rows.createQuery(
                "select d from StoredDeployment d where d.account = :account"
                    + " and d.apiId = :apiId and d.deleted is not null"
                    + " order by d.deleted desc, d.ordinal desc",
                StoredDeployment.class)
            .setParameter("account", deployment.account())
            .setParameter("apiId", deployment.apiId())
            .setFirstResult(MOST_DELETED)
            .getResultList();
    old.forEach(rows::remove);
    rows.flush();
  }

  private StoredDeployment oldestUnused(Caller caller, String apiId) {
    return rows
        .createQuery(
            "select d from StoredDeployment d where d.account = :account and d.apiId = :apiId"
                + " and d.deleted is null and not exists (select s from StoredStage s"
                + " where s.account = :account and s.apiId = :apiId"
                + " and (s.deploymentId = d.deploymentId"
                + " or s.canaryDeploymentId = d.deploymentId)) order by d.ordinal",
            StoredDeployment.class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.of(
                    ApiError.Kind.LIMIT_EXCEEDED,
                    "A REST API can have at most " + MOST + " deployments"));
  }

  private long count(Caller caller, String apiId) {
    return rows.createQuery(
            "select count(d) from StoredDeployment d where d.account = :account"
                + " and d.apiId = :apiId and d.deleted is null",
            Long.class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId)
        .getSingleResult();
  }

  private TypedQuery<Object[]> select(String query, Caller caller, String apiId) {
    return rows.createQuery(query, Object[].class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId);
  }

  private static Deployment body(Object column) {
    return Wire.read(Documents.json((String) column), Deployment.builder());
  }
}

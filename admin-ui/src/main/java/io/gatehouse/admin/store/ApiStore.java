package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The REST APIs of all tenants, each seen by its own tenant only. */
@ApplicationScoped
public class ApiStore {

  private EntityManager rows;
  private Definitions definitions;

  protected ApiStore() {}

  /**
   * @param random never the same numbers as another server's
   */
  @Inject
  public ApiStore(EntityManager rows, RandomGenerator random) {
    this.rows = rows;
    this.definitions = new Definitions(rows, random);
  }

  /** Adds an API; its id, which the caller has drawn, is {@code definition.restApi().id()}. */
  public ApiDefinition create(Caller caller, ApiDefinition definition) {
    definitions.create(caller.account(), definition);
    return definition;
  }

  public Optional<ApiDefinition> find(Caller caller, String apiId) {
    Optional<StoredApi> api = one(query(caller, apiId));
    if (api.isEmpty()) {
      return Optional.empty();
    }
    Optional<ApiDefinition> quiet = definitions.unlocked(api.get());
    return quiet.isPresent() ? quiet : lock(caller, apiId).map(definitions::locked);
  }

  /**
   * @throws ApiError not found: {@code Invalid API identifier specified ACCOUNT:ID}
   */
  public ApiDefinition get(Caller caller, String apiId) {
    return find(caller, apiId).orElseThrow(() -> unknown(caller, apiId));
  }

  /**
   * @throws ApiError as {@link #get}, at less cost
   */
  public void require(Caller caller, String apiId) {
    long found =
        rows.createQuery(
                "select count(a) from StoredApi a where a.account = :account and a.apiId = :apiId",
                Long.class)
            .setParameter("account", caller.account())
            .setParameter("apiId", apiId)
            .getSingleResult();
    if (found == 0) {
      throw unknown(caller, apiId);
    }
  }

  /**
   * The definition, while other writers of this API wait until the end of the transaction.
   *
   * @throws ApiError as {@link #get}
   */
  public ApiDefinition hold(Caller caller, String apiId) {
    return definitions.locked(lock(caller, apiId).orElseThrow(() -> unknown(caller, apiId)));
  }

  /** How many APIs the account has. */
  public long count(Caller caller) {
    return rows.createQuery(
            "select count(a) from StoredApi a where a.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  /** In order of creation, without their resources. */
  public Page<ApiDefinition> list(Caller caller, Page.Ask ask) {
    List<StoredApi> found =
        rows.createQuery(
                "select a from StoredApi a where a.account = :account and a.ordinal > :after"
                    + " order by a.ordinal",
                StoredApi.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredApi::ordinal).map(Definitions::head);
  }

  /**
   * Replaces the definition by what the change makes of it. Writers to one API queue on its row, so
   * the change always starts from what the writer before it has left.
   *
   * @return the new definition
   * @throws ApiError as {@link #get}, or whatever the change throws: then nothing is written
   */
  public ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return editIfThere(caller, apiId, change).orElseThrow(() -> unknown(caller, apiId));
  }

  /**
   * As {@link #edit} for the families that answer an unknown API with words of their own.
   *
   * @return empty if there is no such API
   */
  public Optional<ApiDefinition> editIfThere(
      Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return lock(caller, apiId)
        .map(
            api -> {
              ApiDefinition next = change.apply(definitions.locked(api));
              definitions.replace(api, next);
              return next;
            });
  }

  /**
   * Removes the API with its deployments and stages.
   *
   * @return the stages that are gone, for {@code Publisher.gone}
   * @throws ApiError as {@link #get}; bad request while a custom domain name leads there
   */
  public List<StoredStage> delete(Caller caller, String apiId) {
    StoredApi api = lock(caller, apiId).orElseThrow(() -> unknown(caller, apiId));
    PathMappingStore.requireUnmapped(rows, api);
    List<StoredStage> stages =
        rows.createQuery(
                "select s from StoredStage s where s.account = :account and s.apiId = :apiId",
                StoredStage.class)
            .setParameter("account", caller.account())
            .setParameter("apiId", apiId)
            .getResultList();
    stages.forEach(rows::remove);
    rows.flush();
    rows.createQuery(
            "delete from StoredDeployment d where d.account = :account and d.apiId = :apiId")
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId)
        .executeUpdate();
    definitions.delete(api);
    return stages;
  }

  /** Makes other writers of this API wait until the end of the transaction. */
  public Optional<StoredApi> lock(Caller caller, String apiId) {
    return one(
        query(caller, apiId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"));
  }

  private TypedQuery<StoredApi> query(Caller caller, String apiId) {
    return rows.createQuery(
            "select a from StoredApi a where a.account = :account and a.apiId = :apiId",
            StoredApi.class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId);
  }

  private static Optional<StoredApi> one(TypedQuery<StoredApi> query) {
    return query.getResultList().stream().findFirst();
  }

  private static ApiError unknown(Caller caller, String apiId) {
    return ApiError.notFound("Invalid API identifier specified " + caller.account() + ":" + apiId);
  }
}

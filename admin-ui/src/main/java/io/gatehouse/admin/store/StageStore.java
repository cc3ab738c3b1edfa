package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The stages of REST APIs. */
@ApplicationScoped
public class StageStore {

  /** Of an API; the vendor begins at 10 and gives more when asked. */
  static final int MOST = 100;

  private EntityManager rows;
  private ApiStore apis;
  private Revisions revisions;

  protected StageStore() {}

  @Inject
  public StageStore(EntityManager rows, ApiStore apis, Revisions revisions) {
    this.rows = rows;
    this.apis = apis;
    this.revisions = revisions;
  }

  /**
   * @throws ApiError conflict, when there is one of this name, or limit exceeded
   */
  public StoredStage create(Caller caller, String apiId, Stage body) {
    if (find(caller, apiId, body.stageName()).isPresent()) {
      throw ApiError.conflict("Stage already exists");
    }
    if (list(caller, apiId).size() >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED, "A REST API can have at most " + MOST + " stages");
    }
    StoredStage stage = new StoredStage(caller.account(), apiId, body, revisions.next(0));
    stage.flushCache(stage.revision());
    rows.persist(stage);
    rows.flush();
    return stage;
  }

  public Optional<StoredStage> find(Caller caller, String apiId, String stageName) {
    return rows
        .createQuery(
            "select s from StoredStage s where s.account = :account and s.apiId = :apiId"
                + " and s.stageName = :name",
            StoredStage.class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId)
        .setParameter("name", stageName)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * @throws ApiError not found
   */
  public StoredStage get(Caller caller, String apiId, String stageName) {
    return find(caller, apiId, stageName)
        .orElseThrow(() -> ApiError.notFound("Invalid stage identifier specified"));
  }

  /** As {@link #get}, while other writers of this API wait. */
  public StoredStage lock(Caller caller, String apiId, String stageName) {
    apis.lock(caller, apiId);
    return get(caller, apiId, stageName);
  }

  /** All of an API, in order of creation; the vendor does not page them. */
  public List<StoredStage> list(Caller caller, String apiId) {
    return rows.createQuery(
            "select s from StoredStage s where s.account = :account and s.apiId = :apiId"
                + " order by s.ordinal",
            StoredStage.class)
        .setParameter("account", caller.account())
        .setParameter("apiId", apiId)
        .getResultList();
  }

  /** Whether a stage or its canary serves the deployment. */
  public boolean anyOf(Caller caller, String apiId, String deploymentId) {
    return rows.createQuery(
                "select count(s) from StoredStage s where s.account = :account"
                    + " and s.apiId = :apiId and (s.deploymentId = :deploymentId"
                    + " or s.canaryDeploymentId = :deploymentId)",
                Long.class)
            .setParameter("account", caller.account())
            .setParameter("apiId", apiId)
            .setParameter("deploymentId", deploymentId)
            .getSingleResult()
        > 0;
  }

  /** Gives a locked stage a new body and a new revision. */
  public void replace(StoredStage stage, Stage body) {
    stage.replace(body, revisions.next(stage.revision()));
  }

  /** Gives a locked stage a new revision, so that nodes begin anew with it. */
  public void touch(StoredStage stage) {
    stage.touch(revisions.next(stage.revision()));
  }

  /**
   * Gives a locked stage a new revision, whose nodes know nothing of what was kept before: not even
   * by a stage of this name that was deleted.
   */
  public void flushCache(StoredStage stage) {
    stage.flushCache(revisions.next(stage.revision()));
  }

  /**
   * Removes a locked stage.
   *
   * @throws ApiError bad request while a custom domain name leads there
   */
  public void delete(StoredStage stage) {
    PathMappingStore.requireUnmapped(rows, stage);
    rows.remove(stage);
    rows.flush();
  }
}

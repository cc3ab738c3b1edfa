package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Deployment;

/** The frozen copies of REST APIs. */
@ApplicationScoped
public class DeploymentStore {

  private EntityManager rows;
  private ApiStore apis;

  protected DeploymentStore() {}

  @Inject
  public DeploymentStore(EntityManager rows, ApiStore apis) {
    this.rows = rows;
    this.apis = apis;
  }

  /** Adds a deployment; its id, which the caller has drawn, is in the body. */
  public StoredDeployment create(
      Caller caller, String apiId, Deployment body, ApiDefinition definition) {
    StoredDeployment deployment = new StoredDeployment(caller.account(), apiId, body, definition);
    rows.persist(deployment);
    rows.flush();
    return deployment;
  }

  public Optional<StoredDeployment> find(Caller caller, String apiId, String deploymentId) {
    return find(caller.account(), apiId, deploymentId);
  }

  /** What a stage of the account serves; a foreign key holds the deployment in place. */
  public ApiDefinition definition(String account, String apiId, String deploymentId) {
    return find(account, apiId, deploymentId).orElseThrow().definition();
  }

  private Optional<StoredDeployment> find(String account, String apiId, String deploymentId) {
    return rows
        .createQuery(
            "select d from StoredDeployment d where d.account = :account and d.apiId = :apiId"
                + " and d.deploymentId = :id",
            StoredDeployment.class)
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

  /** The newest first. */
  public Page<Deployment> list(Caller caller, String apiId, Page.Ask ask) {
    List<StoredDeployment> found =
        rows.createQuery(
                "select d from StoredDeployment d where d.account = :account and d.apiId = :apiId"
                    + " and d.ordinal < :before order by d.ordinal desc",
                StoredDeployment.class)
            .setParameter("account", caller.account())
            .setParameter("apiId", apiId)
            .setParameter("before", ask.after(Long.MAX_VALUE))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredDeployment::ordinal).map(StoredDeployment::body);
  }

  public void delete(StoredDeployment deployment) {
    rows.remove(deployment);
    rows.flush();
  }
}

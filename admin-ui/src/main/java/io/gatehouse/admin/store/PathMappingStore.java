package io.gatehouse.admin.store;

import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.BasePathMapping;

/** The base paths of custom domain names; whoever changes one has locked its domain. */
@ApplicationScoped
public class PathMappingStore {

  /** How the vendor names the empty base path, in answers and in addresses. */
  public static final String NONE = "(none)";

  private EntityManager rows;

  protected PathMappingStore() {}

  @Inject
  public PathMappingStore(EntityManager rows) {
    this.rows = rows;
  }

  /**
   * @throws ApiError conflict, when the base path is there
   */
  public void create(StoredDomain domain, BasePathMapping body) {
    requireNew(domain, body.basePath());
    rows.persist(new StoredPathMapping(domain, body));
    rows.flush();
  }

  /**
   * @throws ApiError not found
   */
  public StoredPathMapping get(StoredDomain domain, String basePath) {
    return find(domain, basePath)
        .orElseThrow(() -> ApiError.notFound("Invalid base path mapping identifier specified"));
  }

  /**
   * @throws ApiError conflict, when it is to be called as another
   */
  public void replace(StoredDomain domain, StoredPathMapping mapping, BasePathMapping body) {
    if (!mapping.basePath().equals(body.basePath())) {
      requireNew(domain, body.basePath());
    }
    mapping.replace(body);
    rows.flush();
  }

  public void delete(StoredPathMapping mapping) {
    rows.remove(mapping);
    rows.flush();
  }

  /** In order of creation. */
  public Page<BasePathMapping> list(StoredDomain domain, Page.Ask ask) {
    List<StoredPathMapping> found =
        rows.createQuery(
                "select m from StoredPathMapping m where m.domainOrdinal = :domain"
                    + " and m.ordinal > :after order by m.ordinal",
                StoredPathMapping.class)
            .setParameter("domain", domain.ordinal())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredPathMapping::ordinal).map(StoredPathMapping::body);
  }

  public List<StoredPathMapping> all(StoredDomain domain) {
    return rows.createQuery(
            "select m from StoredPathMapping m where m.domainOrdinal = :domain order by m.ordinal",
            StoredPathMapping.class)
        .setParameter("domain", domain.ordinal())
        .getResultList();
  }

  /**
   * The vendor lets nobody pull an API from under a domain.
   *
   * @throws ApiError bad request, naming the domains
   */
  static void requireUnmapped(EntityManager rows, StoredApi api) {
    List<String> domains =
        rows.createQuery(
                "select distinct d.name from StoredDomain d, StoredPathMapping m"
                    + " where m.account = :account and m.apiId = :apiId"
                    + " and d.ordinal = m.domainOrdinal order by d.name",
                String.class)
            .setParameter("account", api.account())
            .setParameter("apiId", api.apiId())
            .getResultList();
    if (!domains.isEmpty()) {
      throw ApiError.badRequest(
          "Deleting RestApi %s failed. Please remove all base path mappings related to the RestApi in your domains: %s"
              .formatted(api.apiId(), String.join(", ", domains)));
    }
  }

  /**
   * As {@link #requireUnmapped(EntityManager, StoredApi)}, for one stage.
   *
   * @throws ApiError bad request, naming the domains
   */
  static void requireUnmapped(EntityManager rows, StoredStage stage) {
    List<String> domains =
        rows.createQuery(
                "select distinct d.name from StoredDomain d, StoredPathMapping m"
                    + " where m.account = :account and m.apiId = :apiId and m.stageName = :stage"
                    + " and d.ordinal = m.domainOrdinal order by d.name",
                String.class)
            .setParameter("account", stage.account())
            .setParameter("apiId", stage.apiId())
            .setParameter("stage", stage.stageName())
            .getResultList();
    if (!domains.isEmpty()) {
      throw ApiError.badRequest(
          "Deleting stage %s failed. Please remove all base path mappings related to the stage in your domains: %s"
              .formatted(stage.stageName(), String.join(", ", domains)));
    }
  }

  private void requireNew(StoredDomain domain, String basePath) {
    if (find(domain, basePath).isPresent()) {
      throw ApiError.conflict("Base path already exists for this domain name");
    }
  }

  private Optional<StoredPathMapping> find(StoredDomain domain, String basePath) {
    return rows
        .createQuery(
            "select m from StoredPathMapping m where m.domainOrdinal = :domain"
                + " and m.basePath = :basePath",
            StoredPathMapping.class)
        .setParameter("domain", domain.ordinal())
        .setParameter("basePath", basePath)
        .getResultList()
        .stream()
        .findFirst();
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DomainName;

/** The custom domain names of all tenants, each seen by its own tenant only. */
@ApplicationScoped
public class DomainStore {

  private EntityManager rows;
  private Revisions revisions;

  protected DomainStore() {}

  @Inject
  public DomainStore(EntityManager rows, Revisions revisions) {
    this.rows = rows;
    this.revisions = revisions;
  }

  /**
   * Adds a name; a private one has its id in the body.
   *
   * @throws ApiError conflict when somebody, whoever it is, has this name, or another tenant has a
   *     wildcard that covers it or a name that it covers
   */
  public StoredDomain create(Caller caller, DomainName body) {
    StoredDomain domain = new StoredDomain(caller.account(), body, revisions.next(0));
    if (domain.isServed() && isTaken(caller, domain.name())) {
      throw ApiError.conflict("The domain name you provided already exists.");
    }
    rows.persist(domain);
    rows.flush();
    return domain;
  }

  /**
   * @param domainId null or empty for a public name
   * @throws ApiError not found
   */
  public StoredDomain get(Caller caller, String name, String domainId) {
    return one(query(caller, name, domainId));
  }

  /** As {@link #get}, while other writers of this name and its mappings wait. */
  public StoredDomain lock(Caller caller, String name, String domainId) {
    return one(
        query(caller, name, domainId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"));
  }

  /** In order of creation. */
  public Page<DomainName> list(Caller caller, Page.Ask ask) {
    List<StoredDomain> found =
        rows.createQuery(
                "select d from StoredDomain d where d.account = :account and d.ordinal > :after"
                    + " order by d.ordinal",
                StoredDomain.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredDomain::ordinal).map(StoredDomain::body);
  }

  public long count(Caller caller) {
    return rows.createQuery(
            "select count(d) from StoredDomain d where d.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  /** Gives a locked name a new body and a new revision. */
  public void replace(StoredDomain domain, DomainName body) {
    domain.replace(body, revisions.next(domain.revision()));
  }

  /** Gives a locked name a new revision: its mappings have changed. */
  public void touch(StoredDomain domain) {
    domain.touch(revisions.next(domain.revision()));
  }

  /** Removes a locked name with its mappings and whatever may reach it. */
  public void delete(StoredDomain domain) {
    // One by one, so that the audit record tells of each.
    for (Class<? extends StoredRow> part :
        List.of(StoredPathMapping.class, StoredDomainAccess.class)) {
      String query = "select p from " + part.getSimpleName() + " p where p.domainOrdinal = :domain";
      rows.createQuery(query, part)
          .setParameter("domain", domain.ordinal())
          .getResultList()
          .forEach(rows::remove);
    }
    rows.flush();
    rows.remove(domain);
    rows.flush();
  }

  /** The one question across tenants: two of them must never answer to the same host. */
  private boolean isTaken(Caller caller, String name) {
    String parent = name.substring(name.indexOf('.') + 1);
    String overlapping =
        name.startsWith("*.") ? "d.parentName = :parent" : "d.servedName = :wildcard";
    TypedQuery<Long> query =
        rows.createQuery(
                "select count(d) from StoredDomain d where d.servedName = :name"
                    + " or (d.account <> :account and "
                    + overlapping
                    + ")",
                Long.class)
            .setParameter("name", name)
            .setParameter("account", caller.account());
    return (name.startsWith("*.")
                ? query.setParameter("parent", parent)
                : query.setParameter("wildcard", "*." + parent))
            .getSingleResult()
        > 0;
  }

  private TypedQuery<StoredDomain> query(Caller caller, String name, String domainId) {
    return rows.createQuery(
            "select d from StoredDomain d where d.account = :account and d.name = :name"
                + " and d.domainId = :domainId",
            StoredDomain.class)
        .setParameter("account", caller.account())
        .setParameter("name", name)
        .setParameter("domainId", Optional.ofNullable(domainId).orElse(""));
  }

  private static StoredDomain one(TypedQuery<StoredDomain> query) {
    return query.getResultList().stream()
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Invalid domain name identifier specified"));
  }
}

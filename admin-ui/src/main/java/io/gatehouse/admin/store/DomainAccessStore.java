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
import software.amazon.awssdk.services.apigateway.model.DomainNameAccessAssociation;

/** From where private domain names may be reached. */
@ApplicationScoped
public class DomainAccessStore {

  private EntityManager rows;

  protected DomainAccessStore() {}

  @Inject
  public DomainAccessStore(EntityManager rows) {
    this.rows = rows;
  }

  /**
   * @param domain locked
   * @throws ApiError conflict, when there is one of this ARN
   */
  public void create(Caller caller, StoredDomain domain, DomainNameAccessAssociation body) {
    if (find(query(caller, body.domainNameAccessAssociationArn())).isPresent()) {
      throw ApiError.conflict("Domain name access association already exists");
    }
    rows.persist(new StoredDomainAccess(domain, body));
    rows.flush();
  }

  /**
   * @throws ApiError not found
   */
  public StoredDomainAccess get(Caller caller, String arn) {
    return find(query(caller, arn)).orElseThrow(DomainAccessStore::unknown);
  }

  /** As {@link #get}, while other writers of it wait. */
  public StoredDomainAccess lock(Caller caller, String arn) {
    return find(query(caller, arn)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"))
        .orElseThrow(DomainAccessStore::unknown);
  }

  /** In order of creation. */
  public Page<DomainNameAccessAssociation> list(Caller caller, Page.Ask ask) {
    List<StoredDomainAccess> found =
        rows.createQuery(
                "select a from StoredDomainAccess a where a.account = :account"
                    + " and a.ordinal > :after order by a.ordinal",
                StoredDomainAccess.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredDomainAccess::ordinal).map(StoredDomainAccess::body);
  }

  public long count(Caller caller) {
    return rows.createQuery(
            "select count(a) from StoredDomainAccess a where a.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  public void replace(StoredDomainAccess access, DomainNameAccessAssociation body) {
    access.replace(body);
  }

  public void delete(StoredDomainAccess access) {
    rows.remove(access);
    rows.flush();
  }

  private TypedQuery<StoredDomainAccess> query(Caller caller, String arn) {
    return rows.createQuery(
            "select a from StoredDomainAccess a where a.account = :account and a.arn = :arn",
            StoredDomainAccess.class)
        .setParameter("account", caller.account())
        .setParameter("arn", arn);
  }

  private static Optional<StoredDomainAccess> find(TypedQuery<StoredDomainAccess> query) {
    return query.getResultList().stream().findFirst();
  }

  private static ApiError unknown() {
    return ApiError.notFound("Invalid domain name access association identifier specified");
  }
}

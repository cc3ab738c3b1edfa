package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

/** The VPC links of all tenants, each seen by its own tenant only. */
@ApplicationScoped
public class VpcLinkStore {

  private EntityManager rows;
  private Revisions revisions;

  protected VpcLinkStore() {}

  @Inject
  public VpcLinkStore(EntityManager rows, Revisions revisions) {
    this.rows = rows;
    this.revisions = revisions;
  }

  /** Adds a link; its id, which the caller has drawn, is in the body. */
  public StoredVpcLink create(Caller caller, VpcLink body) {
    StoredVpcLink link = new StoredVpcLink(caller.account(), body, revisions.next(0));
    rows.persist(link);
    rows.flush();
    return link;
  }

  /**
   * @throws ApiError not found
   */
  public StoredVpcLink get(Caller caller, String linkId) {
    return one(query(caller, linkId));
  }

  /** As {@link #get}, while other writers of this link wait. */
  public StoredVpcLink lock(Caller caller, String linkId) {
    return one(
        query(caller, linkId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("eclipselink.refresh", "true"));
  }

  /** Every link of the tenant. */
  public List<StoredVpcLink> all(Caller caller) {
    return rows.createQuery(
            "select v from StoredVpcLink v where v.account = :account", StoredVpcLink.class)
        .setParameter("account", caller.account())
        .getResultList();
  }

  /** In order of creation. */
  public Page<VpcLink> list(Caller caller, Page.Ask ask) {
    List<StoredVpcLink> found =
        rows.createQuery(
                "select v from StoredVpcLink v where v.account = :account and v.ordinal > :after"
                    + " order by v.ordinal",
                StoredVpcLink.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredVpcLink::ordinal).map(StoredVpcLink::body);
  }

  public long count(Caller caller) {
    return rows.createQuery(
            "select count(v) from StoredVpcLink v where v.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  /** Gives a locked link a new body and a new revision. */
  public void replace(StoredVpcLink link, VpcLink body) {
    link.replace(body, revisions.next(link.revision()));
  }

  public void delete(StoredVpcLink link) {
    rows.remove(link);
    rows.flush();
  }

  private TypedQuery<StoredVpcLink> query(Caller caller, String linkId) {
    return rows.createQuery(
            "select v from StoredVpcLink v where v.account = :account and v.linkId = :linkId",
            StoredVpcLink.class)
        .setParameter("account", caller.account())
        .setParameter("linkId", linkId);
  }

  private static StoredVpcLink one(TypedQuery<StoredVpcLink> query) {
    return query.getResultList().stream()
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Invalid Vpc Link identifier specified"));
  }
}

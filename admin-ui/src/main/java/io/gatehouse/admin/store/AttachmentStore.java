package io.gatehouse.admin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Which managed policies hang on which users, groups and roles, and which are boundaries. */
@ApplicationScoped
public class AttachmentStore {

  private EntityManager rows;

  protected AttachmentStore() {}

  @Inject
  public AttachmentStore(EntityManager rows) {
    this.rows = rows;
  }

  /** ARNs of the policies of a user, group or role, its boundary not among them. */
  public List<String> attached(StoredIdentity identity) {
    return of(identity).stream()
        .filter(a -> !a.boundary())
        .map(StoredAttachment::policyArn)
        .toList();
  }

  /** ARN of the boundary; empty for none. */
  public Optional<String> boundary(StoredIdentity identity) {
    return of(identity).stream()
        .filter(StoredAttachment::boundary)
        .map(StoredAttachment::policyArn)
        .findFirst();
  }

  private List<StoredAttachment> of(StoredIdentity identity) {
    return rows.createQuery(
            "select a from StoredAttachment a where a.account = :account"
                + " and a.identityId = :id order by a.ordinal",
            StoredAttachment.class)
        .setParameter("account", identity.account())
        .setParameter("id", identity.uniqueId())
        .getResultList();
  }

  /** All that a policy hangs on within one account, in order. */
  public List<StoredAttachment> ofPolicy(String account, String policyArn) {
    return rows.createQuery(
            "select a from StoredAttachment a where a.account = :account"
                + " and a.policyArn = :arn order by a.ordinal",
            StoredAttachment.class)
        .setParameter("account", account)
        .setParameter("arn", policyArn)
        .getResultList();
  }

  /** Does nothing where the policy hangs there already. */
  public void attach(StoredIdentity identity, String policyArn) {
    if (!attached(identity).contains(policyArn)) {
      add(identity, policyArn, false);
    }
  }

  /** Answers whether the policy was attached. */
  public boolean detach(StoredIdentity identity, String policyArn) {
    Optional<StoredAttachment> found =
        of(identity).stream()
            .filter(a -> !a.boundary() && a.policyArn().equals(policyArn))
            .findFirst();
    found.ifPresent(rows::remove);
    rows.flush();
    return found.isPresent();
  }

  /**
   * @param policyArn empty for no boundary
   * @return whether there was one before
   */
  public boolean limit(StoredIdentity identity, Optional<String> policyArn) {
    Optional<StoredAttachment> before =
        of(identity).stream().filter(StoredAttachment::boundary).findFirst();
    before.ifPresent(rows::remove);
    rows.flush();
    policyArn.ifPresent(arn -> add(identity, arn, true));
    return before.isPresent();
  }

  private void add(StoredIdentity identity, String policyArn, boolean boundary) {
    rows.persist(
        new StoredAttachment(identity.account(), identity.uniqueId(), policyArn, boundary));
    rows.flush();
  }
}

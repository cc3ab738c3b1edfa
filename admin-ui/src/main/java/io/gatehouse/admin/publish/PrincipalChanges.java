package io.gatehouse.admin.publish;

import io.gatehouse.admin.store.AttachmentStore;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.StoredAttachment;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells nodes of the users and roles that a change concerns: who changes a group or a managed
 * policy changes what its users and roles may do. Each is locked before its snapshot is built, so
 * that of two changes to one principal the later sees the earlier.
 */
@ApplicationScoped
public class PrincipalChanges {

  private IdentityStore identities;
  private AttachmentStore attachments;
  private Publisher publisher;

  protected PrincipalChanges() {}

  @Inject
  public PrincipalChanges(
      IdentityStore identities, AttachmentStore attachments, Publisher publisher) {
    this.identities = identities;
    this.attachments = attachments;
    this.publisher = publisher;
  }

  /** After a user, group or role, or something that hangs on it, has changed. */
  public void changed(StoredIdentity identity) {
    changed(
        identity.account(),
        identity.kind() == Kind.GROUP
            ? identities.memberIds(identity)
            : List.of(identity.uniqueId()));
  }

  /** After what a managed policy says has changed. */
  public void policyChanged(String account, String policyArn) {
    List<String> holders =
        attachments.ofPolicy(account, policyArn).stream()
            .map(StoredAttachment::identityId)
            .toList();
    Set<String> principals = new LinkedHashSet<>();
    for (StoredIdentity holder : identities.byIds(account, holders)) {
      if (holder.kind() == Kind.GROUP) {
        principals.addAll(identities.memberIds(holder));
      } else {
        principals.add(holder.uniqueId());
      }
    }
    changed(account, principals);
  }

  private void changed(String account, Collection<String> uniqueIds) {
    for (StoredIdentity principal : identities.lockAll(account, uniqueIds)) {
      publisher.changed(identities.touch(principal));
    }
  }

  /** Before a user or role is deleted or takes another name. */
  public void gone(StoredIdentity identity) {
    if (identity.kind() != Kind.GROUP) {
      publisher.gone(identity);
    }
  }
}

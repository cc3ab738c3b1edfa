package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.guard.ManagedPolicy;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All policies that decide what a user or role may do. */
@ApplicationScoped
public class EffectivePolicies {

  /** In the place of a document that is gone or cannot be read: it may have denied anything. */
  public static final String DENY_ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":"
          + "[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  private IdentityStore identities;
  private AttachmentStore attachments;
  private ManagedPolicyStore managed;

  protected EffectivePolicies() {}

  @Inject
  public EffectivePolicies(
      IdentityStore identities, AttachmentStore attachments, ManagedPolicyStore managed) {
    this.identities = identities;
    this.attachments = attachments;
    this.managed = managed;
  }

  /**
   * JSON texts.
   *
   * @param identity inline and attached ones, and those of a user's groups
   * @param boundary empty for none
   */
  public record Texts(List<String> identity, Optional<String> boundary) {
    public Texts {
      identity = List.copyOf(identity);
    }

    /** Ready to decide; what cannot be read denies everything. */
    public Grants grants() {
      return new Grants(
          identity.stream().map(Texts::read).toList(), boundary.map(Texts::read), Optional.empty());
    }

    private static Policy read(String text) {
      try {
        return Policy.parse(text, Policy.Kind.IDENTITY);
      } catch (InvalidPolicy e) {
        return Policy.parse(DENY_ALL, Policy.Kind.IDENTITY);
      }
    }
  }

  public Texts of(StoredIdentity principal) {
    List<String> texts = new ArrayList<>();
    add(texts, principal);
    if (principal.kind() == Kind.USER) {
      identities.groupsOf(principal).forEach(group -> add(texts, group));
    }
    return new Texts(
        texts,
        attachments.boundary(principal).map(arn -> documentOrNothing(principal.account(), arn)));
  }

  private void add(List<String> texts, StoredIdentity identity) {
    texts.addAll(identity.body().policies().values());
    attachments
        .attached(identity)
        .forEach(arn -> texts.add(documentOrNothing(identity.account(), arn)));
  }

  private String documentOrNothing(String account, String arn) {
    return document(account, arn).orElse(DENY_ALL);
  }

  /** What a managed policy of the account, or one that is built in, says now. */
  public Optional<String> document(String account, String arn) {
    return ManagedPolicies.find(arn)
        .map(ManagedPolicy::document)
        .or(
            () ->
                managed
                    .find(account, arn)
                    .flatMap(policy -> managed.version(policy, policy.defaultVersion()))
                    .map(StoredPolicyVersion::document));
  }
}

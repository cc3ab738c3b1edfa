package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.IdentityDirectory;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;

/** The users, groups and roles of the database, for the guard. */
@ApplicationScoped
public class StoredIdentityDirectory implements IdentityDirectory {

  private IdentityStore identities;
  private AttachmentStore attachments;

  protected StoredIdentityDirectory() {}

  @Inject
  public StoredIdentityDirectory(IdentityStore identities, AttachmentStore attachments) {
    this.identities = identities;
    this.attachments = attachments;
  }

  @Override
  public Optional<Entry> find(String account, String kind, String name) {
    return identities
        .find(account, Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name)
        .map(
            identity ->
                new Entry(identity.arn(), attachments.boundary(identity), identity.body().tags()));
  }

  @Override
  public Optional<Policy> trust(String roleArn) {
    return Arn.parse(roleArn)
        .flatMap(
            arn ->
                identities.find(
                    arn.account(),
                    Kind.ROLE,
                    arn.resource().substring(arn.resource().lastIndexOf('/') + 1)))
        .filter(role -> role.arn().equals(roleArn))
        .flatMap(role -> role.body().trust())
        .flatMap(StoredIdentityDirectory::read);
  }

  /** One that cannot be read trusts nobody. */
  private static Optional<Policy> read(String text) {
    try {
      return Optional.of(Policy.parse(text, Policy.Kind.TRUST));
    } catch (InvalidPolicy e) {
      return Optional.empty();
    }
  }
}

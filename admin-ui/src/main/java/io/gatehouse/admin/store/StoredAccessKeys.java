package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The access keys of the database, and the temporary ones that callers carry sealed. */
@ApplicationScoped
public class StoredAccessKeys implements AccessKeys {

  private AccessKeyStore accessKeys;
  private IdentityStore identities;
  private EffectivePolicies policies;
  private Settings settings;
  private InstantSource clock;

  protected StoredAccessKeys() {}

  @Inject
  public StoredAccessKeys(
      AccessKeyStore accessKeys,
      IdentityStore identities,
      EffectivePolicies policies,
      Settings settings,
      InstantSource clock) {
    this.accessKeys = accessKeys;
    this.identities = identities;
    this.policies = policies;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  @Transactional
  public Optional<AccessKey> find(String accessKeyId, Optional<String> sessionToken) {
    return sessionToken.isPresent()
        ? temporary(accessKeyId, sessionToken.get())
        : permanent(accessKeyId);
  }

  private Optional<AccessKey> permanent(String accessKeyId) {
    return accessKeys
        .find(accessKeyId)
        .filter(StoredAccessKey::active)
        .flatMap(
            key ->
                identities
                    .byId(key.account(), key.userId())
                    .map(
                        user ->
                            new AccessKey(
                                key.accessKeyId(),
                                key.account(),
                                user.arn(),
                                user.uniqueId(),
                                accessKeys.secret(key),
                                policies.of(user).grants(),
                                user.body().tags(),
                                Optional.empty())));
  }

  /** What the issuer may do now is what its session may do, within the session's own policy. */
  private Optional<AccessKey> temporary(String accessKeyId, String token) {
    Optional<SessionToken> opened =
        SessionToken.open(settings.nodeKey(), token)
            .filter(session -> session.accessKeyId().equals(accessKeyId));
    if (opened.filter(session -> session.isExpired(clock.instant())).isPresent()) {
      throw ApiError.of(
          ApiError.Kind.EXPIRED_TOKEN, "The security token included in the request is expired");
    }
    return opened.flatMap(
        session ->
            issuer(session)
                .map(
                    issuer ->
                        new AccessKey(
                            session.accessKeyId(),
                            session.account(),
                            arn(session, issuer),
                            session.userId(),
                            session.secret(),
                            within(session, policies.of(issuer).grants()),
                            issuer.body().tags(),
                            Optional.of(issuer.arn()))));
  }

  /** A user's session is the user, also after it has got another name. */
  private static String arn(SessionToken session, StoredIdentity issuer) {
    return issuer.kind() == Kind.USER ? issuer.arn() : session.arn();
  }

  /** Empty when it is gone, even where another one has its name by now. */
  private Optional<StoredIdentity> issuer(SessionToken session) {
    return identities
        .byId(session.account(), session.issuerId())
        .filter(found -> found.kind() != Kind.GROUP)
        .filter(
            found ->
                Arn.parse(session.issuer())
                    .filter(arn -> arn.resource().startsWith(found.kind().word() + "/"))
                    .isPresent());
  }

  private static Grants within(SessionToken session, Grants grants) {
    return session.policy().isEmpty()
        ? grants
        : grants.within(Optional.of(read(session.policy().get())));
  }

  private static Policy read(String text) {
    try {
      return Policy.parse(text, Policy.Kind.IDENTITY);
    } catch (InvalidPolicy e) {
      return Policy.parse(EffectivePolicies.DENY_ALL, Policy.Kind.IDENTITY);
    }
  }
}

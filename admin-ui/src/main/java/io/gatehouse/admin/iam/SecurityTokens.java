package io.gatehouse.admin.iam;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.AccessKeyStore;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/**
 * Who am I, and temporary keys: callers carry them sealed, so nothing is kept of them here.
 * Imitates the API reference of the Security Token Service.
 */
@ApplicationScoped
public class SecurityTokens implements Operations {

  private static final int USUAL_ROLE_SECONDS = 3600;
  private static final int USUAL_USER_SECONDS = 43_200;

  /** A role's session that assumes a role gets no longer one. */
  private static final int MOST_CHAINED_SECONDS = 3600;

  private static final int LONGEST_SESSION_POLICY = 2048;

  private IdentityStore identities;
  private AccessKeyStore accessKeys;
  private Settings settings;
  private SecureRandom random;
  private Ids ids;
  private InstantSource clock;

  protected SecurityTokens() {}

  @Inject
  public SecurityTokens(
      IdentityStore identities,
      AccessKeyStore accessKeys,
      Settings settings,
      SecureRandom random,
      Ids ids,
      InstantSource clock) {
    this.identities = identities;
    this.accessKeys = accessKeys;
    this.settings = settings;
    this.random = random;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation(value = "POST /?Action=GetCallerIdentity&Version=2011-06-15", needsPermission = false)
  public GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest in) {
    return GetCallerIdentityResponse.builder()
        .account(caller.account())
        .arn(caller.principal())
        .userId(caller.userId())
        .build();
  }

  /** The guard has asked the role's trust policy and the caller's own ones. */
  @Operation("POST /?Action=AssumeRole&Version=2011-06-15")
  public AssumeRoleResponse assumeRole(Caller caller, AssumeRoleRequest in) {
    refuseStrange(in);
    Arn arn = Arn.parse(in.roleArn()).orElseThrow(() -> invalidArn(in.roleArn()));
    StoredIdentity role =
        identities
            .find(arn.account(), Kind.ROLE, arn.resource().replaceFirst(".*/", ""))
            .filter(found -> found.arn().equals(in.roleArn()))
            .orElseThrow(() -> invalidArn(in.roleArn()));
    int seconds = in.durationSeconds() == null ? USUAL_ROLE_SECONDS : in.durationSeconds();
    if (caller.isRoleSession() && seconds > MOST_CHAINED_SECONDS) {
      throw tooLong("the 1 hour session limit for roles assumed by role chaining.");
    }
    if (seconds > role.body().maxSessionSeconds()) {
      throw tooLong("the MaxSessionDuration set for this role.");
    }
    String name = role.name() + "/" + in.roleSessionName();
    String session = new Arn("aws", "sts", "", role.account(), "assumed-role/" + name).toString();
    String userId = role.uniqueId() + ":" + in.roleSessionName();
    Credentials credentials =
        credentials(role, session, userId, seconds, Optional.ofNullable(in.policy()));
    return AssumeRoleResponse.builder()
        .credentials(credentials)
        .assumedRoleUser(AssumedRoleUser.builder().assumedRoleId(userId).arn(session).build())
        .packedPolicySize(
            in.policy() == null
                ? null
                : Integer.valueOf(PolicyDocuments.size(in.policy()) * 100 / LONGEST_SESSION_POLICY))
        .build();
  }

  /** Whatever would be kept without effect is refused: who asks for it relies on it. */
  private static void refuseStrange(AssumeRoleRequest in) {
    refuseIf(in.hasPolicyArns(), "PolicyArns", "pass one session policy as Policy");
    refuseIf(in.hasTags() || in.hasTransitiveTagKeys(), "Tags", "tag the role instead");
    refuseIf(in.serialNumber() != null || in.tokenCode() != null, "SerialNumber", "nobody has MFA");
    refuseIf(in.sourceIdentity() != null, "SourceIdentity", "use RoleSessionName");
    refuseIf(in.hasProvidedContexts(), "ProvidedContexts", "there are no context providers");
    if (in.policy() != null) {
      PolicyDocuments.checked(in.policy(), Policy.Kind.IDENTITY);
      if (in.policy().length() > LONGEST_SESSION_POLICY) {
        throw ApiError.of(
            ApiError.Kind.MALFORMED_POLICY,
            "The session policy is longer than %d characters".formatted(LONGEST_SESSION_POLICY));
      }
    }
  }

  private static void refuseIf(boolean asked, String member, String instead) {
    if (asked) {
      throw ApiError.of(
          ApiError.Kind.VALIDATION, "%s is not supported here: %s".formatted(member, instead));
    }
  }

  private static ApiError tooLong(String limit) {
    return ApiError.of(ApiError.Kind.VALIDATION, "The requested DurationSeconds exceeds " + limit);
  }

  private static ApiError invalidArn(String arn) {
    return ApiError.of(ApiError.Kind.VALIDATION, "%s is invalid".formatted(arn));
  }

  @Operation(value = "POST /?Action=GetSessionToken&Version=2011-06-15", needsPermission = false)
  public GetSessionTokenResponse getSessionToken(Caller caller, GetSessionTokenRequest in) {
    refuseIf(in.serialNumber() != null || in.tokenCode() != null, "SerialNumber", "nobody has MFA");
    StoredIdentity user =
        Optional.of(caller)
            .filter(c -> c.sessionOf().isEmpty())
            .flatMap(c -> Arn.parse(c.issuer()))
            .flatMap(
                arn ->
                    identities.find(
                        caller.account(), Kind.USER, arn.resource().replaceFirst(".*/", "")))
            .orElseThrow(
                () ->
                    ApiError.of(
                        ApiError.Kind.ACCESS_DENIED,
                        "Cannot call GetSessionToken with session credentials"));
    int seconds = in.durationSeconds() == null ? USUAL_USER_SECONDS : in.durationSeconds();
    return GetSessionTokenResponse.builder()
        .credentials(credentials(user, user.arn(), user.uniqueId(), seconds, Optional.empty()))
        .build();
  }

  private Credentials credentials(
      StoredIdentity issuer, String arn, String userId, int seconds, Optional<String> policy) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plusSeconds(seconds);
    SessionToken session =
        new SessionToken(
            issuer.account(),
            ids.temporaryAccessKey(),
            ids.secretAccessKey(),
            issuer.arn(),
            issuer.uniqueId(),
            arn,
            userId,
            now,
            expires,
            policy);
    return Credentials.builder()
        .accessKeyId(session.accessKeyId())
        .secretAccessKey(session.secret())
        .sessionToken(session.sealed(settings.nodeKey(), random))
        .expiration(expires)
        .build();
  }

  /** The vendor tells everybody whose key it is; here an account learns of its own keys only. */
  @Operation("POST /?Action=GetAccessKeyInfo&Version=2011-06-15")
  public GetAccessKeyInfoResponse getAccessKeyInfo(Caller caller, GetAccessKeyInfoRequest in) {
    return accessKeys
        .find(in.accessKeyId())
        .filter(key -> key.account().equals(caller.account()))
        .map(key -> GetAccessKeyInfoResponse.builder().account(key.account()).build())
        .orElseThrow(
            () ->
                ApiError.of(
                    ApiError.Kind.VALIDATION,
                    "%s is no access key of this account".formatted(in.accessKeyId())));
  }
}

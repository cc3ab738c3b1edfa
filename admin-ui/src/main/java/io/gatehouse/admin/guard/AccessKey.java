package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Grants;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant's key for signing requests, ready to check a signature with.
 *
 * @param account the tenant, 12 digits
 * @param principalArn who it stands for, as {@code arn:aws:iam::123456789012:user/ci}
 * @param userId the principal's unique id, as {@code AIDA...}
 * @param secret in the clear; never logged, see {@link #toString}
 * @param grants what its holder may do in the account
 * @param tags the principal's, for policies
 * @param sessionOf of a temporary key the ARN of the user or role that it is of; else empty
 */
public record AccessKey(
    String id,
    String account,
    String principalArn,
    String userId,
    String secret,
    Grants grants,
    Map<String, String> tags,
    Optional<String> sessionOf) {

  public AccessKey {
    tags = Map.copyOf(tags);
  }

  /** A key whose holder has roles, and nothing that limits them. */
  public AccessKey(
      String id, String account, String principalArn, String secret, Set<Caller.Role> roles) {
    this(
        id,
        account,
        principalArn,
        Caller.derivedId(principalArn),
        secret,
        ManagedPolicies.grants(roles),
        Map.of(),
        Optional.empty());
  }

  /** Who calls, once the signature is checked. */
  public Caller caller(String region, Caller.Origin origin) {
    return new Caller(
        account,
        region,
        principalArn,
        userId,
        tags,
        grants,
        Caller.Door.MANAGEMENT_API,
        origin,
        sessionOf);
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + " of " + principalArn + "]";
  }
}

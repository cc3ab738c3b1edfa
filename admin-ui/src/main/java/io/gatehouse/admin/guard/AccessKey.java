package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Policy;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant's key for signing requests, ready to check a signature with.
 *
 * @param account the tenant, 12 digits
 * @param principalArn who it stands for, as {@code arn:aws:iam::123456789012:user/ci}
 * @param secret in the clear; never logged, see {@link #toString}
 * @param roles what its holder may do in the account
 * @param policy what its holder is limited to besides; empty when to nothing
 */
public record AccessKey(
    String id,
    String account,
    String principalArn,
    String secret,
    Set<Caller.Role> roles,
    Optional<Policy> policy) {

  public AccessKey {
    roles = Set.copyOf(roles);
  }

  /** A key that nothing but its role limits. */
  public AccessKey(
      String id, String account, String principalArn, String secret, Set<Caller.Role> roles) {
    this(id, account, principalArn, secret, roles, Optional.empty());
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + " of " + principalArn + ", roles " + roles + "]";
  }
}

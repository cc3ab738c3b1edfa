package io.gatehouse.admin.guard;

import java.util.Set;

/**
 * A tenant's key for signing requests, ready to check a signature with.
 *
 * @param account the tenant, 12 digits
 * @param principalArn who it stands for, as {@code arn:aws:iam::123456789012:user/ci}
 * @param secret in the clear; never logged, see {@link #toString}
 * @param roles what its holder may do in the account
 */
public record AccessKey(
    String id, String account, String principalArn, String secret, Set<Caller.Role> roles) {

  public AccessKey {
    roles = Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + " of " + principalArn + ", roles " + roles + "]";
  }
}

package io.gatehouse.admin.guard;

import java.util.Set;

/**
 * Who calls the control plane, through whichever door.
 *
 * @param account the tenant, 12 digits
 * @param region as in ARNs
 * @param principal ARN of a program's access key owner, or a person's user name
 * @param roles what the caller may do in this account
 * @param door how the caller came in, for audit
 */
public record Caller(String account, String region, String principal, Set<Role> roles, Door door) {

  /**
   * Each role may do what the ones after it may; the operator runs the platform and is also an
   * owner.
   */
  public enum Role {
    OPERATOR,
    OWNER,
    DEVELOPER,
    VIEWER
  }

  /** The two ways in. */
  public enum Door {
    MANAGEMENT_API,
    CONSOLE
  }

  public Caller {
    roles = Set.copyOf(roles);
  }
}

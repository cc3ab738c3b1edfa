package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls the control plane, through whichever door.
 *
 * @param account the tenant, 12 digits
 * @param region as in ARNs
 * @param principal ARN of a program's access key owner, or a person's user name
 * @param roles what the caller may do in this account
 * @param door how the caller came in, for audit
 * @param origin where the caller came from, for audit and conditions of policies
 * @param policy what an access key is limited to, besides its role; empty when it is not
 */
public record Caller(
    String account,
    String region,
    String principal,
    Set<Role> roles,
    Door door,
    Origin origin,
    Optional<Policy> policy) {

  /** What belongs to no tenant is the platform's own. */
  public static final String PLATFORM_ACCOUNT = "000000000000";

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

  /**
   * @param address IPv4 or IPv6; empty when it is not known
   * @param secure whether the request came over TLS
   */
  public record Origin(String address, boolean secure) {

    public static final Origin UNKNOWN = new Origin("", false);

    public Origin {
      // Servers add the network interface to local addresses: fe80::1%eth0.
      int zone = address.indexOf('%');
      address = zone < 0 ? address : address.substring(0, zone);
    }
  }

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** A caller without a policy, from nobody knows where. */
  public Caller(String account, String region, String principal, Set<Role> roles, Door door) {
    this(account, region, principal, roles, door, Origin.UNKNOWN, Optional.empty());
  }

  /** The last part of an ARN; a person's user name as it is. */
  public String userName() {
    return principal.substring(principal.lastIndexOf('/') + 1);
  }

  /** In the vendor's form, and the same every time. */
  public String userId() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
      return "AIDA" + HexFormat.of().formatHex(digest).substring(0, 17).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Grants;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls the control plane, through whichever door.
 *
 * @param account the tenant, 12 digits
 * @param region as in ARNs
 * @param principal ARN of a program's access key owner, or a person's user name
 * @param userId the principal's unique id, in the vendor's form
 * @param tags the principal's, for conditions of policies
 * @param grants what the caller may do in this account
 * @param door how the caller came in, for audit
 * @param origin where the caller came from, for audit and conditions of policies
 * @param sessionOf of temporary keys the ARN of the user or role that they are of; else empty
 */
public record Caller(
    String account,
    String region,
    String principal,
    String userId,
    Map<String, String> tags,
    Grants grants,
    Door door,
    Origin origin,
    Optional<String> sessionOf) {

  /** What belongs to no tenant is the platform's own. */
  public static final String PLATFORM_ACCOUNT = "000000000000";

  /**
   * What people and access keys of the console are; each is one of the {@link ManagedPolicies}. The
   * operator runs the platform and is also an owner.
   */
  public enum Role {
    OPERATOR,
    OWNER,
    DEVELOPER,
    VIEWER
  }

  /** The ways in. */
  public enum Door {
    MANAGEMENT_API,
    CONSOLE,
    /** The console, opened by an operator in the place of a tenant. */
    IMPERSONATION;

    /** Whether people come in here, and programs never. */
    public boolean isForPeople() {
      return this != MANAGEMENT_API;
    }
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
    tags = Map.copyOf(tags);
  }

  /** Somebody who has no temporary keys. */
  public Caller(
      String account,
      String region,
      String principal,
      String userId,
      Map<String, String> tags,
      Grants grants,
      Door door,
      Origin origin) {
    this(account, region, principal, userId, tags, grants, door, origin, Optional.empty());
  }

  /** Somebody with roles and without tags, from nobody knows where. */
  public Caller(String account, String region, String principal, Set<Role> roles, Door door) {
    this(
        account,
        region,
        principal,
        derivedId(principal),
        Map.of(),
        ManagedPolicies.grants(roles),
        door,
        Origin.UNKNOWN);
  }

  /** ARN of the user or role whose policies decide: a role's session is not the role. */
  public String issuer() {
    return sessionOf.orElse(principal);
  }

  public boolean isRoleSession() {
    return !issuer().equals(principal);
  }

  /** The last part of an ARN; a person's user name as it is. */
  public String userName() {
    return principal.substring(principal.lastIndexOf('/') + 1);
  }

  /** Of somebody whom no id was drawn for: in the vendor's form, and the same every time. */
  public static String derivedId(String principal) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
      return "AIDA" + HexFormat.of().formatHex(digest).substring(0, 17).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

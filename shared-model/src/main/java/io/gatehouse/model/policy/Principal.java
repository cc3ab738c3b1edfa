package io.gatehouse.model.policy;

/**
 * Who makes a request.
 *
 * @param account 12 digits; empty for somebody whom nobody knows
 * @param arn as {@code arn:aws:iam::123456789012:user/ci}, of a session as {@code
 *     arn:aws:sts::123456789012:assumed-role/deploy/session}, or the name of a service; empty for
 *     somebody whom nobody knows
 * @param roleArn of a session the role's, as {@code arn:aws:iam::123456789012:role/deploy}; else
 *     empty
 */
public record Principal(String account, String arn, String roleArn) {

  public static final Principal ANONYMOUS = new Principal("", "");

  /** Somebody who is no role's session. */
  public Principal(String account, String arn) {
    this(account, arn, "");
  }

  /** Who has assumed a role: policies name the session itself, or the role with all sessions. */
  public static Principal session(String account, String arn, String roleArn) {
    return new Principal(account, arn, roleArn);
  }

  /** A service of the vendor's, which policies name by {@code Service}. */
  public static Principal service(String name) {
    return new Principal("", name);
  }
}

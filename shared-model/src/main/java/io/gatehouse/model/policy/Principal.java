package io.gatehouse.model.policy;

/**
 * Who makes a request.
 *
 * @param account 12 digits; empty for somebody whom nobody knows
 * @param arn as {@code arn:aws:iam::123456789012:user/ci}, or the name of a service; empty likewise
 */
public record Principal(String account, String arn) {

  public static final Principal ANONYMOUS = new Principal("", "");

  /** A service of the vendor's, which policies name by {@code Service}. */
  public static Principal service(String name) {
    return new Principal("", name);
  }
}

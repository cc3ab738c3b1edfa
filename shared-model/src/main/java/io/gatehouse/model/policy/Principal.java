package io.gatehouse.model.policy;

/**
 * Who makes a request.
 *
 * @param account 12 digits; empty for somebody whom nobody knows
 * @param arn as {@code arn:aws:iam::123456789012:user/ci}; empty likewise
 */
public record Principal(String account, String arn) {

  public static final Principal ANONYMOUS = new Principal("", "");
}

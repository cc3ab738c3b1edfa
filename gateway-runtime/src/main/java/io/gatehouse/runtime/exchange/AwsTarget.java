package io.gatehouse.runtime.exchange;

/**
 * Where an integration of type AWS goes: a service of the vendor's, or what speaks its protocol.
 *
 * @param account of the API
 * @param region as in the integration's ARN
 * @param service in the vendor's name, as {@code sqs}: what requests are signed for
 * @param subdomain before the service's name in the host; empty for none
 * @param role whose credentials sign; null for the account's default
 * @param timeoutMillis as {@link HttpTarget#timeoutMillis}
 */
public record AwsTarget(
    String account,
    String region,
    String service,
    String subdomain,
    String role,
    int timeoutMillis) {

  /** The same, with no longer a timeout than this. */
  public AwsTarget within(int mostMillis) {
    return timeoutMillis <= mostMillis
        ? this
        : new AwsTarget(account, region, service, subdomain, role, mostMillis);
  }
}

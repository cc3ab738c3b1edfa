package io.gatehouse.runtime.exchange;

/**
 * A Lambda function that an integration calls, wherever it runs.
 *
 * @param account of the API
 * @param functionArn with stage variables filled in, perhaps with a qualifier
 * @param role whose credentials invoke; null where the function's own policy has to allow it
 * @param timeoutMillis as {@link HttpTarget#timeoutMillis}
 */
public record LambdaTarget(
    String account, String region, String functionArn, String role, int timeoutMillis) {

  /** The same, with no longer a timeout than this. */
  public LambdaTarget within(int mostMillis) {
    return timeoutMillis <= mostMillis
        ? this
        : new LambdaTarget(account, region, functionArn, role, mostMillis);
  }
}

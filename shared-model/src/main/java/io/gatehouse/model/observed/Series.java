package io.gatehouse.model.observed;

/**
 * What is counted together: a stage, its canary, or one method of either.
 *
 * @param stageName the canary's is {@code prod/Canary}, as the vendor has it
 * @param httpMethod empty for all methods of the stage together
 * @param resourcePath empty likewise
 */
public record Series(
    String account, String apiId, String stageName, String httpMethod, String resourcePath) {

  public static Series ofStage(String account, String apiId, String stageName) {
    return new Series(account, apiId, stageName, "", "");
  }

  /** One method of this stage. */
  public Series method(String method, String path) {
    return new Series(account, apiId, stageName, method, path);
  }

  public boolean isOfMethod() {
    return !httpMethod.isEmpty();
  }
}

package io.gatehouse.runtime.exchange;

import java.util.Map;

/** Who calls, as the method's authorization has found out. */
public sealed interface Identity {

  /**
   * A user or role that signed the request.
   *
   * @param account the caller's, 12 digits; may be another than the API's
   * @param accessKeyId what the request was signed with
   * @param userId as {@code AIDA...}, or {@code AROA...:session} of an assumed role
   * @param arn as {@code arn:aws:iam::123456789012:user/ci}
   */
  record Signer(String account, String accessKeyId, String userId, String arn)
      implements Identity {}

  /**
   * Somebody whom a Lambda authorizer has let in.
   *
   * @param context what the authorizer's function told besides: texts, numbers and booleans
   * @param usageIdentifierKey the API key that the caller uses up; null for none
   * @param latencyMillis how long the function took, 0 when its answer was in the cache
   */
  record Authorized(
      String principalId,
      Map<String, Object> context,
      String usageIdentifierKey,
      long latencyMillis)
      implements Identity {}

  /**
   * The bearer of a user pool's token.
   *
   * @param claims as texts, as mappings see them
   */
  record Bearer(Map<String, String> claims) implements Identity {}
}

package io.gatehouse.runtime.exchange;

import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.List;

/** Whom a method asks about its callers, besides the resource policy. */
public sealed interface AuthorizerTarget {

  /**
   * A Lambda function that answers with a policy.
   *
   * @param id of the authorizer, as in its ARN
   * @param function whom to call, stage variables filled in
   * @param token whether it is of type TOKEN, else REQUEST
   * @param sources where the caller's identity is, in order; of TOKEN exactly one header
   * @param validation what the token has to match; null for no such check
   * @param ttlSeconds for how long an answer holds; 0 for the one request
   */
  record Function(
      String id,
      LambdaTarget function,
      boolean token,
      List<IdentitySource> sources,
      JavaPattern validation,
      int ttlSeconds)
      implements AuthorizerTarget {}

  /**
   * User pools whose tokens are taken.
   *
   * @param id of the authorizer
   * @param poolArns as {@code arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOLID}
   * @param header that carries the token
   * @param validation what the token's audience has to match; null for no such check
   * @param scopes of which an access token has to have one; empty where an ID token is wanted
   */
  record UserPools(
      String id, List<String> poolArns, String header, JavaPattern validation, List<String> scopes)
      implements AuthorizerTarget {}

  /**
   * One place of the caller's identity.
   *
   * @param name of the header, parameter, stage variable or context variable
   */
  record IdentitySource(Kind kind, String name) {

    /** Where. */
    public enum Kind {
      HEADER("method.request.header."),
      QUERY_STRING("method.request.querystring."),
      STAGE_VARIABLE("stageVariables."),
      CONTEXT("context.");

      private final String prefix;

      Kind(String prefix) {
        this.prefix = prefix;
      }

      /** Before the name in an authorizer's definition. */
      public String prefix() {
        return prefix;
      }
    }

    /** As in an authorizer's definition. */
    @Override
    public String toString() {
      return kind.prefix() + name;
    }
  }
}

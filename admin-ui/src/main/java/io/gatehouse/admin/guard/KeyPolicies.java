package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the policy of an access key may be. */
public final class KeyPolicies {

  /** A key that has no policy of its own is held to this one. */
  public static final String FULL_ACCESS =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": ["apigateway:*", "lambda:*"],
            "Resource": "*"
          }
        ]
      }""";

  /** The condition keys that {@link Permissions} knows of a request. */
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "aws:CurrentTime",
              "aws:EpochTime",
              "aws:PrincipalAccount",
              "aws:PrincipalArn",
              "aws:PrincipalType",
              "aws:RequestedRegion",
              "aws:SecureTransport",
              "aws:SourceIp",
              "aws:TagKeys",
              "aws:userid",
              "aws:username",
              "gatehouse:AccessLevel"));

  private static final Set<String> LOWER_CASE =
      KEYS.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());

  private static final Set<String> TAGS = Set.of("aws:requesttag/", "aws:principaltag/");

  private KeyPolicies() {}

  /**
   * A condition on something that is never known would refuse what was meant to be allowed, and
   * worse, would let through what was meant to be denied; so it is refused here.
   *
   * @throws ApiError bad request, with place and reason
   */
  public static Policy parse(String text) {
    Policy policy;
    try {
      policy = Policy.parse(text, Policy.Kind.IDENTITY);
    } catch (InvalidPolicy e) {
      throw invalid(e.getMessage());
    }
    for (String key : policy.keys()) {
      String known = key.toLowerCase(Locale.ROOT);
      if (!LOWER_CASE.contains(known) && TAGS.stream().noneMatch(known::startsWith)) {
        throw invalid(
            ("the condition key '%s' is not known of requests; known are %s, aws:RequestTag/..."
                    + " and aws:PrincipalTag/...")
                .formatted(key, String.join(", ", KEYS)));
      }
    }
    return policy;
  }

  private static ApiError invalid(String why) {
    return ApiError.badRequest("Invalid policy: " + why);
  }
}

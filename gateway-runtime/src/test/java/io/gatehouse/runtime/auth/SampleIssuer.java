package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;

/** An issuer with the keys {@code one} and {@code two}, and tokens that they sign. */
final class SampleIssuer {

  /** What it publishes. */
  static final String ONE =
      TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"sig\""));

  static final String BOTH =
      TestKeys.published(
          jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"sig\""),
          jwk("two", TestKeys.OTHER_RSA.getPublic()));
  static final String TWO = TestKeys.published(jwk("two", TestKeys.OTHER_RSA.getPublic()));

  private SampleIssuer() {}

  static String one(PoolNode node) {
    return TestClaims.id(node.now)
        .with("exp", node.now / 1000 + 200_000)
        .signed("one", TestKeys.RSA);
  }

  static String two(PoolNode node) {
    return TestClaims.id(node.now).signed("two", TestKeys.OTHER_RSA);
  }

  /** Once its keys are known. */
  static String taken(PoolNode node) {
    node.keys = ONE;
    String token = one(node);
    assertNull(node.call(token).reason());
    node.asked.clear();
    return token;
  }

  /** Where no issuer answers. */
  static PoolNode.Outcome silent(PoolNode node, String token) {
    node.keys = null;
    node.asked.clear();
    PoolNode.Outcome outcome = node.call(token);
    List.copyOf(node.asked).forEach(PoolNode.Question::fail);
    return outcome;
  }
}

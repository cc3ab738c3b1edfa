package io.gatehouse.runtime.golden;

import io.gatehouse.runtime.auth.TestClaims;
import io.gatehouse.runtime.auth.TestKeys;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a case, by name: each a good ID token in whose {@code header} and {@code claims}
 * some members are others. A claim {@code +60s} is the time in a minute, {@code absent} takes one
 * away, and {@code key} {@code other} signs with a key that nobody publishes.
 */
final class CaseTokens {

  /** What {@code <keys>} stands for. */
  static final String KEYS = TestKeys.published(TestKeys.jwk("key-1", TestKeys.RSA.getPublic()));

  private static final Pattern TOKEN = Pattern.compile("<token ([a-z-]+)>");
  private static final Pattern FROM_NOW = Pattern.compile("([+-]\\d+)s");

  private CaseTokens() {}

  /** With the tokens that {@code <token NAME>} stands for. */
  static String filled(String text, Map<String, Object> tokens, long now) {
    return TOKEN
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(token(map(tokens.get(m.group(1))), now)));
  }

  private static String token(Map<String, Object> changes, long now) {
    TestClaims claims = TestClaims.id(now);
    map(changes.get("claims")).forEach((name, value) -> change(claims, name, value, now));
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("kid", "key-1");
    header.putAll(map(changes.get("header")));
    KeyPair key = "other".equals(changes.get("key")) ? TestKeys.OTHER_RSA : TestKeys.RSA;
    return TestKeys.signed(
        "RS256", key.getPrivate(), Json.text(header, Budget.of(Long.MAX_VALUE)), claims.json());
  }

  private static void change(TestClaims claims, String name, Object value, long now) {
    Matcher fromNow = FROM_NOW.matcher(String.valueOf(value));
    if ("absent".equals(value)) {
      claims.without(name);
    } else if (fromNow.matches()) {
      claims.with(name, now / 1000 + Long.parseLong(fromNow.group(1)));
    } else {
      claims.with(name, value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}

package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.base64;

import io.gatehouse.runtime.exchange.Reason;
import java.security.KeyPair;

/** A header's values, and what they come to; null where the caller is let in. */
record TokenRow(String name, Reason reason, String... values) {

  static final long NOW = 1_796_000_000_000L;

  @Override
  public String toString() {
    return name;
  }

  static TestClaims id() {
    return TestClaims.id(NOW);
  }

  static TokenRow row(Reason reason, String name, String... values) {
    return new TokenRow(name, reason, values);
  }

  static TokenRow claiming(Reason reason, String name, TestClaims claims) {
    return row(reason, name, claims.signed("rsa", TestKeys.RSA));
  }

  /** Signed as {@code algorithm} says, whatever the header does. */
  static String token(String algorithm, KeyPair key, String header, String payload) {
    return TestKeys.signed(algorithm, key.getPrivate(), header, payload);
  }

  static TokenRow header(Reason reason, String name, String header) {
    return row(reason, name, token("RS256", TestKeys.RSA, header, id().json()));
  }

  static TokenRow payload(Reason reason, String name, String payload) {
    return row(
        reason, name, token("RS256", TestKeys.RSA, "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", payload));
  }

  static String part(String token, int part) {
    return token.split("\\.")[part];
  }

  static String with(String token, byte[] signature) {
    return part(token, 0) + "." + part(token, 1) + "." + base64(signature);
  }
}

package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;

/** The claims of a token, good at first, of which a test changes one. */
public final class TestClaims {

  public static final String ISSUER = "https://issuer.example/pool";
  public static final String CLIENT = "client-1";

  private final Map<String, Object> claims = new LinkedHashMap<>();

  private TestClaims() {}

  /**
   * Of an ID token as Cognito has it.
   *
   * @param now in milliseconds
   */
  public static TestClaims id(long now) {
    TestClaims token = new TestClaims();
    return token
        .with("iss", ISSUER)
        .with("sub", "5d4f")
        .with("aud", CLIENT)
        .with("token_use", "id")
        .with("iat", now / 1000 - 10)
        .with("exp", now / 1000 + 600);
  }

  /** Of an access token as Cognito has it. */
  public static TestClaims access(long now, String scope) {
    return id(now)
        .without("aud")
        .with("token_use", "access")
        .with("client_id", CLIENT)
        .with("scope", scope);
  }

  public TestClaims with(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  public TestClaims without(String name) {
    claims.remove(name);
    return this;
  }

  public String json() {
    return Json.text(claims, Budget.of(Long.MAX_VALUE));
  }

  /** Signed with RS256. */
  public String signed(String keyId, KeyPair key) {
    return signed("RS256", keyId, key);
  }

  public String signed(String algorithm, String keyId, KeyPair key) {
    String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, keyId);
    return TestKeys.signed(algorithm, key.getPrivate(), header, json());
  }
}

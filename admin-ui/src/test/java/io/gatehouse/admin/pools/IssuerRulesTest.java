package io.gatehouse.admin.pools;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerRulesTest {

  private final IssuerRules rules = new IssuerRules("127.0.0.1/32:9180");

  private void check(String issuer, String... others) {
    Map<String, String> tags = new HashMap<>(Map.of("gatehouse:issuer", issuer));
    for (int i = 0; i < others.length; i += 2) {
      tags.put(others[i], others[i + 1]);
    }
    rules.check(tags);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.com",
        "https://id.example.com:8443/realms/shop",
        "https://id.example.com/",
        "http://127.0.0.1:9180/realms/shop"
      })
  void anIssuerIsAnHttpsUrlOrOneThatTheOperatorLists(String url) {
    assertDoesNotThrow(() -> check(url));
    assertDoesNotThrow(() -> check("https://id.example.com", "gatehouse:keys-url", url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.example.com",
        "ftp://id.example.com",
        "http://id.example.com",
        "http://8.8.8.8/",
        "http://127.0.0.1:9181/realms/shop",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "https://user:pass@id.example.com/",
        "https://id.example.com/?a=b",
        "https://id.example.com/#a",
        "https://id.example.com/a b",
        "https://id.example.com:99999/",
        "https:///realms",
        "javascript:alert(1)",
        "file:///etc/passwd"
      })
  void otherUrlsAreRefusedByTheNameOfTheirTag(String url) {
    ApiError issuer = assertThrows(ApiError.class, () -> check(url));
    assertTrue(issuer.getMessage().startsWith("The tag gatehouse:issuer "), issuer.getMessage());
    if (!url.isBlank()) {
      ApiError keys =
          assertThrows(
              ApiError.class, () -> check("https://id.example.com", "gatehouse:keys-url", url));
      assertTrue(keys.getMessage().startsWith("The tag gatehouse:keys-url "), keys.getMessage());
    }
  }

  @Test
  void aRefusalDoesNotRepeatThePasswordInTheUrl() {
    ApiError refused =
        assertThrows(ApiError.class, () -> check("https://user:hunter2@id.example.com/"));
    assertFalse(refused.getMessage().contains("hunter2"));
  }

  @Test
  void aUrlLongerThanATagIsRefused() {
    assertThrows(ApiError.class, () -> check("https://id.example.com/" + "x".repeat(240)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "none", "RS256 none", "rs256", "EdDSA", "RS256,ES256"})
  void algorithmsAreThoseWithPublicKeys(String algorithms) {
    assertThrows(
        ApiError.class, () -> check("https://id.example.com", "gatehouse:algorithms", algorithms));
  }

  @Test
  void algorithmsAndClientsAreListedWithBlanks() {
    assertDoesNotThrow(
        () ->
            check(
                "https://id.example.com",
                "gatehouse:algorithms",
                " RS256  ES256 ",
                "gatehouse:clients",
                "a b"));
    assertThrows(
        ApiError.class,
        () -> check("https://id.example.com", "gatehouse:clients", "x".repeat(129)));
  }
}

package io.gatehouse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.door.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir private Path folder;

  private static Settings of(String... pairs) {
    Map<String, String> env = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return Settings.fromEnvironment(env);
  }

  @Test
  void withoutAWordTheLimitsAreTheVendors() {
    Settings settings = of();
    assertEquals(
        new Limits(10_485_760, 10_240, 10_000, 10_000, 30_000, 65_000, 1_000, true),
        settings.limits());
    assertEquals(29_000, settings.mostTimeoutMillis());
    assertEquals(Optional.of("x-gatehouse-reason"), settings.reasonHeader());
  }

  @Test
  void theLogGetsNoSecretAndNoCertificate() throws Exception {
    Path file = folder.resolve("authorities.pem");
    String pem = "-----BEGIN CERTIFICATE-----\nMIIBsecret\n-----END CERTIFICATE-----\n";
    Files.writeString(file, pem + pem);
    String key = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    String printed =
        of("GATEHOUSE_BACKEND_CA_FILE", file.toString(), "GATEHOUSE_NODE_KEY", key).toString();

    assertTrue(printed.contains("2 authorities besides the system's"), printed);
    assertTrue(printed.contains("a node key"), printed);
    assertFalse(printed.contains("MIIB"), printed);
    assertFalse(printed.contains(key), printed);
  }

  @Test
  void functionsNeedAClusterWhoseNameIsNotKnownToAll() {
    String refused =
        assertThrows(
                IllegalArgumentException.class, () -> of("GATEHOUSE_FUNCTIONS", "123456789012"))
            .getMessage();
    assertTrue(refused.contains("GATEHOUSE_CLUSTER_NAME must be set"), refused);
    Settings settings =
        of("GATEHOUSE_FUNCTIONS", "123456789012", "GATEHOUSE_CLUSTER_NAME", "c4d1e9");
    assertTrue(settings.functions().allows("123456789012"));
    assertFalse(settings.toString().contains("c4d1e9"), settings.toString());
  }

  @Test
  void theSignInServiceIsNamedAsTokensNameIt() {
    assertEquals(Optional.empty(), of("GATEHOUSE_KEYCLOAK_URL", "").keycloak());
    for (String good : List.of("http://127.0.0.1:9180", "https://id.example.com/auth")) {
      assertEquals(Optional.of(good), of("GATEHOUSE_KEYCLOAK_URL", good).keycloak());
    }
    for (String bad :
        List.of("id.example.com", "https://id.example.com/", "https://id/?a", "https://u@id")) {
      String refused =
          assertThrows(IllegalArgumentException.class, () -> of("GATEHOUSE_KEYCLOAK_URL", bad))
              .getMessage();
      assertTrue(refused.contains("must be a URL without a slash at its end"), refused);
    }
  }

  @Test
  void anEmptyWordIsNone() {
    assertEquals(of().limits(), of("GATEHOUSE_HTTP2", "", "GATEHOUSE_MAX_BODY_BYTES", "").limits());
    assertEquals(of().reasonHeader(), of("GATEHOUSE_REASON_HEADER", "").reasonHeader());
  }

  @Test
  void everyLimitCanBeRaised() {
    Settings settings =
        of(
            "GATEHOUSE_MAX_BODY_BYTES", "20971520",
            "GATEHOUSE_MAX_HEADER_BYTES", "65536",
            "GATEHOUSE_MAX_TIMEOUT_MS", "300000",
            "GATEHOUSE_HEADER_TIMEOUT_MS", "20000",
            "GATEHOUSE_BODY_TIMEOUT_MS", "30000",
            "GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS", "0",
            "GATEHOUSE_HTTP2", "false",
            "GATEHOUSE_REASON_HEADER", "off");
    assertEquals(
        new Limits(20_971_520, 65_536, 20_000, 30_000, 30_000, 330_000, 0, false),
        settings.limits());
    assertEquals(300_000, settings.mostTimeoutMillis());
    assertEquals(Optional.empty(), settings.reasonHeader());
  }

  @Test
  void timesHaveAUnit() {
    assertEquals(Duration.ofHours(24), of().issuerKeysMaxAge());
    for (Map.Entry<String, Duration> time :
        Map.of(
                "90s", Duration.ofSeconds(90),
                "30m", Duration.ofMinutes(30),
                "1h", Duration.ofHours(1),
                "2d", Duration.ofDays(2))
            .entrySet()) {
      assertEquals(
          time.getValue(), of("GATEHOUSE_ISSUER_KEYS_MAX_AGE", time.getKey()).issuerKeysMaxAge());
    }
    for (String none : new String[] {"0h", "24", "1 h", "-1h", "1w", "1h30m"}) {
      var e =
          assertThrows(
              IllegalArgumentException.class, () -> of("GATEHOUSE_ISSUER_KEYS_MAX_AGE", none));
      assertTrue(e.getMessage().contains("must be a time as 90s, 30m, 24h or 2d"), e.getMessage());
    }
  }

  @Test
  void whatIsNoLimitIsSaidByName() {
    for (String name :
        new String[] {
          "GATEHOUSE_MAX_BODY_BYTES",
          "GATEHOUSE_MAX_HEADER_BYTES",
          "GATEHOUSE_MAX_TIMEOUT_MS",
          "GATEHOUSE_HEADER_TIMEOUT_MS",
          "GATEHOUSE_BODY_TIMEOUT_MS",
          "GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS",
          "GATEHOUSE_HTTP2",
          "GATEHOUSE_ISSUER_KEYS_MAX_AGE",
          "GATEHOUSE_REASON_HEADER"
        }) {
      var e = assertThrows(IllegalArgumentException.class, () -> of(name, "a b"), name);
      assertTrue(e.getMessage().startsWith(name + " is a b and must be "), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> of("GATEHOUSE_MAX_HEADER_BYTES", "100"));
  }

  @Test
  void theCachesBytesAreANumberWithOrWithoutAUnit() {
    assertEquals(1000, cacheBytes("1000"));
    assertEquals(64 << 10, cacheBytes("64k"));
    assertEquals(16 << 20, cacheBytes("16M"));
    assertEquals(0, cacheBytes("0"));
    assertEquals(Runtime.getRuntime().maxMemory() / 4, cacheBytes(""));
  }

  private static long cacheBytes(String text) {
    return Settings.fromEnvironment(Map.of("GATEHOUSE_CACHE_BYTES", text)).cacheBytes();
  }

  @Test
  void nonsenseInThePlaceOfTheCachesBytesIsToldByName() {
    for (String nonsense : new String[] {"-1", "much", "1t", "1.5g", "9999g", "12345678901234"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> cacheBytes(nonsense), nonsense);
      assertTrue(e.getMessage().startsWith("GATEHOUSE_CACHE_BYTES is " + nonsense), e.getMessage());
    }
  }

  private static long logSpoolBytes(String text) {
    return Settings.fromEnvironment(Map.of("GATEHOUSE_LOG_SPOOL_BYTES", text)).logSpoolBytes();
  }

  @Test
  void logsHaveTheirShareOfTheDisk() {
    assertEquals(256L << 20, logSpoolBytes(""));
    assertEquals(2L << 30, logSpoolBytes("2g"));
    for (String nonsense : new String[] {"-1", "0", "1000", "much"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> logSpoolBytes(nonsense), nonsense);
      assertTrue(
          e.getMessage().startsWith("GATEHOUSE_LOG_SPOOL_BYTES is " + nonsense), e.getMessage());
    }
  }
}

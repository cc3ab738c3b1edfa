package io.gatehouse.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final Map<String, String> environment =
      new HashMap<>(Map.of("GATEHOUSE_MASTER_KEY", KEY, "GATEHOUSE_NODE_KEY", KEY));

  @Test
  void everythingButTheKeysHasADefault() {
    Settings settings = Settings.of(environment);

    assertEquals("us-east-1", settings.region());
    assertEquals(new Addresses(List.of("127.0.0.1:5701", "127.0.0.1:5702")), settings.discovery());
    assertEquals(Duration.ofSeconds(1), settings.publishWait());
    assertEquals(Duration.ofSeconds(29), settings.longestTimeout());
    assertTrue(settings.demo().isEmpty());
  }

  @Test
  void listsAreSplit() {
    environment.put("GATEHOUSE_CLUSTER_MEMBERS", "a:1, b:2");
    environment.put("GATEHOUSE_GATEWAY_URLS", " http://a  http://b ");

    assertEquals(new Addresses(List.of("a:1", "b:2")), Settings.of(environment).discovery());
    assertEquals(List.of("http://a", "http://b"), Settings.of(environment).gatewayUrls());
  }

  @Test
  void integrationsMayBeGivenMoreTime() {
    environment.put("GATEHOUSE_MAX_TIMEOUT_MS", "900000");

    assertEquals(Duration.ofMinutes(15), Settings.of(environment).longestTimeout());
  }

  @Test
  void noSecretIsPrinted() {
    environment.put("GATEHOUSE_DEMO_ACCOUNT", "123456789012");
    environment.put("GATEHOUSE_DEMO_ACCESS_KEY_ID", "AKIADEMO");
    environment.put("GATEHOUSE_DEMO_SECRET_ACCESS_KEY", "demo-secret");
    environment.put("GATEHOUSE_KEYCLOAK_CLIENT_SECRET", "client-secret");
    environment.put("GATEHOUSE_KEYCLOAK_ADMIN_SECRET", "admin-secret");

    environment.put("GATEHOUSE_AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324");

    Settings settings = Settings.of(environment);
    String printed = settings + " " + settings.keycloak() + settings.demo();

    assertTrue(printed.contains("123456789012"), printed);
    assertTrue(printed.contains("sqs=http://127.0.0.1:9324"), printed);
    assertTrue(printed.contains("0 authorities besides the system's"), printed);
    for (String secret : List.of("demo-secret", "client-secret", "admin-secret", KEY)) {
      assertFalse(printed.contains(secret), printed);
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    assertRefused("GATEHOUSE_MASTER_KEY", "c2hvcnQ=", "32 random bytes");
    assertRefused("GATEHOUSE_MASTER_KEY", "no base64!", "32 random bytes");
    assertRefused("GATEHOUSE_NODE_KEY", "c2hvcnQ=", "32 random bytes");
    assertRefused("GATEHOUSE_PUBLISH_WAIT_MS", "soon", "'soon'");
    assertRefused("GATEHOUSE_PUBLISH_WAIT_MS", "-1", "'-1'");
    assertRefused("GATEHOUSE_MAX_TIMEOUT_MS", "900001", "from 50 to 900000");
    assertRefused("GATEHOUSE_MAX_TIMEOUT_MS", "49", "from 50 to 900000");
    assertRefused("GATEHOUSE_CLUSTER_DISCOVERY", "zookeeper", "tcp, kubernetes or multicast");
    assertRefused("GATEHOUSE_CLUSTER_DISCOVERY", "multicast", "must name at least one node");
    assertRefused("GATEHOUSE_DEMO_ACCOUNT", "12", "12 digits");
    assertRefused("GATEHOUSE_DEMO_ACCOUNT", "123456789012", "GATEHOUSE_DEMO_ACCESS_KEY_ID");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of()))
            .getMessage()
            .startsWith("GATEHOUSE_MASTER_KEY is not set"));
  }

  private void assertRefused(String name, String value, String because) {
    Map<String, String> wrong = new HashMap<>(environment);
    wrong.put(name, value);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Settings.of(wrong)).getMessage();
    assertTrue(message.contains(name) || message.contains(because), message);
    assertTrue(message.contains(because), message);
  }
}

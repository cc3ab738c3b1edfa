package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkSettingsTest {

  @TempDir private Path folder;

  @Test
  void withNothingSetTheControlPlaneGetsThemAlone() {
    assertEquals(
        new SinkSettings(true, Optional.empty(), Optional.empty(), Optional.empty()),
        SinkSettings.fromEnvironment(Map.of()));
  }

  @Test
  void eachSinkHasVariablesOfItsOwnAndTheStoreCanBeOff() throws Exception {
    Path properties = Files.writeString(folder.resolve("kafka"), "security.protocol=PLAINTEXT\n");
    SinkSettings all =
        SinkSettings.fromEnvironment(
            Map.of(
                "GATEHOUSE_LOG_STORE", "false",
                "GATEHOUSE_LOG_KAFKA_SERVERS", "127.0.0.1:9092, [::1]:9093",
                "GATEHOUSE_LOG_KAFKA_TOPIC", "requests",
                "GATEHOUSE_LOG_KAFKA_PROPERTIES", properties.toString(),
                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://collector:4318/v1/logs",
                "OTEL_EXPORTER_OTLP_HEADERS", "api-key=secret%20one",
                "GATEHOUSE_LOG_FILES", "/var/log/gatehouse",
                "GATEHOUSE_LOG_FILES_BYTES", "1g",
                "GATEHOUSE_LOG_FILES_COUNT", "3"));
    assertFalse(all.store());
    assertEquals(
        new KafkaTopic(
            "127.0.0.1:9092,[::1]:9093", "requests", Map.of("security.protocol", "PLAINTEXT")),
        all.kafka().orElseThrow());
    assertEquals(
        new LogCollector("http://collector:4318/v1/logs", Map.of("api-key", "secret one")),
        all.collector().orElseThrow());
    assertEquals(
        new LogFiles(Path.of("/var/log/gatehouse"), 1L << 30, 3), all.files().orElseThrow());
    assertFalse(all.toString().contains("secret"), all.toString());
  }

  private static void assertRefused(String sentence, String... namesAndValues) {
    Map<String, String> env = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      env.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    String told =
        assertThrows(IllegalArgumentException.class, () -> SinkSettings.fromEnvironment(env))
            .getMessage();
    assertTrue(told.startsWith(sentence), told);
  }

  @Test
  void whatIsWrongIsToldByItsName() {
    assertRefused("GATEHOUSE_LOG_STORE is no and", "GATEHOUSE_LOG_STORE", "no");
    assertRefused("GATEHOUSE_LOG_STORE is false, and no sink", "GATEHOUSE_LOG_STORE", "false");
    String servers = "GATEHOUSE_LOG_KAFKA_SERVERS";
    assertRefused(servers + " is kafka and", servers, "kafka");
    assertRefused(
        "GATEHOUSE_LOG_KAFKA_TOPIC is a b", servers, "h:1", "GATEHOUSE_LOG_KAFKA_TOPIC", "a b");
    assertRefused(
        "GATEHOUSE_LOG_KAFKA_PROPERTIES is /none",
        servers,
        "h:1",
        "GATEHOUSE_LOG_KAFKA_PROPERTIES",
        "/none");
    String endpoint = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    assertRefused(endpoint + " is collector:4317", endpoint, "collector:4317");
    assertRefused(
        "OTEL_EXPORTER_OTLP_LOGS_HEADERS must",
        endpoint,
        "http://c:1/v1/logs",
        "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
        "x");
    String files = "GATEHOUSE_LOG_FILES";
    assertRefused(files + " is logs and must be an absolute", files, "logs");
    assertRefused(files + "_BYTES is 1k", files, "/l", files + "_BYTES", "1k");
    assertRefused(files + "_COUNT is 0", files, "/l", files + "_COUNT", "0");
  }

  @Test
  void aNodeStartsAlsoWhileTheBrokersNamesDoNotResolve() {
    assertTrue(
        SinkSettings.fromEnvironment(Map.of("GATEHOUSE_LOG_KAFKA_SERVERS", "nobody.invalid:9092"))
            .kafka()
            .isPresent());
  }

  @Test
  void propertiesThatKafkaDoesNotKnowTheMeaningOfStopTheNode() throws Exception {
    Path properties = Files.writeString(folder.resolve("kafka"), "security.protocol=NONE\n");
    assertRefused(
        "GATEHOUSE_LOG_KAFKA_PROPERTIES:",
        "GATEHOUSE_LOG_KAFKA_SERVERS",
        "127.0.0.1:9092",
        "GATEHOUSE_LOG_KAFKA_PROPERTIES",
        properties.toString());
  }
}

package io.gatehouse.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceCollectorTest {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

  @Test
  void noCollectorIsNamed() {
    assertTrue(TraceCollector.fromEnvironment(Map.of()).isEmpty());
    assertTrue(TraceCollector.fromEnvironment(Map.of(ENDPOINT, " ")).isEmpty());
  }

  @Test
  void aCollectorAndTheKeyThatItWants() {
    TraceCollector collector =
        TraceCollector.fromEnvironment(
                Map.of(ENDPOINT, "http://collector:4318/", HEADERS, "api-key=a%20b, x = y=z"))
            .orElseThrow();
    assertEquals("http://collector:4318", collector.endpoint());
    assertEquals(Map.of("api-key", "a b", "x", "y=z"), collector.headers());
    assertFalse(collector.toString().contains("a b"));
  }

  @Test
  void whatIsNoAddressOrNoListIsRefusedByName() {
    for (Map<String, String> wrong :
        List.of(
            Map.of(ENDPOINT, "collector:4318"),
            Map.of(ENDPOINT, "grpc://collector"),
            Map.of(ENDPOINT, "http://c:1", HEADERS, "key"))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> TraceCollector.fromEnvironment(wrong));
      assertTrue(refused.getMessage().contains("OTEL_EXPORTER_OTLP_"), refused.getMessage());
    }
  }
}

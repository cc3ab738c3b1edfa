package io.gatehouse.model.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;

class RedactTagTest {

  private static List<String> names(String tag) {
    return RedactTag.names(Stage.builder().tags(Map.of("gatehouse:redact", tag)).build());
  }

  @Test
  void namesStandWithCommasOrBlanksBetweenThem() {
    assertEquals(List.of("iban", "x-tenant", "ssn"), names("iban, x-tenant ssn,,iban "));
    assertEquals(List.of(), names(" , "));
    assertEquals(List.of(), RedactTag.names(Stage.builder().build()));
  }
}

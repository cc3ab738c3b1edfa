package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClientContextTest {

  private static String json(String document) {
    return ClientContext.json(
        Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theDocumentBecomesAHeader() {
    assertEquals("", ClientContext.json(""));
    assertEquals("{\"custom\":{\"a\":\"1\"}}", json("{\"custom\":{\"a\":\"1\"}}"));
  }

  @Test
  void noHeaderCanBeSmuggledIn() {
    assertEquals("{  \"a\":\"\\u00e9\\u20ac\"}", json("{\r\n\"a\":\"\u00e9\u20ac\"}"));
  }

  @Test
  void whatIsNoJsonInBase64IsRefused() {
    assertThrows(Refused.class, () -> ClientContext.json("{}"));
    assertThrows(Refused.class, () -> json("{\"a\":\"\r\nX-B: c\"}"));
    assertThrows(Refused.class, () -> json("nonsense"));
    assertThrows(Refused.class, () -> json("\"" + "a".repeat(4000) + "\""));
  }
}

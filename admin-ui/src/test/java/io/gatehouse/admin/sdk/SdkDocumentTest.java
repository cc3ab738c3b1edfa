package io.gatehouse.admin.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SdkDocumentTest {

  private final JsonObject cleaned = SdkDocument.of(HostileApi.document(), "http://gw/x");

  @Test
  void nothingIsLeftThatCouldEndAStringOrACommentOrLeadAway() {
    String text = cleaned.toString();

    assertFalse(text.contains(HostileApi.MARK + "("), text);
    assertFalse(
        Pattern.compile("\\*/|\\\\|'|`|#\\{|\\$\\{|<%|169\\.254|file:|\\.\\./")
            .matcher(text)
            .find(),
        text);
    assertEquals("http://gw/x", at("/servers/0/url"));
    assertEquals("it’s / end pwned pwned % x %", at("/info/description"));
  }

  @Test
  void whatAClientNeedsIsKept() {
    assertEquals(Set.of("/pets/{id}"), cleaned.getJsonObject("paths").keySet());
    JsonObject methods = (JsonObject) cleaned.getValue("/paths/~1pets~1{id}");
    assertEquals(Set.of("get", "put", "post", "delete", "patch"), methods.keySet());
    assertEquals(1, ((JsonObject) methods.getValue("/get")).getJsonArray("parameters").size());
    assertEquals(
        "#/components/schemas/Pet",
        at("/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema/$ref"));
    JsonObject properties = (JsonObject) cleaned.getValue("/components/schemas/Pet/properties");
    assertEquals(Set.of("name", "x-kind", "bad", "other"), properties.keySet());
    assertEquals("{\"type\":\"string\"}", properties.get("bad").toString());
    assertEquals("{}", properties.get("other").toString());
    assertEquals("[\"cat\",\"dog\"]", properties.getJsonObject("x-kind").get("enum").toString());
  }

  private String at(String pointer) {
    return ((jakarta.json.JsonString) cleaned.getValue(pointer)).getString();
  }
}

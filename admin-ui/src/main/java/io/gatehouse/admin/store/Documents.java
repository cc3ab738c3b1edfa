package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import java.io.StringReader;

/** Documents as the text that a column holds. */
final class Documents {

  private Documents() {}

  static String text(JsonObject json) {
    return json.toString();
  }

  static JsonObject json(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}

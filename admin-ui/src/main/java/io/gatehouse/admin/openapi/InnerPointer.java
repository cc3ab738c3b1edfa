package io.gatehouse.admin.openapi;

import io.gatehouse.admin.openapi.SchemaKeywords.Below;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** A reference inside of one model, which must follow its keywords where they are renamed. */
final class InnerPointer {

  private final Expressible expressible;

  InnerPointer(Expressible expressible) {
    this.expressible = expressible;
  }

  /**
   * @param pointer into the schema, empty or as {@code /definitions/a}
   * @return into the exported schema, empty when it leads nowhere
   */
  Optional<String> translated(String pointer, JsonValue schema) {
    StringBuilder out = new StringBuilder();
    JsonValue at = schema;
    Below below = Below.SCHEMA;
    for (String segment : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String name = segment.replace("~1", "/").replace("~0", "~");
      JsonValue next = step(at, name);
      if (next == null) {
        return Optional.empty();
      }
      boolean keyword = below == Below.SCHEMA && at instanceof JsonObject;
      String written = keyword ? expressible.name(name, next) : name;
      out.append('/').append(written.replace("~", "~0").replace("/", "~1"));
      below = keyword ? SchemaKeywords.below(name) : Below.SCHEMA;
      at = next;
    }
    return Optional.of(out.toString());
  }

  private static JsonValue step(JsonValue value, String segment) {
    if (value instanceof JsonObject object) {
      return object.get(segment);
    }
    if (value instanceof JsonArray array && segment.matches("[0-9]{1,6}")) {
      int index = Integer.parseInt(segment);
      return index < array.size() ? array.get(index) : null;
    }
    return null;
  }
}

package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Iterator;
import java.util.Map;

/**
 * The sample mapping template of a schema: every member with a value of its type, and a loop for
 * every list. Imitates what GetModelTemplate and the vendor's console generate.
 */
final class ModelTemplate {

  private static final int DEEPEST = 16;
  private static final int MOST_CHARACTERS = 400 << 10;

  private final JsonObject root;
  private final StringBuilder out = new StringBuilder("#set($inputRoot = $input.path('$'))\n");

  private ModelTemplate(JsonObject root) {
    this.root = root;
  }

  /**
   * @param schema standing alone; any text that is no JSON object describes nothing
   */
  static String of(String schema) {
    JsonObject root = JsonText.spelled(schema).orElse(JsonValue.EMPTY_JSON_OBJECT);
    ModelTemplate template = new ModelTemplate(root);
    template.write(root, 0);
    return template.out.toString();
  }

  private void write(JsonObject schema, int depth) {
    JsonObject target = resolved(schema, 0);
    boolean tooMuch = depth > DEEPEST || out.length() > MOST_CHARACTERS;
    switch (tooMuch ? "" : type(target)) {
      case "object" -> object(target, depth);
      case "array" -> array(target, depth);
      case "integer", "number" -> out.append("42");
      case "boolean" -> out.append("true");
      case "string" -> out.append("\"foo\"");
      case "null" -> out.append("null");
      default -> out.append("{ }");
    }
  }

  private void object(JsonObject schema, int depth) {
    JsonObject properties = member(schema, "properties");
    if (properties.isEmpty()) {
      out.append("{ }");
      return;
    }
    out.append("{\n");
    Iterator<Map.Entry<String, JsonValue>> members = properties.entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, JsonValue> member = members.next();
      indent(depth + 1).append(JSON.createValue(member.getKey())).append(" : ");
      write(schemaOf(member.getValue()), depth + 1);
      out.append(members.hasNext() ? ",\n" : "\n");
    }
    indent(depth).append('}');
  }

  private void array(JsonObject schema, int depth) {
    out.append("[\n")
        .append("##TODO: Update this foreach loop to reference array from input json\n")
        .append("#foreach($elem in $inputRoot)\n");
    indent(depth + 1);
    write(items(schema), depth + 1);
    out.append("#if($foreach.hasNext),#end\n\n#end\n");
    indent(depth).append(']');
  }

  /** A chain of references that does not end describes nothing. */
  private JsonObject resolved(JsonObject schema, int hops) {
    if (!(schema.get("$ref") instanceof JsonString ref) || !ref.getString().startsWith("#")) {
      return schema;
    }
    if (hops == DEEPEST) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      return resolved(
          schemaOf(JSON.createPointer(ref.getString().substring(1)).getValue(root)), hops + 1);
    } catch (JsonException | IllegalArgumentException leadsNowhere) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  private static String type(JsonObject schema) {
    JsonValue type = schema.get("type");
    if (type instanceof JsonArray several && !several.isEmpty()) {
      type = several.getFirst();
    }
    if (type instanceof JsonString name) {
      return name.getString();
    }
    return schema.containsKey("items") ? "array" : "object";
  }

  private static JsonObject items(JsonObject schema) {
    JsonValue items = schema.get("items");
    return schemaOf(items instanceof JsonArray list && !list.isEmpty() ? list.getFirst() : items);
  }

  private static JsonObject member(JsonObject schema, String name) {
    return schemaOf(schema.get(name));
  }

  private static JsonObject schemaOf(JsonValue value) {
    return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private StringBuilder indent(int depth) {
    return out.append("  ".repeat(depth));
  }
}

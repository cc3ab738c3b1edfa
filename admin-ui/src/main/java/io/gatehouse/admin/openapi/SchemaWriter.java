package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.definition.ApiDefinition;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.Model;

/**
 * Models as schemas of a document. What a document may not say goes as an extension that {@link
 * SchemaReader} reads back, so that exports are valid and lose nothing.
 */
final class SchemaWriter {

  private static final Pattern MODEL =
      Pattern.compile("https://apigateway\\.amazonaws\\.com/restapis/[^/]+/models/([^/#]+)");

  /** They tell of the schema as a file of its own, which it is not in a document. */
  private static final Set<String> LEFT_OUT = Set.of("$schema", "id", "$id");

  private final ApiDefinition api;
  private final Dialect dialect;
  private final Expressible expressible;

  SchemaWriter(ApiDefinition api, Dialect dialect) {
    this.api = api;
    this.dialect = dialect;
    this.expressible = new Expressible(dialect);
  }

  JsonObject write(Model model) {
    return parsed(model.schema()) instanceof JsonObject schema
        ? schema(schema, model.name())
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  private JsonObject schema(JsonObject in, String model) {
    if (in.get("$ref") instanceof JsonString ref) {
      return pointer(ref.getString(), model)
          .map(ObjectWriter::ref)
          .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
    ObjectWriter out = new ObjectWriter();
    in.forEach(
        (keyword, value) -> {
          if (keyword.equals("type") && value instanceof JsonArray types) {
            types(types, out);
          } else if (!LEFT_OUT.contains(keyword)) {
            out.add(expressible.name(keyword, value), below(keyword, value, model));
          }
        });
    boolean array = in.get("type") instanceof JsonString type && type.getString().equals("array");
    if (array && !(in.get("items") instanceof JsonObject)) {
      // documents must say what an array holds
      out.add("items", JsonValue.EMPTY_JSON_OBJECT);
    }
    return out.done();
  }

  /** Documents know one type, which may be null besides. */
  private void types(JsonArray types, ObjectWriter out) {
    JsonValue none = JSON.createValue("null");
    List<JsonValue> others = types.stream().filter(type -> !type.equals(none)).toList();
    if (others.size() == 1 && expressible.test("type", others.getFirst())) {
      out.add("type", others.getFirst());
      if (types.size() > 1) {
        out.add(dialect == Dialect.SWAGGER_2 ? "x-nullable" : "nullable", true);
      }
    } else {
      out.add(SchemaKeywords.AS_EXTENSION + "type", types);
    }
  }

  private JsonValue below(String keyword, JsonValue value, String model) {
    return switch (SchemaKeywords.below(keyword)) {
      case SCHEMAS_BY_NAME -> value instanceof JsonObject map ? byName(map, model) : value;
      case LIST_OF_SCHEMAS, SCHEMA -> any(value, model);
      case NO_SCHEMA -> value;
    };
  }

  private JsonValue any(JsonValue value, String model) {
    if (value instanceof JsonObject one) {
      return schema(one, model);
    }
    if (value instanceof JsonArray list) {
      JsonArrayBuilder out = JSON.createArrayBuilder();
      list.forEach(item -> out.add(item instanceof JsonObject one ? schema(one, model) : item));
      return out.build();
    }
    return value;
  }

  private JsonObject byName(JsonObject map, String model) {
    ObjectWriter out = new ObjectWriter();
    map.forEach(
        (name, value) ->
            out.add(name, value instanceof JsonObject one ? schema(one, model) : value));
    return out.done();
  }

  /** Empty when the reference leads nowhere, or out of the API. */
  private Optional<String> pointer(String ref, String model) {
    Matcher named = MODEL.matcher(ref);
    if (named.matches()) {
      return Optional.of(named.group(1))
          .filter(api.models()::containsKey)
          .map(name -> "#" + dialect.schemas() + "/" + name);
    }
    if (!ref.equals("#") && !ref.startsWith("#/")) {
      return Optional.empty();
    }
    return new InnerPointer(expressible)
        .translated(ref.substring(1), parsed(api.models().get(model).schema()))
        .map(inner -> "#" + dialect.schemas() + "/" + model + inner);
  }

  private static JsonValue parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text == null ? "" : text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JsonValue.NULL;
    }
  }
}

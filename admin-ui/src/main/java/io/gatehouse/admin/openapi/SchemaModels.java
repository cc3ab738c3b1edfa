package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.snapshot.SnapshotCodec;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Model;

/**
 * Schemas of the document as models. Schemas refer to each other by the models' addresses, so
 * circles among them are no trouble; a schema that stands where it is used becomes a model of its
 * own, named by its content.
 */
final class SchemaModels {

  private static final String MODELS = "https://apigateway.amazonaws.com/restapis/%s/models/%s";
  private static final JsonWriterFactory PRETTY =
      JSON.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private static final Set<String> SCHEMA_MAPS =
      Set.of("properties", "patternProperties", "definitions", "$defs");
  private static final Set<String> SCHEMA_LISTS = Set.of("allOf", "anyOf", "oneOf");
  private static final Set<String> SCHEMAS =
      Set.of("items", "additionalItems", "additionalProperties", "not");
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "discriminator",
          "example",
          "examples",
          "externalDocs",
          "xml",
          "readOnly",
          "writeOnly",
          "deprecated",
          "nullable");

  private record Pending(String name, Node schema) {}

  private final Source source;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  SchemaModels(Source source) {
    this.source = source;
  }

  /** Makes a model of every schema that has a name in the document. */
  void readNamed() {
    Node node = source.root();
    for (String part : source.dialect().schemas().substring(1).split("/")) {
      if (!node.has(part)) {
        return;
      }
      node = node.object(part).orElseThrow();
    }
    Map<String, Node> schemas = node.members();
    schemas.forEach(this::reserve);
    schemas.values().forEach(schema -> pending.add(new Pending(nameAt(schema), schema)));
    readPending();
  }

  /** The model for a schema in use: the one it refers to, or one made for it. */
  String nameFor(Node schema) {
    String name;
    if (schema.has("$ref")) {
      schema.follow();
      name = referred(schema, schema.text("$ref").orElse(""));
    } else {
      name = inline(schema);
    }
    readPending();
    return name;
  }

  Map<String, Model> models() {
    return models;
  }

  private void readPending() {
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      if (!models.containsKey(next.name())) {
        source
            .report()
            .attempt(
                "Unable to create model '" + next.name() + "'",
                () -> models.put(next.name(), model(next)));
      }
    }
  }

  private Model model(Pending next) {
    if (next.schema().has("$ref")) {
      next.schema().follow();
    }
    JsonObject schema = convert(next.schema());
    source.report().kept(next.schema().pointer(), "Model " + next.name());
    return Model.builder()
        .id(source.id(source.former().models(), next.name(), Model::id))
        .name(next.name())
        .description(schema.getString("description", null))
        .contentType("application/json")
        .schema(pretty(schema))
        .build();
  }

  private void reserve(String name, Node schema) {
    String letters = name.replaceAll("[^a-zA-Z0-9]", "");
    String wanted = unused(letters.isEmpty() ? "Model" : letters);
    names.put(schema.pointer(), wanted);
    if (!wanted.equals(name)) {
      source
          .report()
          .converted(schema.pointer(), "Model names are alphanumeric, so it is called " + wanted);
    }
  }

  private String unused(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name = wanted + copies.merge(wanted, 1, Integer::sum);
    }
    return name;
  }

  private String nameAt(Node schema) {
    return names.get(schema.pointer());
  }

  private String inline(Node schema) {
    JsonObject converted = convert(schema);
    String hash = SnapshotCodec.sha256(converted.toString().getBytes(UTF_8));
    String name = "MODEL" + hash.substring(0, 12).toUpperCase(Locale.ROOT);
    source
        .report()
        .converted(schema.pointer(), "A schema in place became a model of its own: " + name);
    pending.add(new Pending(name, schema));
    return name;
  }

  /** A reference may also lead into the middle of another schema. */
  private String referred(Node at, String ref) {
    Node target = at.at(ref);
    String name = names.get(target.pointer());
    if (name == null) {
      reserve("Model" + target.pointer().replace(source.dialect().schemas(), ""), target);
      name = nameAt(target);
      pending.add(new Pending(name, target));
    }
    return name;
  }

  private JsonObject convert(Node schema) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    if (schema.has("$ref")) {
      String name = referred(schema, schema.text("$ref").orElse(""));
      return out.add("$ref", MODELS.formatted(source.apiId(), name)).build();
    }
    schema
        .json()
        .forEach(
            (keyword, value) -> {
              if (UNSUPPORTED.contains(keyword) || keyword.startsWith("x-")) {
                schema.ignore("Models know no " + keyword, keyword);
              } else {
                out.add(keyword, keyword(schema, keyword, value));
              }
            });
    return out.build();
  }

  private JsonValue keyword(Node schema, String keyword, JsonValue value) {
    if (SCHEMA_MAPS.contains(keyword) && value instanceof JsonObject) {
      JsonObjectBuilder out = JSON.createObjectBuilder();
      Node map = schema.object(keyword).orElseThrow();
      map.json()
          .forEach(
              (name, member) ->
                  out.add(
                      name,
                      member instanceof JsonObject
                          ? convert(map.object(name).orElseThrow())
                          : member));
      return out.build();
    }
    boolean list = SCHEMA_LISTS.contains(keyword) || keyword.equals("items");
    if (list && value instanceof JsonArray) {
      JsonArrayBuilder out = JSON.createArrayBuilder();
      schema.objects(keyword).forEach(item -> out.add(convert(item)));
      return out.build();
    }
    if (SCHEMAS.contains(keyword) && value instanceof JsonObject) {
      return convert(schema.object(keyword).orElseThrow());
    }
    return value;
  }

  private static String pretty(JsonObject schema) {
    StringWriter text = new StringWriter();
    try (var writer = PRETTY.createWriter(text)) {
      writer.writeObject(schema);
    }
    return text.toString().strip();
  }
}

package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Model;

/**
 * A schema that stands alone: the models it refers to are put in the places of the references.
 * Where that would not end, or would grow without measure, a model is put once among the {@code
 * definitions} of the schema and referred to there.
 */
final class FlatSchema {

  /** Models within models that are put in place; deeper ones become definitions. */
  private static final int DEEPEST = 16;

  /** Of models that are put in place, each counted as often as it is. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private final ApiDefinition api;
  private final String rootName;
  private final JsonObject root;
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private int characters;

  private FlatSchema(ApiDefinition api, String rootName, JsonObject root) {
    this.api = api;
    this.rootName = rootName;
    this.root = root;
  }

  /** Empty, when the model's schema is not JSON. */
  static Optional<String> of(ApiDefinition api, Model model) {
    return ModelSchema.of(model)
        .map(schema -> JsonText.pretty(new FlatSchema(api, model.name(), schema).flat()));
  }

  private JsonObject flat() {
    JsonObject body = rewritten(root, rootName, true).asJsonObject();
    JsonObjectBuilder definitions =
        body.get("definitions") instanceof JsonObject own
            ? JSON.createObjectBuilder(own)
            : JSON.createObjectBuilder();
    Set<String> done = new HashSet<>();
    while (done.size() < keys.size()) {
      // Writing one may ask for more of them.
      for (Map.Entry<String, String> key : List.copyOf(keys.entrySet())) {
        if (done.add(key.getKey())) {
          definitions.add(key.getValue(), rewritten(schema(key.getKey()), key.getKey(), false));
        }
      }
    }
    return keys.isEmpty()
        ? body
        : JSON.createObjectBuilder(body).add("definitions", definitions).build();
  }

  /**
   * @param home the model that the value comes from, which its local references are about
   */
  private JsonValue rewritten(JsonValue value, String home, boolean inPlace) {
    if (value instanceof JsonObject object) {
      if (object.get("$ref") instanceof JsonString ref) {
        return referred(ref.getString(), home, inPlace);
      }
      JsonObjectBuilder out = JSON.createObjectBuilder();
      object.forEach((name, member) -> out.add(name, rewritten(member, home, inPlace)));
      return out.build();
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder out = JSON.createArrayBuilder();
      array.forEach(item -> out.add(rewritten(item, home, inPlace)));
      return out.build();
    }
    return value;
  }

  private JsonValue referred(String ref, String home, boolean inPlace) {
    if (ref.startsWith("#")) {
      return reference(home.equals(rootName) ? ref : definition(home) + ref.substring(1));
    }
    Optional<String> name = ModelSchema.modelAt(api, ref).filter(api.models()::containsKey);
    if (name.isEmpty()) {
      return reference(ref);
    }
    String model = name.get();
    if (model.equals(rootName)) {
      return reference("#");
    }
    int length = api.models().get(model).schema().length();
    boolean fits =
        characters + length <= MOST_CHARACTERS && open.size() < DEEPEST && !open.contains(model);
    if (!inPlace || !fits) {
      return reference(definition(model));
    }
    characters += length;
    open.push(model);
    JsonValue schema = rewritten(schema(model), model, true);
    open.pop();
    return schema;
  }

  private JsonObject schema(String model) {
    return ModelSchema.of(api.models().get(model)).orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Where the model stands among the definitions, under a name that the root does not use. */
  private String definition(String model) {
    return "#/definitions/" + keys.computeIfAbsent(model, this::unusedKey);
  }

  private String unusedKey(String model) {
    String key = model;
    while (root.get("definitions") instanceof JsonObject own && own.containsKey(key)) {
      key = key + "Model";
    }
    return key;
  }

  private static JsonObject reference(String to) {
    return JSON.createObjectBuilder().add("$ref", to).build();
  }
}

package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
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

  private record Pending(String name, Node schema) {}

  private final Source source;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final SchemaReader schemas;

  SchemaModels(Source source) {
    this.source = source;
    this.schemas =
        new SchemaReader(
            source.report(), (at, ref) -> MODELS.formatted(source.apiId(), referred(at, ref)));
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
    Map<String, Node> named = node.members();
    named.forEach(this::reserve);
    named.values().forEach(schema -> pending.add(new Pending(nameAt(schema), schema)));
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
    JsonObject schema = schemas.read(next.schema());
    source.report().kept(next.schema().pointer(), "Model " + next.name());
    return Model.builder()
        .id(source.id(source.former().models(), next.name(), Model::id))
        .name(next.name())
        .description(schema.getString("description", null))
        .contentType("application/json")
        .schema(JsonText.pretty(schema))
        .build();
  }

  private void reserve(String name, Node schema) {
    String wanted = unused(letters(name));
    names.put(schema.pointer(), wanted);
    if (!wanted.equals(name)) {
      source
          .report()
          .converted(schema.pointer(), "Model names are alphanumeric, so it is called " + wanted);
    }
  }

  /** The name with which a model starts that is made of a schema of this name. */
  static String letters(String name) {
    String letters = name.replaceAll("[^a-zA-Z0-9]", "");
    return letters.isEmpty() ? "Model" : letters;
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
    JsonObject converted = schemas.read(schema);
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
}

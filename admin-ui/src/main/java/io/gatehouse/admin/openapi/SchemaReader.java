package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Schemas as documents write them, turned into JSON Schema draft 4 as models have it. */
final class SchemaReader {

  private static final Set<String> NO_PART_OF_MODELS =
      Set.of(
          "discriminator",
          "example",
          "examples",
          "externalDocs",
          "xml",
          "readOnly",
          "writeOnly",
          "deprecated");

  /** Of later drafts, or about the schema as a file of its own. */
  private static final Set<String> NO_DRAFT_4 =
      Set.of(
          "$schema",
          "$id",
          "id",
          "$anchor",
          "$comment",
          "$vocabulary",
          "$dynamicRef",
          "$dynamicAnchor",
          "if",
          "then",
          "else",
          "contains",
          "minContains",
          "maxContains",
          "propertyNames",
          "dependentRequired",
          "dependentSchemas",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentEncoding",
          "contentMediaType",
          "contentSchema");

  private final Report report;
  private final BiFunction<Node, String, String> modelAddress;

  /**
   * @param modelAddress tells for a schema and its {@code $ref} the address of the model it names
   */
  SchemaReader(Report report, BiFunction<Node, String, String> modelAddress) {
    this.report = report;
    this.modelAddress = modelAddress;
  }

  JsonObject read(Node schema) {
    if (schema.has("$ref")) {
      return ObjectWriter.ref(modelAddress.apply(schema, schema.text("$ref").orElse("")));
    }
    ObjectWriter out = new ObjectWriter();
    for (String keyword : schema.names()) {
      if (NO_PART_OF_MODELS.contains(keyword)) {
        schema.ignore("Models know no " + keyword, keyword);
      } else if (NO_DRAFT_4.contains(keyword)) {
        schema.ignore("Models are JSON Schema draft 4, which has no " + keyword, keyword);
      } else {
        read(schema, keyword, out);
      }
    }
    return out.done();
  }

  private void read(Node schema, String keyword, ObjectWriter out) {
    JsonValue value = schema.json().get(keyword);
    String plain = SchemaKeywords.plain(keyword);
    switch (plain) {
      case "type" -> out.add("type", type(schema, value));
      case "nullable", "x-nullable" -> nullable(schema, keyword);
      case "const" -> constant(schema, value, out);
      case "minimum", "maximum" -> limit(schema, plain, value, out);
      case "exclusiveMinimum", "exclusiveMaximum" -> exclusive(schema, plain, value, out);
      case "prefixItems" -> out.add("items", below(schema, keyword, value, plain));
      case "items" -> items(schema, keyword, value, out);
      default -> {
        if (plain.startsWith(SchemaKeywords.AS_EXTENSION)) {
          schema.ignore("Models know no extensions", keyword);
        } else {
          out.add(plain, below(schema, keyword, value, plain));
        }
      }
    }
  }

  /**
   * What stands beside a list of schemas is about further items, or there for form's sake, as is
   * what says nothing.
   */
  private void items(Node schema, String keyword, JsonValue value, ObjectWriter out) {
    boolean form =
        keyword.equals("items")
            && (schema.has("x-items") || value.equals(JsonValue.EMPTY_JSON_OBJECT));
    if (!form) {
      out.add(
          schema.has("prefixItems") ? "additionalItems" : "items",
          below(schema, keyword, value, "items"));
    }
  }

  /** OpenAPI 3.1 and models list types, the earlier versions say that a value may be null. */
  private static JsonValue type(Node schema, JsonValue value) {
    if (value instanceof JsonArray list && list.size() == 1) {
      return list.getFirst();
    }
    return value instanceof JsonString && isNullable(schema)
        ? JSON.createArrayBuilder().add(value).add("null").build()
        : value;
  }

  private void nullable(Node schema, String keyword) {
    if (isNullable(schema) && schema.has("type")) {
      report.converted(schema.pointer(keyword), "The type may also be null");
    } else {
      schema.ignore("Says nothing without a type", keyword);
    }
  }

  private static boolean isNullable(Node schema) {
    return schema.json().get("nullable") == JsonValue.TRUE
        || schema.json().get("x-nullable") == JsonValue.TRUE;
  }

  private void constant(Node schema, JsonValue value, ObjectWriter out) {
    if (!schema.has("enum")) {
      out.add("enum", JSON.createArrayBuilder().add(value).build());
    }
    report.converted(schema.pointer("const"), "A constant is an enum of one");
  }

  /** Left to the stricter exclusive limit, when that is a number and not a word about this one. */
  private static void limit(Node schema, String keyword, JsonValue value, ObjectWriter out) {
    if (!exclusiveIsStricter(schema, keyword)) {
      out.add(keyword, value);
    }
  }

  private void exclusive(Node schema, String keyword, JsonValue value, ObjectWriter out) {
    if (!(value instanceof JsonNumber)) {
      out.add(keyword, value);
      return;
    }
    String limit = keyword.equals("exclusiveMinimum") ? "minimum" : "maximum";
    if (!(schema.json().get(limit) instanceof JsonNumber) || exclusiveIsStricter(schema, limit)) {
      out.add(limit, value).add(keyword, true);
      report.converted(schema.pointer(keyword), "Written as " + limit + " with " + keyword);
    } else {
      schema.ignore("The " + limit + " beside it is stricter", keyword);
    }
  }

  private static boolean exclusiveIsStricter(Node schema, String limit) {
    boolean least = limit.equals("minimum");
    JsonValue exclusive = schema.json().get(least ? "exclusiveMinimum" : "exclusiveMaximum");
    if (exclusive instanceof JsonNumber bound && schema.json().get(limit) instanceof JsonNumber n) {
      int order = compare(bound, n);
      return least ? order >= 0 : order <= 0;
    }
    return false;
  }

  private static int compare(JsonNumber left, JsonNumber right) {
    BigDecimal number = left.bigDecimalValue();
    return number.compareTo(right.bigDecimalValue());
  }

  private JsonValue below(Node schema, String keyword, JsonValue value, String plain) {
    boolean lists = plain.equals("items") || plain.equals("prefixItems");
    if (value instanceof JsonArray && lists) {
      return list(schema, keyword);
    }
    return switch (SchemaKeywords.below(plain)) {
      case SCHEMAS_BY_NAME -> value instanceof JsonObject ? byName(schema, keyword) : value;
      case LIST_OF_SCHEMAS -> value instanceof JsonArray ? list(schema, keyword) : value;
      case SCHEMA ->
          value instanceof JsonObject ? read(schema.object(keyword).orElseThrow()) : value;
      case NO_SCHEMA -> value;
    };
  }

  private JsonObject byName(Node schema, String keyword) {
    Node map = schema.object(keyword).orElseThrow();
    ObjectWriter out = new ObjectWriter();
    map.json()
        .forEach(
            (name, member) ->
                out.add(
                    name,
                    member instanceof JsonObject
                        ? read(map.object(name).orElseThrow())
                        : always(member).orElse(member)));
    return out.done();
  }

  private JsonArray list(Node schema, String keyword) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    for (Node item : schema.objects(keyword)) {
      out.add(read(item));
    }
    return out.build();
  }

  /** Later drafts write {@code true} for what fits everything and {@code false} for nothing. */
  private static Optional<JsonValue> always(JsonValue schema) {
    if (schema == JsonValue.TRUE) {
      return Optional.of(JsonValue.EMPTY_JSON_OBJECT);
    }
    return schema == JsonValue.FALSE
        ? Optional.of(new ObjectWriter().add("not", JsonValue.EMPTY_JSON_OBJECT).done())
        : Optional.empty();
  }
}

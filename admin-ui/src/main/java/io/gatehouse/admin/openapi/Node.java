package io.gatehouse.admin.openapi;

import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object of the document together with its place. It remembers which members were asked for, so
 * that {@link #finish} can report the others: nothing is dropped in silence.
 */
final class Node {

  private static final int MOST_HOPS = 100;

  private final JsonObject document;
  private final String pointer;
  private final JsonObject json;
  private final Report report;
  private final Set<String> asked = new HashSet<>();

  private Node(JsonObject document, String pointer, JsonObject json, Report report) {
    this.document = document;
    this.pointer = pointer;
    this.json = json;
    this.report = report;
  }

  static Node root(JsonObject document, Report report) {
    return new Node(document, "", document, report);
  }

  String pointer() {
    return pointer.isEmpty() ? "/" : pointer;
  }

  String pointer(String member) {
    return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
  }

  JsonObject json() {
    return json;
  }

  Set<String> names() {
    return json.keySet();
  }

  boolean has(String name) {
    return json.containsKey(name);
  }

  /** The member as it stands, null members being absent ones. */
  Optional<JsonValue> value(String name) {
    asked.add(name);
    return Optional.ofNullable(json.get(name)).filter(v -> v != JsonValue.NULL);
  }

  /** A member that is text; numbers and booleans give theirs, as YAML authors forget quotes. */
  Optional<String> text(String name) {
    return value(name).map(v -> textOf(v, pointer(name)));
  }

  Optional<Boolean> flag(String name) {
    return text(name).map(text -> text.equalsIgnoreCase("true"));
  }

  Optional<Integer> number(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Integer.valueOf(text);
              } catch (NumberFormatException e) {
                throw wrong(pointer(name), "a whole number");
              }
            });
  }

  Optional<Node> object(String name) {
    return value(name).map(v -> child(pointer(name), v));
  }

  /** A list of objects. */
  List<Node> objects(String name) {
    List<Node> nodes = new ArrayList<>();
    JsonArray list = list(name);
    for (int i = 0; i < list.size(); i++) {
      nodes.add(child(pointer(name) + "/" + i, list.get(i)));
    }
    return nodes;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonArray list = list(name);
    for (int i = 0; i < list.size(); i++) {
      texts.add(textOf(list.get(i), pointer(name) + "/" + i));
    }
    return texts;
  }

  /** A member that maps names to texts; empty when it is not there. */
  Optional<Map<String, String>> textMap(String name) {
    return object(name)
        .map(
            node -> {
              Map<String, String> map = new LinkedHashMap<>();
              node.names().forEach(key -> node.text(key).ifPresent(text -> map.put(key, text)));
              return map;
            });
  }

  /** Every member as an object, by name; for maps of things. */
  Map<String, Node> members() {
    Map<String, Node> members = new LinkedHashMap<>();
    names().forEach(name -> object(name).ifPresent(node -> members.put(name, node)));
    return members;
  }

  /** The node that a {@code $ref} leads to in the end, or this one when there is none. */
  Node follow() {
    Node at = this;
    Set<String> seen = new HashSet<>();
    while (at.has("$ref")) {
      String target = at.text("$ref").orElse("");
      if (!seen.add(at.pointer) || seen.size() > MOST_HOPS) {
        throw ApiError.badRequest(
            "The $ref at " + pointer() + " is circular: it leads back to " + at.pointer());
      }
      at.ignore("Stands beside a $ref, which replaces it", at.names().toArray(String[]::new));
      at = at.at(target);
    }
    return at;
  }

  /** The object that a local reference names. */
  Node at(String ref) {
    return child(localPointer(pointer(), ref), resolve(ref));
  }

  /** What a local reference names. */
  JsonValue resolve(String ref) {
    String target = localPointer(pointer(), ref);
    JsonValue value = document;
    for (String segment : target.isEmpty() ? new String[0] : target.substring(1).split("/", -1)) {
      value = step(value, segment.replace("~1", "/").replace("~0", "~"));
      if (value == null) {
        throw ApiError.badRequest(
            "The $ref at " + pointer() + " cannot be resolved: there is no " + ref);
      }
    }
    return value;
  }

  /** The members are not meant for a gateway, or not read on purpose. */
  void ignore(String why, String... names) {
    for (String name : names) {
      if (json.containsKey(name) && asked.add(name)) {
        report.dropped(pointer(name), why);
      }
    }
  }

  /** The members are read elsewhere, and become something of another form. */
  void convert(String how, String... names) {
    for (String name : names) {
      if (json.containsKey(name) && asked.add(name)) {
        report.converted(pointer(name), how);
      }
    }
  }

  /** Reports what nobody asked for; an extension of the vendor's is worth a warning. */
  void finish() {
    for (String name : names()) {
      if (asked.add(name)) {
        if (name.startsWith("x-amazon-apigateway-")) {
          report.warned(pointer(name), "The extension " + name + " has no effect here");
        } else {
          report.dropped(pointer(name), "Has no meaning for a gateway");
        }
      }
    }
  }

  private Node child(String place, JsonValue value) {
    if (value instanceof JsonObject object) {
      return new Node(document, place, object, report);
    }
    throw wrong(place, "an object");
  }

  private JsonArray list(String name) {
    return value(name)
        .map(
            v -> {
              if (v instanceof JsonArray array) {
                return array;
              }
              throw wrong(pointer(name), "a list");
            })
        .orElse(JsonValue.EMPTY_JSON_ARRAY);
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

  private static String localPointer(String place, String ref) {
    if (ref.equals("#") || ref.startsWith("#/")) {
      return URLDecoder.decode(
          ref.substring(1).replace("+", "%2B").replaceAll("%(?![0-9a-fA-F]{2})", "%25"),
          StandardCharsets.UTF_8);
    }
    throw ApiError.badRequest(
        "The $ref at "
            + place
            + " leads out of the document: "
            + TreeBuilder.abbreviated(ref)
            + ". Only references that start with #/ are followed");
  }

  private static String textOf(JsonValue value, String place) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonNumber number) {
      return number.bigDecimalValue().toPlainString();
    }
    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value.toString();
    }
    throw wrong(place, "text");
  }

  private static ApiError wrong(String place, String wanted) {
    return ApiError.badRequest("The value at " + place + " must be " + wanted);
  }
}

package io.gatehouse.admin.sdk;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An exported OpenAPI 3.0 document as a generator may be given it. Generators put names, values and
 * texts into code and files and escape them only in part, and they follow references to wherever
 * they lead; so what could end a string or a comment in any language, lead out of the document or
 * steer the generator is left out here. What is left out only makes the client less particular.
 */
final class SdkDocument {

  private static final String ANY = "x-amazon-apigateway-any-method";
  private static final List<String> VERBS =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  /** What a client of ANY gets; preflights and the like it does not ask for by itself. */
  private static final Set<String> OF_ANY = Set.of("get", "put", "post", "delete", "patch");

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~:@/{}-]{0,1000}");
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9_]{1,250}");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} _.:@/+-]{0,254}");
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern REFERENCE =
      Pattern.compile("#/components/schemas/" + SCHEMA.pattern());
  private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{N} .,;:()?!%+@/_’-]+");
  private static final int LONGEST_TEXT = 2000;

  /** Members whose own members are named by the API's author. */
  private static final Set<String> NAMED =
      Set.of("properties", "headers", "schemas", "securitySchemes", "content", "responses");

  private static final Set<String> TEXTS = Set.of("title", "description", "summary");

  /** They steer generators, or say to people what a client does not check. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "tags",
          "example",
          "examples",
          "externalDocs",
          "pattern",
          "discriminator",
          "xml",
          "callbacks",
          "links",
          "servers");

  private SdkDocument() {}

  /**
   * @param address what the client calls: scheme to stage
   */
  static JsonObject of(JsonObject exported, String address) {
    JsonObject info = exported.getJsonObject("info");
    String title = plain(info.getString("title", ""));
    return JSON.createObjectBuilder()
        .add("openapi", "3.0.1")
        .add(
            "info",
            JSON.createObjectBuilder()
                .add("title", title.isBlank() ? "API" : title)
                .add("version", "1.0.0")
                .add("description", plain(info.getString("description", ""))))
        .add(
            "servers",
            JSON.createArrayBuilder().add(JSON.createObjectBuilder().add("url", address)))
        .add("paths", paths(exported.getJsonObject("paths")))
        .add(
            "components",
            clean(exported.getOrDefault("components", JsonValue.EMPTY_JSON_OBJECT).asJsonObject()))
        .build();
  }

  private static JsonObject paths(JsonObject paths) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    paths.forEach(
        (path, item) -> {
          String plain = path.replace("+}", "}");
          if (PATH.matcher(plain).matches()) {
            out.add(plain, pathItem(item.asJsonObject()));
          }
        });
    return out.build();
  }

  private static JsonObject pathItem(JsonObject item) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    for (String verb : VERBS) {
      if (item.containsKey(verb)) {
        out.add(verb, clean(item.getJsonObject(verb)));
      } else if (item.containsKey(ANY) && OF_ANY.contains(verb)) {
        // A name can stand for one of them only.
        out.add(
            verb, JSON.createObjectBuilder(clean(item.getJsonObject(ANY))).remove("operationId"));
      }
    }
    return out.build();
  }

  /** An object whose members are words of OpenAPI's. */
  private static JsonObject clean(JsonObject object) {
    if (object.containsKey("$ref")) {
      return reference(object.get("$ref"));
    }
    JsonObjectBuilder out = JSON.createObjectBuilder();
    object.forEach(
        (word, value) -> {
          if (KEYWORD.matcher(word).matches()
              && !word.startsWith("x-")
              && !LEFT_OUT.contains(word)) {
            clean(word, value).ifPresent(kept -> out.add(word, kept));
          }
        });
    return out.build();
  }

  private static Optional<JsonValue> clean(String word, JsonValue value) {
    return switch (value) {
      case JsonObject named when NAMED.contains(word) -> Optional.of(named(word, named));
      case JsonObject object -> Optional.of(clean(object));
      case JsonArray array -> array(word, array);
      case JsonString text when TEXTS.contains(word) ->
          Optional.of(JSON.createValue(plain(text.getString())));
      case JsonString text -> Optional.<JsonValue>of(text).filter(SdkDocument::isPlain);
      default -> Optional.of(value);
    };
  }

  private static JsonObject named(String word, JsonObject members) {
    Pattern form = word.equals("schemas") ? SCHEMA : NAME;
    JsonObjectBuilder out = JSON.createObjectBuilder();
    members.forEach(
        (name, value) -> {
          if (form.matcher(name).matches() && value instanceof JsonObject object) {
            out.add(name, clean(object));
          }
        });
    return out.build();
  }

  /** Parameters and the like lose what cannot be named; an enumeration is whole or not there. */
  private static Optional<JsonValue> array(String word, JsonArray array) {
    if (word.equals("enum") && !array.stream().allMatch(SdkDocument::isPlain)) {
      return Optional.empty();
    }
    JsonArrayBuilder out = JSON.createArrayBuilder();
    for (JsonValue item : array) {
      if (item instanceof JsonObject object) {
        JsonObject kept = clean(object);
        if (!word.equals("parameters") || kept.containsKey("name")) {
          out.add(kept);
        }
      } else if (isPlain(item)) {
        out.add(item);
      }
    }
    return Optional.of(out.build());
  }

  private static JsonObject reference(JsonValue target) {
    return target instanceof JsonString text && REFERENCE.matcher(text.getString()).matches()
        ? JSON.createObjectBuilder().add("$ref", text).build()
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static boolean isPlain(JsonValue value) {
    return switch (value) {
      case JsonString text -> NAME.matcher(text.getString()).matches();
      case JsonObject object -> false;
      case JsonArray array -> array.isEmpty();
      default -> true;
    };
  }

  private static String plain(String text) {
    String plain =
        NOT_PLAIN.matcher(text.replace('\'', '’')).replaceAll(" ").replaceAll(" +", " ").strip();
    return plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) : plain;
  }
}

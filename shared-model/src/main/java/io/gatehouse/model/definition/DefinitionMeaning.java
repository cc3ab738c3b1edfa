package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** A definition as parts by place, each in a form that is equal when it means the same. */
final class DefinitionMeaning {

  private static final String INTEGRATION_OF = "Integration of ";

  /** Drawn by us, or not part of what is deployed. */
  private static final Set<String> NOT_OF_AN_API =
      Set.of(
          "id",
          "createdDate",
          "rootResourceId",
          "tags",
          "warnings",
          "apiStatus",
          "apiStatusMessage");

  /** Texts that hold JSON, whose layout says nothing. */
  private static final Set<String> JSON_TEXTS = Set.of("schema", "policy");

  private final Map<String, String> authorizers;
  private final Map<String, String> validators;

  private DefinitionMeaning(Map<String, String> authorizers, Map<String, String> validators) {
    this.authorizers = authorizers;
    this.validators = validators;
  }

  static Map<String, JsonObject> of(ApiDefinition api) {
    Map<String, String> authorizers = names(api.authorizers(), Authorizer::name);
    Map<String, String> validators = names(api.requestValidators(), RequestValidator::name);
    Map<String, JsonObject> parts = new LinkedHashMap<>();
    parts.put("API settings", plain(Wire.write(api.restApi()), NOT_OF_AN_API));
    addCors(parts, api);
    DefinitionMeaning methods = new DefinitionMeaning(authorizers, validators);
    api.resources().values().forEach(resource -> methods.add(parts, resource));
    api.models()
        .forEach((name, model) -> parts.put("Model " + name, plain(Wire.write(model), "id")));
    api.authorizers()
        .forEach(
            (id, one) ->
                parts.put("Authorizer " + authorizers.get(id), plain(Wire.write(one), "id")));
    api.requestValidators()
        .forEach(
            (id, one) ->
                parts.put("Request validator " + validators.get(id), plain(Wire.write(one), "id")));
    api.gatewayResponses()
        .forEach((type, one) -> parts.put("Gateway response " + type, plain(Wire.write(one))));
    return parts;
  }

  /** By path; settings of a resource that is not there say nothing. */
  private static void addCors(Map<String, JsonObject> parts, ApiDefinition api) {
    api.cors()
        .forEach(
            (resourceId, cors) -> {
              Resource resource = api.resources().get(resourceId);
              if (resource != null) {
                parts.put("CORS of " + resource.path(), plain(cors.toJson()));
              } else if (resourceId.equals(CorsRules.WHOLE_API)) {
                parts.put("CORS of the API", plain(cors.toJson()));
              }
            });
  }

  /** The place of the method, when the place is that of its integration. */
  static Optional<String> methodOfIntegration(String place) {
    return place.startsWith(INTEGRATION_OF)
        ? Optional.of("Method " + place.substring(INTEGRATION_OF.length()))
        : Optional.empty();
  }

  private void add(Map<String, JsonObject> parts, Resource resource) {
    parts.put("Resource " + resource.path(), JsonValue.EMPTY_JSON_OBJECT);
    resource
        .resourceMethods()
        .forEach(
            (verb, method) -> {
              String place = verb + " " + resource.path();
              parts.put("Method " + place, method(method));
              if (method.methodIntegration() != null) {
                parts.put(INTEGRATION_OF + place, integration(method, resource));
              }
            });
  }

  private JsonObject method(Method method) {
    JsonObject json = Wire.write(method);
    JsonObjectBuilder named = JSON.createObjectBuilder(json);
    named.remove("methodIntegration");
    rename(named, json, "authorizerId", authorizers);
    rename(named, json, "requestValidatorId", validators);
    return plain(named.build());
  }

  private static void rename(
      JsonObjectBuilder named, JsonObject json, String member, Map<String, String> names) {
    if (json.containsKey(member)) {
      String id = json.getString(member);
      named.add(member, names.getOrDefault(id, id));
    }
  }

  /** A cache namespace that is the resource's id is the default one. */
  private static JsonObject integration(Method method, Resource resource) {
    JsonObject json = Wire.write(method.methodIntegration());
    return resource.id().equals(json.getString("cacheNamespace", ""))
        ? plain(json, "cacheNamespace")
        : plain(json);
  }

  /** By id; a name that several have is told apart by the order of creation. */
  private static <T> Map<String, String> names(Map<String, T> parts, Function<T, String> name) {
    Map<String, Integer> seen = new HashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    parts.forEach(
        (id, part) -> {
          String own = name.apply(part) == null ? "" : name.apply(part);
          int count = seen.merge(own, 1, Integer::sum);
          names.put(id, count == 1 ? own : own + " (" + count + ")");
        });
    return names;
  }

  private static JsonObject plain(JsonObject object, String... without) {
    return plain(object, Set.of(without));
  }

  /** Without what is empty, lists of texts sorted. */
  private static JsonObject plain(JsonObject object, Set<String> without) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    object.forEach(
        (name, value) -> {
          if (!without.contains(name)) {
            JsonValue plain = JSON_TEXTS.contains(name) ? parsed(value) : plainValue(value);
            if (!isEmpty(plain)) {
              out.add(name, plain);
            }
          }
        });
    return out.build();
  }

  private static JsonValue plainValue(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> plain(value.asJsonObject(), Set.of());
      case ARRAY -> sorted(value.asJsonArray());
      default -> value;
    };
  }

  /** The vendor's lists of texts are sets: media types, scopes, ARNs. */
  private static JsonArray sorted(JsonArray array) {
    if (!array.stream().allMatch(JsonString.class::isInstance)) {
      return array;
    }
    JsonArrayBuilder out = JSON.createArrayBuilder();
    array.getValuesAs(JsonString::getString).stream().sorted().forEach(out::add);
    return out.build();
  }

  private static boolean isEmpty(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> value.asJsonObject().isEmpty();
      case ARRAY -> value.asJsonArray().isEmpty();
      case NULL -> true;
      default -> false;
    };
  }

  private static JsonValue parsed(JsonValue text) {
    if (!(text instanceof JsonString string)) {
      return text;
    }
    try (JsonReader reader = JSON.createReader(new StringReader(string.getString()))) {
      return reader.readValue();
    } catch (JsonException | IllegalStateException notJson) {
      return text;
    }
  }
}

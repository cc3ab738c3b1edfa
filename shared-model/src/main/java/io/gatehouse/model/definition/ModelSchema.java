package io.gatehouse.model.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Model;

/**
 * The text of a model's schema as JSON, and the other models of the API that it refers to by their
 * addresses, as {@code https://apigateway.amazonaws.com/restapis/API/models/NAME}.
 */
final class ModelSchema {

  private static final int MOST_BYTES = 400 << 10;

  private ModelSchema() {}

  /** The schema, if it is JSON; that of a model of another content type may be any text. */
  static Optional<JsonObject> of(Model model) {
    return isJson(model) ? JsonText.spelled(model.schema()) : Optional.empty();
  }

  /**
   * @throws ApiError bad request, when there is no schema, or it is none of draft 4, or it refers
   *     to what is not there
   */
  static void check(ApiDefinition api, Model wanted) {
    if (wanted.schema() == null || wanted.schema().isBlank()) {
      throw ApiError.badRequest(
          "Model schema must have at least 1 property or array items defined");
    }
    if (wanted.schema().getBytes(UTF_8).length > MOST_BYTES) {
      throw invalid(List.of("Model schema is larger than " + MOST_BYTES + " bytes"));
    }
    if (!isJson(wanted)) {
      return;
    }
    JsonObject schema =
        JsonText.spelled(wanted.schema()).filter(Draft4::isSchema).orElseThrow(ModelSchema::broken);
    List<String> missing =
        names(api, schema).stream()
            .filter(name -> !name.equals(wanted.name()) && !api.models().containsKey(name))
            .map(name -> "Invalid model specified: " + name)
            .toList();
    if (!missing.isEmpty()) {
      throw invalid(missing);
    }
  }

  /** The names of the models that the model refers to. */
  static Set<String> references(ApiDefinition api, String name) {
    return of(api.models().get(name)).map(schema -> names(api, schema)).orElse(Set.of());
  }

  /** The name of the model at an address, if it is one of this API's models. */
  static Optional<String> modelAt(ApiDefinition api, String ref) {
    String start = "https://apigateway.amazonaws.com/restapis/" + api.restApi().id() + "/models/";
    return ref.startsWith(start) ? Optional.of(ref.substring(start.length())) : Optional.empty();
  }

  private static Set<String> names(ApiDefinition api, JsonObject schema) {
    Set<String> names = new LinkedHashSet<>();
    for (String ref : refs(schema, new LinkedHashSet<>())) {
      if (!ref.startsWith("#")) {
        names.add(modelAt(api, ref).orElseThrow(ModelSchema::broken));
      }
    }
    return names;
  }

  private static Set<String> refs(JsonValue value, Set<String> found) {
    if (value instanceof JsonObject object) {
      if (object.get("$ref") instanceof JsonString ref) {
        found.add(ref.getString());
      }
      object.values().forEach(member -> refs(member, found));
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> refs(item, found));
    }
    return found;
  }

  private static boolean isJson(Model model) {
    return model.contentType().toLowerCase(Locale.ROOT).contains("json");
  }

  private static ApiError broken() {
    return invalid(List.of("Invalid model schema specified"));
  }

  private static ApiError invalid(List<String> errors) {
    return ApiError.badRequest(
        "Invalid model specified: Validation Result: warnings : [], errors : " + errors);
  }
}

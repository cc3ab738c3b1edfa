package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * Which pages of other origins may call an API or a resource. Beyond the vendor's REST APIs; the
 * members are those of its HTTP APIs. Whoever has one has passed {@link CorsRules}.
 *
 * @param allowOrigins {@code *}, or as browsers send them: {@code https://app.example:8443}
 * @param allowMethods verbs, or {@code *}
 * @param allowHeaders names of headers that requests may carry, or {@code *}
 * @param exposeHeaders names of headers that the page may read of answers, or {@code *}
 * @param maxAge for how many seconds a browser may keep the answer to a preflight
 * @param allowCredentials whether the page may send cookies and authorization
 */
public record Cors(
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    Optional<Integer> maxAge,
    boolean allowCredentials) {

  /**
   * @throws io.gatehouse.model.wire.ApiError bad request, with what is wrong in one sentence
   */
  public Cors {
    allowOrigins = CorsRules.origins(allowOrigins);
    allowMethods = CorsRules.methods(allowMethods);
    allowHeaders = CorsRules.headers(allowHeaders);
    exposeHeaders = CorsRules.headers(exposeHeaders);
    CorsRules.checkMaxAge(maxAge);
    CorsRules.checkCredentials(allowOrigins, allowCredentials);
  }

  /** As stored and as sent to nodes; what is empty is left out. */
  public JsonObject toJson() {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    put(out, "allowOrigins", allowOrigins);
    put(out, "allowMethods", allowMethods);
    put(out, "allowHeaders", allowHeaders);
    put(out, "exposeHeaders", exposeHeaders);
    maxAge.ifPresent(seconds -> out.add("maxAge", seconds));
    return out.add("allowCredentials", allowCredentials).build();
  }

  /** The reverse of {@link #toJson}. */
  public static Cors fromJson(JsonObject json) {
    return new Cors(
        texts(json, "allowOrigins"),
        texts(json, "allowMethods"),
        texts(json, "allowHeaders"),
        texts(json, "exposeHeaders"),
        Optional.ofNullable(json.getJsonNumber("maxAge")).map(JsonNumber::intValueExact),
        json.getBoolean("allowCredentials", false));
  }

  private static void put(JsonObjectBuilder out, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      out.add(name, JSON.createArrayBuilder(texts));
    }
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.containsKey(name)
        ? json.getJsonArray(name).getValuesAs(JsonString::getString)
        : List.of();
  }
}

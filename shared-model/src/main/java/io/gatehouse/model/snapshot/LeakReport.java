package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;

/**
 * Why nodes keep no more answers of a method: they turned out to depend on something that is not
 * part of the method's cache key, so that one caller would have got another's.
 *
 * @param space what the method's entries have in common: names it with its deployment and the
 *     cache's generation, after which answers are kept again
 * @param node that found it out
 * @param atMillis epoch milliseconds
 * @param inputs names, never values, of what the answers may depend on: {@code querystring.tenant},
 *     {@code header.x-tenant}
 */
public record LeakReport(
    String account,
    String apiId,
    String stageName,
    String deploymentId,
    String httpMethod,
    String resourcePath,
    String space,
    String node,
    long atMillis,
    List<String> inputs) {

  public LeakReport {
    inputs = List.copyOf(inputs);
  }

  public String toJson() {
    JsonArrayBuilder names = JSON.createArrayBuilder();
    inputs.forEach(names::add);
    return JSON.createObjectBuilder()
        .add("account", account)
        .add("apiId", apiId)
        .add("stageName", stageName)
        .add("deploymentId", deploymentId)
        .add("httpMethod", httpMethod)
        .add("resourcePath", resourcePath)
        .add("space", space)
        .add("node", node)
        .add("atMillis", atMillis)
        .add("inputs", names)
        .build()
        .toString();
  }

  /**
   * @throws RuntimeException when the text is none that {@link #toJson} has made
   */
  public static LeakReport fromJson(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      JsonObject in = reader.readObject();
      return new LeakReport(
          in.getString("account"),
          in.getString("apiId"),
          in.getString("stageName"),
          in.getString("deploymentId"),
          in.getString("httpMethod"),
          in.getString("resourcePath"),
          in.getString("space"),
          in.getString("node"),
          in.getJsonNumber("atMillis").longValueExact(),
          in.getJsonArray("inputs").getValuesAs(JsonString.class).stream()
              .map(JsonString::getString)
              .toList());
    }
  }
}

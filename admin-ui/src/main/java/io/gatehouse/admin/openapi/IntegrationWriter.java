package io.gatehouse.admin.openapi;

import static java.util.Locale.ROOT;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.TlsConfig;

/** An integration as the extension {@code x-amazon-apigateway-integration}. */
final class IntegrationWriter {

  private static final int USUAL_TIMEOUT = 29_000;

  private IntegrationWriter() {}

  /** Members that have their usual value are left out, as the recordings show. */
  static JsonObject write(String resourceId, Integration in) {
    boolean ownTimeout =
        in.timeoutInMillis() != null && in.timeoutInMillis().intValue() != USUAL_TIMEOUT;
    boolean ownCache = in.cacheNamespace() != null && !in.cacheNamespace().equals(resourceId);
    boolean internet = in.connectionType() == ConnectionType.INTERNET;
    ObjectWriter out =
        new ObjectWriter()
            .text("type", in.typeAsString().toLowerCase(ROOT))
            .text("credentials", in.credentials())
            .text("httpMethod", in.httpMethod())
            .text("uri", in.uri())
            .object("responses", responses(in))
            .map("requestParameters", in.requestParameters())
            .map("requestTemplates", in.requestTemplates())
            .text("passthroughBehavior", lower(in.passthroughBehavior()))
            .text("contentHandling", in.contentHandlingAsString())
            .text("connectionType", internet ? null : in.connectionTypeAsString())
            .text("connectionId", in.connectionId())
            .text("integrationTarget", in.integrationTarget())
            .number("timeoutInMillis", ownTimeout ? in.timeoutInMillis() : null)
            .text("cacheNamespace", ownCache ? in.cacheNamespace() : null)
            .texts("cacheKeyParameters", in.cacheKeyParameters())
            .text("responseTransferMode", in.responseTransferModeAsString());
    Optional.ofNullable(in.tlsConfig())
        .map(TlsConfig::insecureSkipVerification)
        .ifPresent(
            skip ->
                out.add(
                    "tlsConfig", new ObjectWriter().add("insecureSkipVerification", skip).done()));
    return out.done();
  }

  /**
   * By selection pattern. Of several responses that share a pattern the first is the one that is
   * chosen when traffic flows, so it is the one that is told.
   */
  private static ObjectWriter responses(Integration in) {
    ObjectWriter out = new ObjectWriter();
    Set<String> told = new HashSet<>();
    for (IntegrationResponse response : in.integrationResponses().values()) {
      String pattern = Optional.ofNullable(response.selectionPattern()).orElse("");
      String key = pattern.isEmpty() ? "default" : pattern;
      if (told.add(key)) {
        out.add(
            key,
            new ObjectWriter()
                .text("statusCode", response.statusCode())
                .map("responseParameters", response.responseParameters())
                .map("responseTemplates", response.responseTemplates())
                .text("contentHandling", response.contentHandlingAsString())
                .done());
      }
    }
    return out;
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(ROOT);
  }
}

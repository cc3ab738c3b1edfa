package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.ContentHandlingStrategy;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.ResponseTransferMode;
import software.amazon.awssdk.services.apigateway.model.TlsConfig;

/** The extension {@code x-amazon-apigateway-integration} as an integration with its responses. */
final class IntegrationReader {

  private final Source source;

  IntegrationReader(Source source) {
    this.source = source;
  }

  /** Empty when the operation has none, which is legal until it is deployed. */
  Optional<Integration> read(Node operation) {
    Optional<Node> found = operation.object(EXTENSION + "integration").map(Node::follow);
    found.ifPresent(node -> source.report().kept(node.pointer(), "Integration"));
    return found.map(this::integration);
  }

  private Integration integration(Node in) {
    IntegrationType type =
        known(in, "type", IntegrationType::fromValue)
            .orElseThrow(
                () -> ApiError.badRequest("The value at " + in.pointer("type") + " is missing"));
    Integration.Builder out =
        Integration.builder()
            .type(type)
            .httpMethod(in.text("httpMethod").map(v -> v.toUpperCase(Locale.ROOT)).orElse(null))
            .uri(in.text("uri").orElse(null))
            .credentials(in.text("credentials").orElse(null))
            .requestParameters(in.textMap("requestParameters").orElse(null))
            .requestTemplates(in.textMap("requestTemplates").orElse(null))
            .passthroughBehavior(in.text("passthroughBehavior").orElse(null))
            .cacheNamespace(in.text("cacheNamespace").orElse(null))
            .cacheKeyParameters(in.texts("cacheKeyParameters"))
            .timeoutInMillis(in.number("timeoutInMillis").orElse(null))
            .connectionId(in.text("connectionId").orElse(null))
            .integrationTarget(in.text("integrationTarget").orElse(null));
    known(in, "contentHandling", ContentHandlingStrategy::fromValue)
        .ifPresent(out::contentHandling);
    known(in, "connectionType", ConnectionType::fromValue).ifPresent(out::connectionType);
    known(in, "responseTransferMode", ResponseTransferMode::fromValue)
        .ifPresent(out::responseTransferMode);
    in.object("tlsConfig").map(IntegrationReader::tls).ifPresent(out::tlsConfig);
    in.object("responses").map(this::responses).ifPresent(out::integrationResponses);
    in.ignore("Only the one payload format of REST APIs is spoken", "payloadFormatVersion");
    if (type == IntegrationType.MOCK) {
      in.names().stream()
          .filter(List.of("uri", "httpMethod")::contains)
          .forEach(name -> source.report().dropped(in.pointer(name), "A mock calls nothing"));
    }
    in.finish();
    return out.build();
  }

  private static TlsConfig tls(Node in) {
    TlsConfig tls =
        TlsConfig.builder()
            .insecureSkipVerification(in.flag("insecureSkipVerification").orElse(null))
            .build();
    in.finish();
    return tls;
  }

  /** The vendor keys the result by status code, so of two patterns for one code the last stays. */
  private Map<String, IntegrationResponse> responses(Node in) {
    Map<String, IntegrationResponse> responses = new LinkedHashMap<>();
    in.members()
        .forEach(
            (pattern, node) -> {
              IntegrationResponse response = response(pattern, node);
              if (responses.put(response.statusCode(), response) != null) {
                source
                    .report()
                    .warned(
                        node.pointer(),
                        "Status code "
                            + response.statusCode()
                            + " has a response already, this one takes its place");
              }
            });
    return responses.isEmpty() ? null : responses;
  }

  private static IntegrationResponse response(String pattern, Node in) {
    String statusCode = in.text("statusCode").orElse("");
    if (!statusCode.matches("[1-5][0-9][0-9]")) {
      throw ApiError.badRequest(
          "The status code at " + in.pointer("statusCode") + " must be 100 to 599");
    }
    IntegrationResponse.Builder out =
        IntegrationResponse.builder()
            .statusCode(statusCode)
            .selectionPattern(pattern.equals("default") ? null : pattern)
            .responseParameters(in.textMap("responseParameters").orElse(null))
            .responseTemplates(in.textMap("responseTemplates").orElse(null));
    known(in, "contentHandling", ContentHandlingStrategy::fromValue)
        .ifPresent(out::contentHandling);
    in.finish();
    return out.build();
  }

  /** A member with a fixed set of values, in whatever case. */
  private static <E extends Enum<E>> Optional<E> known(
      Node in, String name, Function<String, E> reader) {
    return in.text(name)
        .map(
            text -> {
              E value = reader.apply(text.toUpperCase(Locale.ROOT));
              if (value.name().equals("UNKNOWN_TO_SDK_VERSION")) {
                throw ApiError.badRequest(
                    "The value at " + in.pointer(name) + " is not known: " + text);
              }
              return value;
            });
  }
}

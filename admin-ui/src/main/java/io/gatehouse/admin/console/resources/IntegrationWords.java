package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.model.aws.FunctionName;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Integration;

/** Where an integration leads, as people read it. */
final class IntegrationWords {

  private static final String FUNCTIONS = "/functions/";

  private final Integration integration;

  /** Of an integration with an AWS service: its name and what is asked of it. */
  private final Optional<String[]> aws;

  IntegrationWords(Integration integration) {
    this.integration = integration;
    this.aws =
        Optional.ofNullable(integration.uri())
            .filter(uri -> type().startsWith("AWS"))
            .map(uri -> uri.split(":", 6))
            .filter(parts -> parts.length == 6);
  }

  private String type() {
    return integration.typeAsString() == null ? "" : integration.typeAsString();
  }

  private boolean isPrivate() {
    return "VPC_LINK".equals(integration.connectionTypeAsString());
  }

  /** The service's own name; a subdomain may stand before it. */
  private Optional<String> service() {
    return aws.map(parts -> parts[4].substring(parts[4].lastIndexOf('.') + 1));
  }

  private boolean isFunction() {
    return service().filter("lambda"::equals).isPresent() && aws.get()[5].contains(FUNCTIONS);
  }

  /** One word for the backend. */
  String backend() {
    return switch (type()) {
      case "MOCK" -> "Mock";
      case "HTTP", "HTTP_PROXY" -> isPrivate() ? "VPC link" : "HTTP";
      case "AWS", "AWS_PROXY" ->
          isFunction() ? "Lambda" : service().orElse("AWS").toUpperCase(Locale.ROOT);
      default -> "Backend";
    };
  }

  /** What an integration response is selected by. */
  String selectedBy() {
    return isFunction() ? "errorMessage" : "the status";
  }

  /** Adds what is called and with whose permission. */
  void tell(Facts facts) {
    if (isFunction()) {
      tellFunction(facts);
    } else if (service().isPresent()) {
      tellService(facts);
    } else if (integration.uri() != null) {
      facts.add("URI", mono(integration.uri()));
    }
    if (isPrivate()) {
      Anchor link = Links.to(integration.connectionId(), "vpclinks");
      link.addClassName("gh-mono");
      facts.add("VPC link", link);
    }
    if (integration.credentials() != null) {
      facts.add("Role", mono(integration.credentials()));
    } else if (isFunction()) {
      facts.add("Permission", "by the function's own policy");
    } else if (service().isPresent()) {
      facts.add("Role", "default, of Backend access");
    }
  }

  /** Which function is called; empty where it is none, or a stage variable names it. */
  Optional<FunctionName> function() {
    return isFunction() ? FunctionName.parse(target()) : Optional.empty();
  }

  private String target() {
    String path = aws.orElseThrow()[5];
    return path.substring(path.indexOf(FUNCTIONS) + FUNCTIONS.length())
        .replaceFirst("/(response-streaming-)?invocations$", "");
  }

  private void tellFunction(Facts facts) {
    Optional<FunctionName> function = function();
    if (function.isEmpty()) {
      facts.add("Function", mono(target()));
      return;
    }
    facts.add("Function", Links.to(function.get().name(), "functions", function.get().name()));
    function.get().qualifier().ifPresent(qualifier -> facts.add("Qualifier", mono(qualifier)));
  }

  private void tellService(Facts facts) {
    String[] parts = aws.orElseThrow();
    boolean action = parts[5].startsWith("action/");
    facts.add("Service", parts[4] + " in " + parts[3]);
    facts.add(
        action ? "Action" : "Path",
        mono(
            action ? parts[5].substring("action/".length()) : parts[5].substring("path".length())));
  }

  private static Span mono(String text) {
    Span span = new Span(text);
    span.addClassName("gh-mono");
    return span;
  }
}

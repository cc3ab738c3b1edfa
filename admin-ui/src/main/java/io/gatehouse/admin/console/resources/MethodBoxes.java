package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.resources.MethodProblems.Box;
import io.gatehouse.admin.console.resources.MethodProblems.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

/** A method as the way of a request: four boxes between the client and the backend. */
class MethodBoxes extends OrderedList {

  private final Method method;
  private final Optional<Integration> integration;
  private final List<Problem> problems;

  /**
   * @param problems of the method, each told in its box
   */
  MethodBoxes(Method method, List<Problem> problems) {
    this.method = method;
    this.problems = List.copyOf(problems);
    integration = Optional.ofNullable(method.methodIntegration());
    addClassName("gh-flow");
    add(
        end("client", "Client"),
        box("request-m", "Method request", Box.METHOD_REQUEST, methodRequest()),
        box("request-i", "Integration request", Box.INTEGRATION_REQUEST, integrationRequest()),
        end("backend", backend()),
        box("response-i", "Integration response", Box.INTEGRATION_RESPONSE, integrationResponse()),
        box("response-m", "Method response", Box.METHOD_RESPONSE, methodResponse()));
  }

  private Facts methodRequest() {
    Facts facts =
        new Facts()
            .add("Authorization", or(method.authorizationType(), "NONE"))
            .add(
                "API key", Boolean.TRUE.equals(method.apiKeyRequired()) ? "required" : "not asked");
    if (method.requestValidatorId() != null) {
      facts.add("Validator", method.requestValidatorId());
    }
    if (method.hasRequestParameters()) {
      facts.add(
          "Parameters",
          join(
              method.requestParameters().entrySet().stream()
                  .map(
                      entry ->
                          tail(entry.getKey())
                              + (Boolean.TRUE.equals(entry.getValue()) ? " (required)" : ""))
                  .toList()));
    }
    if (method.hasRequestModels()) {
      facts.add("Models", pairs(method.requestModels()));
    }
    return facts;
  }

  private Facts integrationRequest() {
    if (integration.isEmpty()) {
      return new Facts().add("Integration", new Badge("missing", Tone.WARNING));
    }
    Integration in = integration.get();
    Facts facts = new Facts().add("Type", in.typeAsString());
    if (in.httpMethod() != null) {
      facts.add("Verb", in.httpMethod());
    }
    new IntegrationWords(in).tell(facts);
    facts.add("Timeout", or(in.timeoutInMillis(), 29_000) + " ms");
    facts.add("Passthrough", or(in.passthroughBehavior(), "WHEN_NO_MATCH"));
    if (in.hasRequestParameters()) {
      facts.add(
          "Mapped",
          join(
              new TreeMap<>(in.requestParameters())
                  .entrySet().stream()
                      .map(entry -> tail(entry.getKey()) + " from " + tail(entry.getValue()))
                      .toList()));
    }
    if (in.hasRequestTemplates()) {
      facts.add("Templates", String.join(", ", in.requestTemplates().keySet()));
    }
    return facts;
  }

  private Facts integrationResponse() {
    if (passesThrough()) {
      return new Facts().add("Proxy", "passed on as the backend gave it");
    }
    Facts facts = new Facts();
    Map<String, IntegrationResponse> responses =
        integration
            .filter(Integration::hasIntegrationResponses)
            .map(Integration::integrationResponses)
            .orElse(Map.of());
    if (responses.isEmpty()) {
      return facts.add("Responses", new Badge("none", Tone.WARNING));
    }
    new TreeMap<>(responses)
        .forEach(
            (status, response) ->
                facts.add(
                    status,
                    Optional.ofNullable(response.selectionPattern())
                        .filter(pattern -> !pattern.isEmpty())
                        .map(pattern -> "when " + selectedBy() + " matches " + pattern)
                        .orElse("by default")));
    return facts;
  }

  private Facts methodResponse() {
    Facts facts = new Facts();
    Map<String, MethodResponse> responses =
        method.hasMethodResponses() ? method.methodResponses() : Map.of();
    if (responses.isEmpty()) {
      return passesThrough()
          ? facts.add("Proxy", "nothing to declare")
          : facts.add("Responses", new Badge("none", Tone.WARNING));
    }
    new TreeMap<>(responses)
        .forEach(
            (status, response) ->
                facts.add(
                    status,
                    response.hasResponseModels() ? pairs(response.responseModels()) : "no model"));
    return facts;
  }

  private boolean passesThrough() {
    return integration
        .map(Integration::typeAsString)
        .filter(type -> type.endsWith("_PROXY"))
        .isPresent();
  }

  private String selectedBy() {
    return new IntegrationWords(integration.orElseThrow()).selectedBy();
  }

  private String backend() {
    return integration.map(in -> new IntegrationWords(in).backend()).orElse("None");
  }

  private ListItem box(String area, String title, Box box, Facts facts) {
    Card card = new Card(title, facts);
    List<Problem> own = problems.stream().filter(problem -> problem.box() == box).toList();
    if (!own.isEmpty()) {
      card.addClassName("problem");
      card.beside(new Badge(MethodProblems.counted(own.size()), Tone.WARNING));
      UnorderedList list = new UnorderedList();
      list.addClassName("gh-problems");
      own.forEach(
          problem -> {
            Icon icon = VaadinIcon.WARNING.create();
            icon.getElement().setAttribute("aria-hidden", "true");
            list.add(new ListItem(icon, new Span(problem.words())));
          });
      card.add(list);
    }
    ListItem item = new ListItem(card);
    item.addClassName(area);
    return item;
  }

  private static ListItem end(String area, String label) {
    ListItem item = new ListItem(label);
    item.addClassNames("end", area);
    return item;
  }

  private static String tail(String parameter) {
    String[] parts = parameter.split("\\.", 4);
    return parts.length == 4 ? parts[2] + " " + parts[3] : parameter;
  }

  private static String pairs(Map<String, String> map) {
    return join(
        new TreeMap<>(map)
            .entrySet().stream().map(e -> e.getValue() + " (" + e.getKey() + ")").toList());
  }

  private static String join(List<String> parts) {
    return String.join(", ", parts);
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}

package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The answers of HTTP and MOCK: the backend's status chooses an integration response, and that
 * makes the answer; nothing of the backend's headers passes that is not mapped (aws-behaviour
 * 12.1).
 */
public final class IntegrationResponses implements ResponseMapping {

  /**
   * One integration response.
   *
   * @param selects whether it was made for this backend status; the default one selects nothing
   * @param templates static texts by content type, in order; empty passes the backend's body
   */
  public record Choice(
      int status,
      boolean isDefault,
      IntPredicate selects,
      List<ParameterMapping> headers,
      Map<String, byte[]> templates) {}

  private static final int LOWEST = 100;
  private static final int BEYOND = 1000;

  private final Choice[] byBackendStatus = new Choice[BEYOND - LOWEST];
  private final boolean tracing;

  /**
   * @param tracing whether answers carry X-Amzn-Trace-Id: those of HTTP do, those of MOCK do not
   *     (recorded)
   */
  public IntegrationResponses(List<Choice> choices, boolean tracing) {
    this.tracing = tracing;
    // Decided here for every status there is, so that no tenant's pattern ever runs against a
    // request.
    for (int status = LOWEST; status < BEYOND; status++) {
      byBackendStatus[status - LOWEST] = choose(choices, status);
    }
  }

  private static Choice choose(List<Choice> choices, int status) {
    for (Choice choice : choices) {
      if (!choice.isDefault() && choice.selects().test(status)) {
        return choice;
      }
    }
    return choices.stream().filter(Choice::isDefault).findFirst().orElse(null);
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    Choice choice =
        answer.status() >= LOWEST && answer.status() < BEYOND
            ? byBackendStatus[answer.status() - LOWEST]
            : null;
    if (choice == null) {
      throw GatewayException.of(
          ResponseType.API_CONFIGURATION_ERROR, Reason.NO_INTEGRATION_RESPONSE);
    }
    HeaderList headers = new HeaderList();
    for (ParameterMapping mapping : choice.headers()) {
      String value = mapping.source().value(x);
      if (value != null) {
        String name = mapping.name();
        headers.add(
            HeaderRules.REMAPPED.contains(name) ? HeaderRules.REMAPPED_PREFIX + name : name,
            FieldValue.checked(value));
      }
    }
    String type = choice.templates().isEmpty() ? null : templateType(x, choice.templates());
    if (headers.first("Content-Type") == null) {
      headers.add("Content-Type", type == null ? "application/json" : type);
    }
    if (tracing) {
      headers.set("X-Amzn-Trace-Id", x.traceId());
    }
    Body body = type == null ? answer.body() : new Body.Bytes(choice.templates().get(type));
    return new Response(choice.status(), headers, body);
  }

  private static String templateType(Exchange x, Map<String, byte[]> templates) {
    List<String> accepted = new ArrayList<>(x.request().headers().all("Accept"));
    if (!accepted.isEmpty() && templates.containsKey(accepted.getLast())) {
      return accepted.getLast();
    }
    return templates.containsKey("application/json")
        ? "application/json"
        : templates.keySet().iterator().next();
  }
}

package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.ErrorAnswer;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A customised gateway response: what its author leaves out is as the vendor has it (aws-behaviour
 * 13).
 */
public final class CustomErrorAnswer implements ErrorAnswer {

  private static final long STEPS = 10_000;

  private final OptionalInt status;
  private final List<ParameterMapping> headers;
  private final Map<String, ErrorTemplate> templates;

  /**
   * @param templates by content type, in order
   */
  public CustomErrorAnswer(
      OptionalInt status,
      List<ParameterMapping> headers,
      Map<String, String> templates,
      Map<String, String> stageVariables) {
    this.status = status;
    this.headers = headers.stream().filter(mapping -> mayBeSet(mapping.name())).toList();
    Map<String, ErrorTemplate> compiled = new LinkedHashMap<>();
    templates.forEach(
        (type, text) -> compiled.put(type, ErrorTemplate.compile(text, stageVariables)));
    this.templates = compiled;
  }

  /** Neither what is no name nor what frames the answer, which is for the door alone to say. */
  private static boolean mayBeSet(String header) {
    return FieldValue.isName(header) && !HeaderRules.frames(header);
  }

  @Override
  public Response answer(Exchange x, GatewayException refusal) {
    // Nothing here costs more than its own text, and the exchange's budget may be what ran out.
    Content none = new Content(Body.EMPTY, Budget.of(STEPS));
    Response usual = DefaultErrorAnswer.of(refusal);
    HeaderList out = usual.headers();
    for (ParameterMapping mapping : headers) {
      String value = mapping.source().value(x, none);
      // A value that no header can have is left out: the refusal itself must reach the caller.
      if (value != null && FieldValue.isValid(value)) {
        out.set(mapping.name(), value);
      }
    }
    Body body = usual.body();
    if (!templates.isEmpty()) {
      String type = Accepted.of(x, templates.keySet());
      body = new Body.Bytes(templates.get(type).render(x, none).getBytes(StandardCharsets.UTF_8));
      if (headers.stream().noneMatch(mapping -> mapping.name().equalsIgnoreCase("Content-Type"))) {
        out.set("Content-Type", type);
      }
    }
    return new Response(status.orElse(refusal.status()), out, body);
  }
}

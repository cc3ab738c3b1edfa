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
   * @param selects whether it was made for this backend status, decided beforehand; the default one
   *     selects nothing
   * @param templates by content type, in order; empty passes the backend's body
   */
  public record Choice(
      int status,
      boolean isDefault,
      IntPredicate selects,
      List<ParameterMapping> headers,
      Map<String, MappingTemplate> templates,
      ContentHandling handling) {

    /** Without what would frame the answer: that is for the door alone to say (recorded). */
    public Choice {
      headers =
          headers.stream()
              .filter(mapping -> !HeaderRules.frames(HeaderRules.answered(mapping.name())))
              .toList();
    }
  }

  /** A choice, and whether it looks at the body. */
  private record Compiled(Choice choice, boolean readsBody) {
    static Compiled of(Choice choice) {
      return new Compiled(
          choice,
          choice.headers().stream().anyMatch(mapping -> mapping.source().wantsBody())
              || choice.templates().values().stream().anyMatch(MappingTemplate::readsBody));
    }
  }

  private final List<Compiled> choices;
  private final Compiled otherwise;
  private final boolean showsRequestBody;
  private final boolean mock;
  private final BinaryTypes binaryTypes;

  /**
   * @param choices the first that selects a status makes its answer
   * @param mock whether there is no backend: the caller's own body is what templates see, and
   *     answers carry no X-Amzn-Trace-Id (recorded)
   */
  public IntegrationResponses(List<Choice> choices, boolean mock, BinaryTypes binaryTypes) {
    List<Compiled> compiled = choices.stream().map(Compiled::of).toList();
    this.choices = compiled.stream().filter(c -> !c.choice().isDefault()).toList();
    this.otherwise = compiled.stream().filter(c -> c.choice().isDefault()).findFirst().orElse(null);
    this.mock = mock;
    this.binaryTypes = binaryTypes;
    this.showsRequestBody = mock && compiled.stream().anyMatch(Compiled::readsBody);
  }

  private Compiled compiled(int status) {
    for (Compiled compiled : choices) {
      if (compiled.choice().selects().test(status)) {
        return compiled;
      }
    }
    return otherwise;
  }

  /** Whether an answer may show something of the caller's body, as a mock's can. */
  public boolean wantsRequestBody() {
    return showsRequestBody;
  }

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    Compiled compiled = compiled(answer.status());
    return compiled != null && (compiled.choice().templates().isEmpty() || compiled.readsBody());
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    Compiled compiled = compiled(answer.status());
    return answer(x, answer, compiled == null ? null : compiled.choice());
  }

  /** The default one, or null. */
  Choice otherwise() {
    return otherwise == null ? null : otherwise.choice();
  }

  /**
   * The answer that a choice makes.
   *
   * @param choice null when there is none for this answer
   */
  Response answer(Exchange x, BackendResponse answer, Choice choice) {
    if (choice == null) {
      throw GatewayException.of(
          ResponseType.API_CONFIGURATION_ERROR, Reason.NO_INTEGRATION_RESPONSE);
    }
    ResponseContent content = content(x, answer, choice);
    String type = choice.templates().isEmpty() ? null : Accepted.of(x, choice.templates().keySet());
    byte[] body =
        type == null
            ? content.passed()
            : content.rendered(
                choice.templates().get(type).responseBody(x, content.seen()).strip());
    HeaderList headers = headers(x, choice, content.seen());
    ResponseOverrides overrides = new ResponseOverrides(x.overrides());
    overrides.setHeaders(headers);
    if (headers.first("Content-Type") == null) {
      headers.add("Content-Type", type == null ? "application/json" : type);
    }
    if (!mock) {
      headers.set("X-Amzn-Trace-Id", x.traceId());
    }
    return new Response(overrides.status(choice.status()), headers, new Body.Bytes(body));
  }

  private ResponseContent content(Exchange x, BackendResponse answer, Choice choice) {
    boolean acceptBinary = binaryTypes.accepted(x.request().headers().all("Accept"));
    if (mock) {
      return new ResponseContent(x, x.request().body(), false, acceptBinary, choice.handling());
    }
    boolean payloadBinary = binaryTypes.contains(answer.headers().first("Content-Type"));
    return new ResponseContent(x, answer.body(), payloadBinary, acceptBinary, choice.handling());
  }

  private static HeaderList headers(Exchange x, Choice choice, Content content) {
    HeaderList headers = new HeaderList();
    for (ParameterMapping mapping : choice.headers()) {
      for (String value : mapping.source().values(x, content)) {
        if (!FieldValue.isValid(value)) {
          throw GatewayException.of(
              ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_MAPPING_INVALID);
        }
        headers.add(HeaderRules.answered(mapping.name()), value);
      }
    }
    return headers;
  }
}

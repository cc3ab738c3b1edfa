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
   * @param selects whether it was made for this backend status; the default one selects nothing
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
              .filter(mapping -> !mapping.name().equalsIgnoreCase("Transfer-Encoding"))
              .toList();
    }

    private boolean wantsBody() {
      return headers.stream().anyMatch(mapping -> mapping.source().wantsBody())
          || templates.values().stream().anyMatch(MappingTemplate::readsBody);
    }
  }

  /** Whether answers may have a header of this name; a mapping to another fails each request. */
  public static boolean mayBeSet(String header) {
    return FieldValue.isName(header);
  }

  private static final int LOWEST = 100;
  private static final int BEYOND = 1000;

  /** Null where no status chooses anything but the default. */
  private final Choice[] byBackendStatus;

  private final Choice otherwise;
  private final boolean showsRequestBody;
  private final boolean mock;
  private final BinaryTypes binaryTypes;

  /**
   * @param mock whether there is no backend: the caller's own body is what templates see, and
   *     answers carry no X-Amzn-Trace-Id (recorded)
   */
  public IntegrationResponses(List<Choice> choices, boolean mock, BinaryTypes binaryTypes) {
    this.mock = mock;
    this.binaryTypes = binaryTypes;
    this.showsRequestBody = mock && choices.stream().anyMatch(Choice::wantsBody);
    this.otherwise = choices.stream().filter(Choice::isDefault).findFirst().orElse(null);
    this.byBackendStatus = choices.stream().allMatch(Choice::isDefault) ? null : table(choices);
  }

  /** Decided for every status there is, so that no tenant's pattern ever runs against a request. */
  private Choice[] table(List<Choice> choices) {
    Choice[] table = new Choice[BEYOND - LOWEST];
    for (int status = LOWEST; status < BEYOND; status++) {
      table[status - LOWEST] = choose(choices, status);
    }
    return table;
  }

  private Choice choose(List<Choice> choices, int status) {
    for (Choice choice : choices) {
      if (!choice.isDefault() && choice.selects().test(status)) {
        return choice;
      }
    }
    return otherwise;
  }

  private Choice choice(int status) {
    return byBackendStatus != null && status >= LOWEST && status < BEYOND
        ? byBackendStatus[status - LOWEST]
        : otherwise;
  }

  /** Whether an answer may show something of the caller's body, as a mock's can. */
  public boolean wantsRequestBody() {
    return showsRequestBody;
  }

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    Choice choice = choice(answer.status());
    return choice != null && (choice.templates().isEmpty() || choice.wantsBody());
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    Choice choice = choice(answer.status());
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

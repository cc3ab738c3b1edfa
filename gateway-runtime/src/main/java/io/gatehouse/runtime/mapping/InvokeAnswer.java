package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.util.Map;

/**
 * What Lambda's Invoke has answered: that the function ran or will, that it failed, or that it was
 * not run, which fails the request whatever the integration's responses are.
 */
public final class InvokeAnswer {

  private static final int LONGEST_DETAIL = 1024;

  private final BackendResponse answer;
  private final Content content;

  private InvokeAnswer(BackendResponse answer, Budget budget) {
    this.answer = answer;
    this.content = Content.ofBackend(answer.body(), budget);
  }

  /**
   * @param answer with its body in hand
   * @throws GatewayException when the function was not run
   */
  public static InvokeAnswer of(BackendResponse answer, Budget budget) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw refused(answer).with(cause(answer, budget));
    }
    return new InvokeAnswer(answer, budget);
  }

  public boolean functionFailed() {
    return answer.headers().first("X-Amz-Function-Error") != null;
  }

  /** The {@code errorMessage} of a function that failed; empty where it gave none. */
  public String errorMessage(Budget budget) {
    return member("errorMessage", budget);
  }

  /** Of a proxy integration, which has no way to map a failure. */
  GatewayException failure(Budget budget) {
    String type = member("errorType", budget);
    String message = errorMessage(budget);
    return malformedProxy(Reason.LAMBDA_FUNCTION_ERROR)
        .with(shown(type.isEmpty() ? message : type + ": " + message));
  }

  String text() {
    return content.text();
  }

  static GatewayException malformedProxy(Reason reason) {
    return GatewayException.of(ResponseType.DEFAULT_5XX, 502, "Internal server error", reason);
  }

  private String member(String name, Budget budget) {
    try {
      return Json.parse(content.text(), budget) instanceof Map<?, ?> members
              && members.get(name) instanceof String text
          ? text
          : "";
    } catch (InvalidJson e) {
      return "";
    }
  }

  private static GatewayException refused(BackendResponse answer) {
    return switch (answer.status()) {
      case 400 ->
          GatewayException.of(
              ResponseType.BAD_REQUEST_BODY,
              400,
              "Could not parse request body into json",
              Reason.LAMBDA_PAYLOAD_INVALID);
      case 401, 403 ->
          GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.LAMBDA_NOT_PERMITTED);
      case 404 ->
          GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.LAMBDA_NOT_FOUND);
      case 413 ->
          GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.LAMBDA_PAYLOAD_TOO_LARGE);
      case 429 -> integrationFailure(Reason.LAMBDA_THROTTLED);
      default ->
          integrationFailure(
              answer.status() >= 500 ? Reason.LAMBDA_UNAVAILABLE : Reason.LAMBDA_REFUSED);
    };
  }

  private static GatewayException integrationFailure(Reason reason) {
    return GatewayException.of(
        ResponseType.INTEGRATION_FAILURE, 500, "Internal server error", reason);
  }

  private static String cause(BackendResponse answer, Budget budget) {
    String type = answer.headers().first("x-amzn-ErrorType");
    int end = type == null ? -1 : type.indexOf(':');
    String name = end < 0 ? type : type.substring(0, end);
    String said =
        answer.body() instanceof Body.Bytes ? new InvokeAnswer(answer, budget).message(budget) : "";
    String what = name == null ? "status " + answer.status() : name;
    return shown(said.isEmpty() ? what : what + ": " + said);
  }

  /** Lambda's errors spell it in both ways. */
  private String message(Budget budget) {
    String capital = member("Message", budget);
    return capital.isEmpty() ? member("message", budget) : capital;
  }

  /** For logs: on one line, and no longer than one. */
  public static String shown(String text) {
    String cut = text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "...";
    StringBuilder out = null;
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (c < ' ' || c == 0x7f) {
        out = out == null ? new StringBuilder(cut) : out;
        out.setCharAt(i, ' ');
      }
    }
    return out == null ? cut : out.toString();
  }
}

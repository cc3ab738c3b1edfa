package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.util.List;

/**
 * Why an exchange failed, as logs say it: in the vendor's words where they are known, and then, for
 * the author, what exactly was wrong where the vendor keeps that to itself.
 */
final class FailureLines {

  private static final String MISFIT = "Request body does not match model schema for content type ";
  private static final String CONFIGURATION = "Execution failed due to configuration error: ";

  private FailureLines() {}

  static List<String> of(Exchange x, GatewayException refusal) {
    Reason reason = refusal.reason();
    String detail = refusal.detail();
    return switch (reason) {
      case ENDPOINT_INVALID -> List.of(CONFIGURATION + "Invalid endpoint address");
      case NO_INTEGRATION_RESPONSE ->
          List.of(
              CONFIGURATION
                  + "No match for output mapping and no default output mapping configured."
                  + " Endpoint Response Status Code: "
                  + status(x));
      case MOCK_STATUS_MISSING ->
          List.of(
              CONFIGURATION
                  + "Unable to parse statusCode. It should be an integer that is defined in the"
                  + " request template.");
      case BACKEND_TIMEOUT -> withDetail("Execution failed due to a timeout error", detail);
      case BACKEND_UNREACHABLE ->
          withDetail("Execution failed due to a network error communicating with endpoint", detail);
      case REQUIRED_PARAMETERS_MISSING -> List.of(refusal.answer());
      case BODY_INVALID -> List.of(MISFIT + contentType(x) + ": " + detail);
      case BODY_NOT_JSON, SCHEMA_BUDGET ->
          List.of(MISFIT + contentType(x) + ": [" + reason.text() + "]");
      case REQUEST_TEMPLATE_BODY_NOT_JSON -> withCause(refusal.answer(), refusal);
      case REQUEST_TEMPLATE_INVALID,
          REQUEST_TEMPLATE_VALUE,
          REQUEST_TEMPLATE_NOT_JSON,
          REQUEST_TEMPLATE_PATH,
          REQUEST_TEMPLATE_PATTERN,
          REQUEST_TEMPLATE_ARGUMENT,
          REQUEST_TEMPLATE_LOOP,
          REQUEST_TEMPLATE_OUTPUT,
          REQUEST_TEMPLATE_DEPTH,
          REQUEST_TEMPLATE_BUDGET,
          OVERRIDE_INVALID,
          BODY_NOT_TEXT ->
          withCause(CONFIGURATION + "Unable to transform request", refusal);
      case RESPONSE_TEMPLATE_INVALID,
          RESPONSE_TEMPLATE_VALUE,
          RESPONSE_TEMPLATE_BODY_NOT_JSON,
          RESPONSE_TEMPLATE_NOT_JSON,
          RESPONSE_TEMPLATE_PATH,
          RESPONSE_TEMPLATE_PATTERN,
          RESPONSE_TEMPLATE_ARGUMENT,
          RESPONSE_TEMPLATE_LOOP,
          RESPONSE_TEMPLATE_OUTPUT,
          RESPONSE_TEMPLATE_DEPTH,
          RESPONSE_TEMPLATE_BUDGET,
          RESPONSE_OVERRIDE_INVALID,
          RESPONSE_NOT_TEXT ->
          withCause(CONFIGURATION + "Unable to transform response", refusal);
      case LAMBDA_ANSWER_MALFORMED ->
          withCause(CONFIGURATION + "Malformed Lambda proxy response", refusal);
      case LAMBDA_NOT_PERMITTED, LAMBDA_NOT_FOUND ->
          withCause(CONFIGURATION + "Invalid permissions on Lambda function", refusal);
      case LAMBDA_FUNCTION_ERROR ->
          List.of(
              "Lambda execution failed with status 200 due to customer function error: "
                  + detail
                  + ". Lambda request id: "
                  + lambdaRequestId(x));
      case LAMBDA_THROTTLED, LAMBDA_REFUSED, LAMBDA_UNAVAILABLE ->
          withCause(
              "Lambda invocation failed with status: "
                  + status(x)
                  + ". Lambda request id: "
                  + lambdaRequestId(x),
              refusal);
      case BODY_NOT_BASE64, RESPONSE_NOT_BASE64 ->
          withCause(CONFIGURATION + "Unable to base64 decode the body.", refusal);
      default -> {
        boolean ours = refusal.status() >= 500;
        yield List.of((ours ? CONFIGURATION : "Execution failed: ") + cause(refusal));
      }
    };
  }

  private static List<String> withDetail(String line, String detail) {
    return detail == null ? List.of(line) : List.of(line, "Because " + detail);
  }

  private static List<String> withCause(String line, GatewayException refusal) {
    return List.of(line, "Because " + cause(refusal));
  }

  private static String cause(GatewayException refusal) {
    String text = refusal.reason().text();
    return refusal.detail() == null ? text : text + ": " + refusal.detail();
  }

  private static String status(Exchange x) {
    return x.hasBackendResponse() ? Integer.toString(x.backendResponse().status()) : "none";
  }

  private static String lambdaRequestId(Exchange x) {
    return x.hasBackendResponse()
        ? x.backendResponse().headers().first("x-amzn-RequestId")
        : "none";
  }

  private static String contentType(Exchange x) {
    String type = x.request().headers().first("Content-Type");
    return type == null ? "application/json" : type;
  }
}

package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of the vendor's Invoke, as they are over HTTP. */
final class Answers {

  static final String ERROR_TYPE = "x-amzn-ErrorType";

  private static final long STEPS = 100_000;

  private Answers() {}

  static Refused notFound(String arn) {
    return refused(
        404, "ResourceNotFoundException", "Message", "Function not found: " + arn, Map.of());
  }

  static Refused denied(String who, String arn, String why) {
    return refused(
        403,
        "AccessDeniedException",
        "Message",
        "User: "
            + who
            + " is not authorized to perform: lambda:InvokeFunction on resource: "
            + arn
            + " "
            + why,
        null);
  }

  static Refused invalidParameter(String message) {
    return refused(400, "InvalidParameterValueException", "message", message, Map.of());
  }

  static Refused notJson(String why) {
    return refused(
        400,
        "InvalidRequestContentException",
        "Message",
        "Could not parse request body into json: Could not parse payload into json: " + why,
        Map.of());
  }

  static Refused tooLarge(int most, String operation) {
    return refused(
        413,
        "RequestTooLargeException",
        "Message",
        "Request must be smaller than " + most + " bytes for the " + operation + " operation",
        Map.of());
  }

  static Refused throttled(String reason) {
    return refused(
        429, "TooManyRequestsException", "message", "Rate Exceeded.", Map.of("Reason", reason));
  }

  /**
   * @param more members; null where the answer does not even say whose fault it was
   */
  private static Refused refused(
      int status, String type, String member, String message, Map<String, String> more) {
    Map<String, Object> document = new LinkedHashMap<>();
    if (more != null) {
      document.putAll(more);
      document.put("Type", "User");
    }
    document.put(member, message);
    HeaderList headers =
        new HeaderList().add("Content-Type", "application/json").add(ERROR_TYPE, type);
    if (more != null && more.containsKey("Reason")) {
      headers.add("Reason", more.get("Reason"));
    }
    return new Refused(
        new BackendResponse(
            status,
            headers,
            new Body.Bytes(
                Json.text(document, Budget.of(STEPS)).getBytes(StandardCharsets.UTF_8))));
  }

  static BackendResponse accepted(String id) {
    return new BackendResponse(
        202, new HeaderList().add("x-amzn-RequestId", id), new Body.Bytes(new byte[0]));
  }

  /**
   * @param tail of the log; null where it is not wanted
   */
  static BackendResponse of(Outcome outcome, String id, String version, List<String> tail) {
    HeaderList headers =
        new HeaderList()
            .add("Content-Type", "application/json")
            .add("x-amzn-RequestId", id)
            .add("X-Amz-Executed-Version", version);
    if (outcome.failed()) {
      headers.add("X-Amz-Function-Error", "Unhandled");
    }
    if (tail != null) {
      headers.add("X-Amz-Log-Result", tail(tail));
    }
    return new BackendResponse(200, headers, new Body.Bytes(outcome.body()));
  }

  private static String tail(List<String> lines) {
    byte[] all = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    int from = Math.max(0, all.length - Output.TAIL_BYTES);
    byte[] last = java.util.Arrays.copyOfRange(all, from, all.length);
    return Base64.getEncoder().encodeToString(last);
  }
}

package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.HeaderList;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.UUID;

/**
 * The functions of the recordings, which do what the scenarios' descriptions and answers tell:
 * {@code echo} gives its event back as a proxy's answer, {@code greet} greets with it, {@code say}
 * returns what the body of its event says, and {@code select} fails by its {@code statusCode}.
 */
final class RecordedFunctions implements Functions {

  /** What a function has raised, in the shape in which its runtime tells it. */
  private static final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    Raised(String message, int line) {
      super(message);
      this.line = line;
    }

    String json() {
      String at =
          "  File \"/var/task/lambda_select_pattern.py\", line "
              + line
              + ", in handler\n    raise Exception(\""
              + getMessage()
              + "\")\n";
      return JSON.createObjectBuilder()
          .add("errorMessage", getMessage())
          .add("errorType", "Exception")
          .add("requestId", UUID.randomUUID().toString())
          .add("stackTrace", JSON.createArrayBuilder().add(at))
          .build()
          .toString();
    }
  }

  @Override
  public boolean hosts(String account) {
    return true;
  }

  @Override
  public void invoke(FunctionCall call, Reply reply) {
    HeaderList headers = new HeaderList();
    String answer;
    try {
      answer = run(call);
    } catch (Raised raised) {
      answer = raised.json();
      headers.add("X-Amz-Function-Error", "Unhandled");
    }
    byte[] body = answer.getBytes(UTF_8);
    headers.add("Date", "Mon, 30 Nov 2026 00:00:00 GMT");
    headers.add("Content-Type", "application/json");
    headers.add("Content-Length", Integer.toString(body.length));
    headers.add("Connection", "keep-alive");
    headers.add("x-amzn-RequestId", UUID.randomUUID().toString());
    headers.add("x-amzn-Remapped-Content-Length", "0");
    headers.add("X-Amz-Executed-Version", "$LATEST");
    headers.add("X-Amzn-Trace-Id", call.traceId());
    reply.answer(new BackendResponse(200, headers, new Body.Bytes(body)));
  }

  private static String run(FunctionCall call) {
    String payload = new String(call.payload(), UTF_8);
    JsonObject event = event(payload);
    return switch (call.function().replaceAll(".*:", "")) {
      case "echo" -> proxyAnswer(payload);
      case "greet" ->
          proxyAnswer(JSON.createValue("response from localstack lambda: " + event).toString());
      case "say" -> {
        if (!(event.get("body") instanceof JsonString body)) {
          throw new Raised("the JSON object must be str, bytes or bytearray, not NoneType", 1);
        }
        yield body.getString();
      }
      case "select" -> selected(event.getString("statusCode"));
      default -> throw new IllegalArgumentException("no such function: " + call.function());
    };
  }

  private static JsonObject event(String payload) {
    try (var reader = JSON.createReader(new StringReader(payload))) {
      return reader.readObject();
    }
  }

  private static String proxyAnswer(String body) {
    return JSON.createObjectBuilder()
        .add("statusCode", 200)
        .add("body", body)
        .add("isBase64Encoded", false)
        .add("headers", JSON.createObjectBuilder())
        .build()
        .toString();
  }

  private static String selected(String status) {
    return switch (status) {
      case "400" ->
          throw new Raised("Error: Raising four hundred from within the Lambda function", 7);
      case "500" ->
          throw new Raised("Error: Raising five hundred from within the Lambda function", 9);
      default -> "\"Pass\"";
    };
  }
}

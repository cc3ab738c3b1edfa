package io.gatehouse.runtime.sink;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.wire.JsonText;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Firehose's PutRecordBatch, by the way that an account's integrations of type AWS go: to its own
 * endpoint, through the egress guard, signed with the keys that it has registered. Those of the
 * role with which the vendor's API Gateway writes to streams, or else the account's default.
 */
final class PutRecordBatch implements FirehoseCalls {

  /** Longest body; the vendor takes 4 MiB. */
  static final int MOST_BYTES = 4_000_000;

  private static final String ROLE =
      "arn:aws:iam::%s:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway";
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MOST_ANSWER_BYTES = 1 << 20;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,60}");

  private final Backends backends;
  private final AccountAccess accounts;
  private final Executor loop;

  /**
   * @param loop where backends are called
   */
  PutRecordBatch(Backends backends, AccountAccess accounts, Executor loop) {
    this.backends = backends;
    this.accounts = accounts;
    this.loop = loop;
  }

  /** Characters of one record in the body of a call. */
  static int length(int lineBytes) {
    return (lineBytes + 2) / 3 * 4 + "{\"Data\":\"\"},".length();
  }

  @Override
  public void put(DeliveryStream stream, List<byte[]> lines, Consumer<Outcome> then) {
    BackendRequest request = request(stream, lines);
    loop.execute(
        () -> {
          Answer answer = new Answer(lines.size(), then);
          try {
            backends.aws(target(stream)).call(null, request, answer);
          } catch (RuntimeException bug) {
            then.accept(new Failed("Bug", bug.toString()));
          }
        });
  }

  private AwsTarget target(DeliveryStream stream) {
    String role = ROLE.formatted(stream.account());
    boolean registered = accounts.access(stream.account()).roles().containsKey(role);
    return new AwsTarget(
        stream.account(),
        stream.region(),
        "firehose",
        "",
        registered ? role : null,
        TIMEOUT_MILLIS);
  }

  private static BackendRequest request(DeliveryStream stream, List<byte[]> lines) {
    StringBuilder body = new StringBuilder("{\"DeliveryStreamName\":\"");
    body.append(stream.name()).append("\",\"Records\":[");
    Base64.Encoder base64 = Base64.getEncoder();
    String between = "";
    for (byte[] line : lines) {
      body.append(between).append("{\"Data\":\"").append(base64.encodeToString(line)).append("\"}");
      between = ",";
    }
    body.append("]}");
    HeaderList headers =
        new HeaderList()
            .add("Content-Type", "application/x-amz-json-1.1")
            .add("X-Amz-Target", "Firehose_20150804.PutRecordBatch");
    byte[] bytes = body.toString().getBytes(StandardCharsets.US_ASCII);
    return new BackendRequest("POST", "/", headers, new Body.Bytes(bytes), null);
  }

  /** What came back. */
  private static final class Answer implements Backend.Reply, Gathering {

    private final int lines;
    private final Consumer<Outcome> then;
    private int status;

    Answer(int lines, Consumer<Outcome> then) {
      this.lines = lines;
      this.then = then;
    }

    @Override
    public void answer(BackendResponse response) {
      status = response.status();
      response.body().gather(this);
    }

    @Override
    public void whole(byte[] content) {
      then.accept(
          outcome(
              JsonText.spelled(new String(content, StandardCharsets.UTF_8))
                  .orElse(JsonValue.EMPTY_JSON_OBJECT)));
    }

    private Outcome outcome(JsonObject answer) {
      if (status != 200) {
        return new Failed(code(answer.get("__type"), "HTTP " + status), "it answered " + status);
      }
      List<Integer> refused = new ArrayList<>();
      String code = "";
      if (answer.get("RequestResponses") instanceof JsonArray each && each.size() == lines) {
        for (int i = 0; i < lines; i++) {
          if (each.get(i) instanceof JsonObject one && one.containsKey("ErrorCode")) {
            refused.add(i);
            code = code.isEmpty() ? code(one.get("ErrorCode"), "Refused") : code;
          }
        }
      } else if (!JSON.createValue(0).equals(answer.get("FailedPutCount"))) {
        return new Failed("Answer", "it answered what is no answer of PutRecordBatch");
      }
      return new Put(refused, code);
    }

    /** Of services that tell their namespace before it, too. */
    private static String code(JsonValue told, String otherwise) {
      String text = told instanceof JsonString string ? string.getString() : "";
      String last = text.substring(text.indexOf('#') + 1);
      return CODE.matcher(last).matches() ? last : otherwise;
    }

    @Override
    public void fail(GatewayException failure) {
      then.accept(
          new Failed(
              failure.reason().name(),
              failure.detail() == null ? failure.reason().text() : failure.detail()));
    }

    @Override
    public void failed(GatewayException failure) {
      fail(failure);
    }

    @Override
    public long most() {
      return MOST_ANSWER_BYTES;
    }

    @Override
    public void piece(int bytes) {
      // held only until it is read
    }

    @Override
    public GatewayException tooLarge() {
      return broken(Reason.BACKEND_ANSWER_TOO_LARGE);
    }

    @Override
    public GatewayException broken(Throwable cause) {
      return broken(Reason.BACKEND_BODY_INCOMPLETE);
    }

    @Override
    public GatewayException late() {
      return broken(Reason.BACKEND_BODY_LATE);
    }

    private static GatewayException broken(Reason why) {
      return GatewayException.of(ResponseType.INTEGRATION_FAILURE, why);
    }
  }
}

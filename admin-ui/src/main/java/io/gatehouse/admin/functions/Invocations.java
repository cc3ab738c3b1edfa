package io.gatehouse.admin.functions;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.functions.FunctionNames.Named;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.operations.Turns;
import io.gatehouse.admin.publish.NodeFunctions;
import io.gatehouse.admin.publish.NodeFunctions.Answer;
import io.gatehouse.admin.publish.NodeFunctions.Invocation;
import io.gatehouse.admin.publish.NodeFunctions.Unavailable;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredFunctionVersion;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/**
 * Invoking a function: it is looked up here and runs on a node. Imitates the Invoke page of the API
 * reference.
 */
@ApplicationScoped
public class Invocations implements Operations {

  static final int LARGEST_EVENT = 1024 * 1024;
  private static final int LONGEST_CONTEXT = 3583;
  private static final int MOST_PER_ACCOUNT = 10;
  private static final int MOST_IN_ALL = 40;

  /** A function's own time-out is told by the node; this is for a node that tells nothing. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Turns turns = new Turns("invocations", MOST_PER_ACCOUNT, MOST_IN_ALL);
  private FunctionNames names;
  private NodeFunctions nodes;
  private UserTransaction transaction;

  protected Invocations() {}

  @Inject
  public Invocations(FunctionNames names, NodeFunctions nodes, UserTransaction transaction) {
    this.names = names;
    this.nodes = nodes;
    this.transaction = transaction;
  }

  @Operation(value = "POST /2015-03-31/functions/{FunctionName}/invocations", inTransaction = false)
  public InvokeResponse invoke(Caller caller, InvokeRequest in) throws Exception {
    Named named = FunctionNames.parse(caller, in.functionName(), in.qualifier());
    boolean event = in.invocationType() == InvocationType.EVENT;
    byte[] payload = payload(in, event);
    String context = context(in.clientContext());
    Duration longest = longest(caller, named);
    if (in.invocationType() == InvocationType.DRY_RUN) {
      return InvokeResponse.builder().statusCode(204).build();
    }
    Invocation invocation =
        new Invocation(
            caller.account(),
            named.name(),
            named.qualifier().orElse(""),
            payload,
            event,
            in.logType() == LogType.TAIL,
            context,
            "",
            longest);
    try (Turns.Turn turn = turns.take(caller.account())) {
      return answer(nodes.invoke(invocation));
    } catch (Unavailable e) {
      throw ApiError.of(Kind.SERVICE_UNAVAILABLE, e.getMessage());
    }
  }

  /** How long the version may run; the connection is given back before it does. */
  private Duration longest(Caller caller, Named named) throws Exception {
    transaction.begin();
    try {
      StoredFunction function = names.get(caller, named.name());
      StoredFunctionVersion version = names.version(caller, function, named.qualifier());
      return Duration.ofSeconds(version.content().configuration().timeout()).plus(GRACE);
    } finally {
      transaction.rollback();
    }
  }

  private static byte[] payload(InvokeRequest in, boolean event) {
    byte[] payload = in.payload() == null ? new byte[0] : in.payload().asByteArrayUnsafe();
    if (event && payload.length > LARGEST_EVENT) {
      throw ApiError.of(
          Kind.PAYLOAD_TOO_LARGE,
          "%d byte payload is too large for the Event invocation type (limit %d bytes)"
              .formatted(payload.length, LARGEST_EVENT));
    }
    if (payload.length == 0) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(payload))) {
      reader.readValue();
    } catch (RuntimeException e) {
      // The parser has several for texts that it cannot read, one of them for too much depth.
      throw ApiError.of(
          Kind.INVALID_CONTENT,
          "Could not parse request body into json: " + FunctionRules.shown(e.getMessage()));
    }
    return payload;
  }

  private static String context(String clientContext) {
    if (clientContext == null || clientContext.isEmpty()) {
      return "";
    }
    FunctionRules.refuseIf(
        clientContext.length() > LONGEST_CONTEXT,
        "ClientContext may have at most " + LONGEST_CONTEXT + " characters");
    try {
      Base64.getDecoder().decode(clientContext);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("Client context must be a valid Base64-encoded JSON object.");
    }
    return clientContext;
  }

  private static InvokeResponse answer(Answer answer) {
    if (answer.status() >= 400) {
      throw refusal(answer);
    }
    Map<String, String> headers = answer.headers();
    return InvokeResponse.builder()
        .statusCode(answer.status())
        .functionError(headers.get("x-amz-function-error"))
        .logResult(headers.get("x-amz-log-result"))
        .executedVersion(headers.get("x-amz-executed-version"))
        .payload(SdkBytes.fromByteArrayUnsafe(answer.body()))
        .build();
  }

  /** What the node has refused, said by it in the vendor's way. */
  private static ApiError refusal(Answer answer) {
    String type = answer.headers().getOrDefault("x-amzn-errortype", "").replaceFirst(":.*", "");
    Kind kind =
        switch (type) {
          case "ResourceNotFoundException" -> Kind.NOT_FOUND;
          case "TooManyRequestsException" -> Kind.TOO_MANY_REQUESTS;
          case "RequestTooLargeException" -> Kind.PAYLOAD_TOO_LARGE;
          case "InvalidRequestContentException" -> Kind.INVALID_CONTENT;
          case "InvalidParameterValueException" -> Kind.BAD_REQUEST;
          case "AccessDeniedException" -> Kind.ACCESS_DENIED;
          default -> answer.status() < 500 ? Kind.BAD_REQUEST : Kind.SERVICE_UNAVAILABLE;
        };
    return ApiError.of(kind, message(answer.body()).orElse("The function could not be invoked"));
  }

  private static Optional<String> message(byte[] body) {
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(body))) {
      JsonObject object = reader.readObject();
      return Optional.ofNullable(object.getString("message", object.getString("Message", null)));
    } catch (JsonException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}

package io.gatehouse.admin.awsface;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The protocol of Lambda: answers as API Gateway's, errors with its own names and members. */
record LambdaJson() implements Protocol {

  @Override
  public Answer refusal(ApiError error, String requestId) {
    int status = error.kind().status();
    byte[] body =
        JSON.createObjectBuilder()
            .add("Type", status < 500 ? "User" : "Service")
            .add(member(error.kind()), error.getMessage())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new Answer(
        status,
        Map.of("Content-Type", "application/json", "x-amzn-ErrorType", type(error.kind())),
        body);
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> "InvalidParameterValueException";
      case SERIALIZATION, INVALID_CONTENT -> "InvalidRequestContentException";
      case NOT_FOUND -> "ResourceNotFoundException";
      case CONFLICT -> "ResourceConflictException";
      case INTERNAL -> "ServiceException";
      default -> kind.type();
    };
  }

  /** As the vendor's shapes spell it, error by error. */
  private static String member(Kind kind) {
    return switch (kind) {
      case NOT_FOUND, INTERNAL, ACCESS_DENIED -> "Message";
      default -> "message";
    };
  }
}

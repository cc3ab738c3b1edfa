package io.gatehouse.admin.awsface;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import io.gatehouse.model.wire.CborInput;
import io.gatehouse.model.wire.CborOutput;
import io.gatehouse.model.wire.WireInput;
import io.gatehouse.model.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What newer tools of CloudWatch speak: the operation named by a header and JSON both ways, or
 * named by the path and CBOR both ways. Errors have the Query protocol's codes in a header, for
 * tools that knew that one.
 */
record CloudWatchRpc(Form form) implements Protocol {

  /** How members are spelt. */
  enum Form {
    JSON,
    CBOR
  }

  private static final String TARGET = "X-Amz-Target";
  private static final String TARGETS = "GraniteServiceVersion20100801.";
  private static final String PATHS = "/service/GraniteServiceVersion20100801/operation/";
  private static final String PROTOCOL = "smithy-protocol";
  private static final String RPC_CBOR = "rpc-v2-cbor";

  /** Empty for a request of the Query protocol. */
  static Optional<CloudWatchRpc> of(Incoming in) {
    if (in.header(PROTOCOL).filter(RPC_CBOR::equals).isPresent()) {
      return Optional.of(new CloudWatchRpc(Form.CBOR));
    }
    return in.header(TARGET).filter(target -> target.startsWith(TARGETS)).isPresent()
        ? Optional.of(new CloudWatchRpc(Form.JSON))
        : Optional.empty();
  }

  /** As {@code GetMetricData}; empty when the request names none. */
  String action(Incoming in) {
    return switch (form) {
      case JSON -> in.header(TARGET).orElse(TARGETS).substring(TARGETS.length());
      case CBOR -> in.rawPath().startsWith(PATHS) ? in.rawPath().substring(PATHS.length()) : "";
    };
  }

  WireInput input(byte[] body) {
    byte[] json =
        form == Form.JSON
            ? body
            : CborInput.object(body).toString().getBytes(StandardCharsets.UTF_8);
    return new WireInput(Map.of(), "", Map.of(), json);
  }

  /**
   * @param shape empty for operations that answer nothing
   */
  Answer success(Optional<SdkPojo> shape) {
    byte[] body =
        switch (form) {
          case JSON ->
              shape
                  .map(some -> WireOutput.of(some).body())
                  .orElse("{}".getBytes(StandardCharsets.UTF_8));
          case CBOR -> shape.map(CborOutput::of).orElseGet(() -> CborOutput.of(Map.of()));
        };
    return answer(200, body);
  }

  @Override
  public Answer refusal(ApiError error, String requestId) {
    int status = error.kind().status() < 500 ? 400 : error.kind().status();
    String type = type(error.kind());
    Map<String, String> members = Map.of("__type", type, "message", error.getMessage());
    byte[] body =
        form == Form.JSON
            ? JSON.createObjectBuilder(Map.<String, Object>copyOf(members))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8)
            : CborOutput.of(members);
    return answer(status, body)
        .with("x-amzn-ErrorType", type)
        .with(
            "x-amzn-query-error",
            code(error.kind()) + ";" + (status < 500 ? "Sender" : "Receiver"));
  }

  private Answer answer(int status, byte[] body) {
    return form == Form.JSON
        ? new Answer(status, Map.of("Content-Type", "application/x-amz-json-1.0"), body)
        : new Answer(status, Map.of("Content-Type", "application/cbor", PROTOCOL, RPC_CBOR), body);
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> "InvalidParameterValueException";
      case VALIDATION -> "ValidationError";
      case INTERNAL -> "InternalServiceFault";
      default -> kind.type();
    };
  }

  /** As the Query protocol names it. */
  static String code(Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> "InvalidParameterValue";
      case INTERNAL -> "InternalServiceError";
      default -> QueryXml.code(kind);
    };
  }
}

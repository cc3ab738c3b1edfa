package io.gatehouse.admin.awsface;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import io.gatehouse.model.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** The protocol of Cognito: JSON both ways, the operation named by a header. */
record TargetJson() implements Protocol {

  static final String SERVICE = "cognito-idp";

  private static final String HEADER = "X-Amz-Target";
  private static final String PREFIX = "AWSCognitoIdentityProviderService.";
  private static final Map<String, String> TYPE =
      Map.of("Content-Type", "application/x-amz-json-1.1");

  /** What the vendor lets people call without a signature, and we have. */
  private static final Set<String> UNSIGNED = Set.of("InitiateAuth");

  static boolean isAddressed(Incoming in) {
    return in.header(HEADER).filter(target -> target.startsWith(PREFIX)).isPresent();
  }

  /** Whether it asks for an operation that needs no signature, and has none. */
  static boolean isUnsigned(Incoming in) {
    return in.values("Authorization").isEmpty()
        && isAddressed(in)
        && UNSIGNED.contains(operation(in));
  }

  /** Operations are found by this in the place of a path; none that travels holds such a sign. */
  static String path(Incoming in) {
    return "/#" + operation(in);
  }

  private static String operation(Incoming in) {
    return isAddressed(in) ? in.header(HEADER).orElse("").substring(PREFIX.length()) : "";
  }

  static ApiError unbuilt(Incoming in) {
    String name = operation(in).replaceAll("[^A-Za-z]", "?");
    return name.isEmpty()
        ? ApiError.of(
            Kind.UNKNOWN_OPERATION, "The header X-Amz-Target must name an operation of Cognito")
        : ApiError.notImplemented(
            "The operation "
                + (name.length() > 100 ? name.substring(0, 100) + "..." : name)
                + " of Cognito");
  }

  /**
   * @param shape empty for operations that answer nothing
   */
  Answer success(Optional<SdkPojo> shape) {
    byte[] body =
        shape.map(some -> WireOutput.of(some).body()).orElse("{}".getBytes(StandardCharsets.UTF_8));
    return new Answer(200, TYPE, body);
  }

  @Override
  public Answer refusal(ApiError error, String requestId) {
    byte[] body =
        JSON.createObjectBuilder()
            .add("__type", type(error.kind()))
            .add("message", error.getMessage())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new Answer(status(error.kind()), TYPE, body)
        .with("x-amzn-ErrorType", type(error.kind()));
  }

  /** All that is the caller's to mend is a 400 here. */
  private static int status(Kind kind) {
    return kind.status() < 500 ? 400 : kind.status();
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case BAD_REQUEST, VALIDATION, CONFLICT -> "InvalidParameterException";
      case NOT_FOUND -> "ResourceNotFoundException";
      case INTERNAL -> "InternalErrorException";
      default -> kind.type();
    };
  }
}

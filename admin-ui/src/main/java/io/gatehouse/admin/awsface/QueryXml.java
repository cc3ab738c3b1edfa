package io.gatehouse.admin.awsface;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.QueryOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The Query protocol, which IAM, the Security Token Service and older tools of CloudWatch speak:
 * forms in, XML out, and its own names of errors.
 */
record QueryXml(Service service) implements Protocol {

  /** Who speaks it. */
  enum Service {
    IAM("iam", "iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"),
    STS("sts", "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
    CLOUDWATCH(
        "monitoring",
        "cloudwatch",
        "2010-08-01",
        "http://monitoring.amazonaws.com/doc/2010-08-01/");

    private final String scope;
    private final String shapes;
    private final String version;
    private final String namespace;

    Service(String scope, String shapes, String version, String namespace) {
      this.scope = scope;
      this.shapes = shapes;
      this.version = version;
      this.namespace = namespace;
    }

    /** As requests are signed for it. */
    String scope() {
      return scope;
    }

    /** The service of its shapes. */
    String shapes() {
      return shapes;
    }

    String version() {
      return version;
    }

    /** Whether it is one and the same in all regions, and old tools sign for the first of all. */
    boolean isGlobal() {
      return this != CLOUDWATCH;
    }

    /** Empty for a service that speaks another protocol. */
    static Optional<Service> of(String scope) {
      for (Service service : values()) {
        if (service.scope.equals(scope)) {
          return Optional.of(service);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @param action as {@code CreateUser}
   * @param shape empty for operations that answer nothing
   */
  Answer success(String action, Optional<SdkPojo> shape, String requestId) {
    String result =
        shape
            .map(QueryOutput::of)
            .map(members -> "<%1$sResult>%2$s</%1$sResult>".formatted(action, members))
            .orElse("");
    return xml(
        200,
        """
        <%1$sResponse xmlns="%2$s">%3$s\
        <ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>\
        """
            .formatted(action, service.namespace, result, requestId));
  }

  @Override
  public Answer refusal(ApiError error, String requestId) {
    int status = status(error.kind());
    String code =
        service == Service.CLOUDWATCH ? CloudWatchRpc.code(error.kind()) : code(error.kind());
    return xml(
        status,
        """
        <ErrorResponse xmlns="%s"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message>\
        </Error><RequestId>%s</RequestId></ErrorResponse>\
        """
            .formatted(
                service.namespace,
                status < 500 ? "Sender" : "Receiver",
                code,
                QueryOutput.escaped(error.getMessage()),
                requestId));
  }

  private static int status(ApiError.Kind kind) {
    return switch (kind) {
      case UNKNOWN_OPERATION -> 400;
      case LIMIT_EXCEEDED -> 409;
      default -> kind.status();
    };
  }

  static String code(ApiError.Kind kind) {
    return switch (kind) {
      case UNRECOGNIZED_CLIENT -> "InvalidClientTokenId";
      case EXPIRED_TOKEN -> "ExpiredToken";
      case INVALID_SIGNATURE -> "SignatureDoesNotMatch";
      case INCOMPLETE_SIGNATURE -> "IncompleteSignature";
      case MISSING_AUTHENTICATION_TOKEN -> "MissingAuthenticationToken";
      case ACCESS_DENIED -> "AccessDenied";
      case UNKNOWN_OPERATION -> "InvalidAction";
      case NOT_FOUND -> "NoSuchEntity";
      case CONFLICT -> "EntityAlreadyExists";
      case DELETE_CONFLICT -> "DeleteConflict";
      case LIMIT_EXCEEDED -> "LimitExceeded";
      case MALFORMED_POLICY -> "MalformedPolicyDocument";
      case BAD_REQUEST -> "InvalidInput";
      case TOO_MANY_REQUESTS -> "Throttling";
      case SERVICE_UNAVAILABLE -> "ServiceUnavailable";
      case INTERNAL -> "ServiceFailure";
      case NOT_IMPLEMENTED -> "NotImplemented";
      default -> "ValidationError";
    };
  }

  private static Answer xml(int status, String text) {
    return new Answer(
        status, Map.of("Content-Type", "text/xml"), text.getBytes(StandardCharsets.UTF_8));
  }
}

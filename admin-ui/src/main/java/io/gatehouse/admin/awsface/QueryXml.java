package io.gatehouse.admin.awsface;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The protocol of the Security Token Service: forms in, XML out, and its own names of errors. */
record QueryXml() implements Protocol {

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  Answer success(GetCallerIdentityResponse identity, String requestId) {
    return xml(
        200,
        """
        <GetCallerIdentityResponse xmlns="%s"><GetCallerIdentityResult>\
        <Arn>%s</Arn><UserId>%s</UserId><Account>%s</Account>\
        </GetCallerIdentityResult><ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>\
        </GetCallerIdentityResponse>"""
            .formatted(
                NAMESPACE,
                escaped(identity.arn()),
                escaped(identity.userId()),
                escaped(identity.account()),
                requestId));
  }

  @Override
  public Answer refusal(ApiError error, String requestId) {
    int status = error.kind() == ApiError.Kind.UNKNOWN_OPERATION ? 400 : error.kind().status();
    return xml(
        status,
        """
        <ErrorResponse xmlns="%s"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message>\
        </Error><RequestId>%s</RequestId></ErrorResponse>"""
            .formatted(
                NAMESPACE,
                status < 500 ? "Sender" : "Receiver",
                code(error.kind()),
                escaped(error.getMessage()),
                requestId));
  }

  private static String code(ApiError.Kind kind) {
    return switch (kind) {
      case UNRECOGNIZED_CLIENT -> "InvalidClientTokenId";
      case INVALID_SIGNATURE -> "SignatureDoesNotMatch";
      case INCOMPLETE_SIGNATURE -> "IncompleteSignature";
      case MISSING_AUTHENTICATION_TOKEN -> "MissingAuthenticationToken";
      case ACCESS_DENIED -> "AccessDenied";
      case UNKNOWN_OPERATION -> "InvalidAction";
      case SERVICE_UNAVAILABLE -> "ServiceUnavailable";
      case INTERNAL -> "InternalFailure";
      case NOT_IMPLEMENTED -> "NotImplemented";
      default -> "ValidationError";
    };
  }

  private static Answer xml(int status, String text) {
    return new Answer(
        status, Map.of("Content-Type", "text/xml"), text.getBytes(StandardCharsets.UTF_8));
  }

  /** XML 1.0 has no way to write control characters at all, so they become blanks. */
  private static String escaped(String text) {
    return text.replaceAll("[\\x00-\\x1F\\x7F\\uD800-\\uDFFF\\uFFFE\\uFFFF]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

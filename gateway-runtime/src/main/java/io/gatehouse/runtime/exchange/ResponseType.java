package io.gatehouse.runtime.exchange;

/**
 * The vendor's gateway response types with their built-in status, message and error type
 * (aws-behaviour 13).
 */
public enum ResponseType {
  ACCESS_DENIED(403, "User is not authorized to access this resource", "AccessDeniedException"),
  API_CONFIGURATION_ERROR(500, "Internal server error", "InternalServerErrorException"),
  AUTHORIZER_CONFIGURATION_ERROR(500, null, "AuthorizerConfigurationException"),
  AUTHORIZER_FAILURE(500, null, "AuthorizerFailureException"),
  BAD_REQUEST_BODY(400, "Invalid request body", "BadRequestException"),
  BAD_REQUEST_PARAMETERS(400, "Missing required request parameters", "BadRequestException"),
  DEFAULT_4XX(400, "Bad Request", "BadRequestException"),
  DEFAULT_5XX(500, "Internal server error", "InternalServerErrorException"),
  EXPIRED_TOKEN(
      403, "The security token included in the request is expired", "ExpiredTokenException"),
  INTEGRATION_FAILURE(
      504, "Network error communicating with endpoint", "InternalServerErrorException"),
  INTEGRATION_TIMEOUT(504, "Endpoint request timed out", "InternalServerErrorException"),
  INVALID_API_KEY(403, "Forbidden", "ForbiddenException"),
  INVALID_SIGNATURE(
      403,
      "The request signature we calculated does not match the signature you provided.",
      "InvalidSignatureException"),
  MISSING_AUTHENTICATION_TOKEN(
      403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
  QUOTA_EXCEEDED(429, "Limit Exceeded", "LimitExceededException"),
  REQUEST_TOO_LARGE(413, "Request Too Long", "RequestTooLargeException"),
  RESOURCE_NOT_FOUND(404, "Not Found", "ResourceNotFoundException"),
  THROTTLED(429, "Too Many Requests", "TooManyRequestsException"),
  UNAUTHORIZED(401, "Unauthorized", "UnauthorizedException"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "BadRequestException"),
  WAF_FILTERED(403, "Forbidden", "ForbiddenException");

  private final int status;
  private final String message;
  private final String errorType;

  ResponseType(int status, String message, String errorType) {
    this.status = status;
    this.message = message;
    this.errorType = errorType;
  }

  public int status() {
    return status;
  }

  /** The default message; null where the vendor sends JSON null. */
  public String message() {
    return message;
  }

  /** As in {@code x-amzn-ErrorType}. */
  public String errorType() {
    return errorType;
  }
}

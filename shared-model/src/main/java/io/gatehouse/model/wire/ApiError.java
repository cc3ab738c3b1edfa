package io.gatehouse.model.wire;

/**
 * The one error that operations throw on purpose: the vendor's type, its status and a message that
 * helps.
 */
public final class ApiError extends RuntimeException {

  /** The vendor's error types with their HTTP status. */
  public enum Kind {
    BAD_REQUEST("BadRequestException", 400),
    VALIDATION("ValidationException", 400),
    SERIALIZATION("SerializationException", 400),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400),
    ACCESS_DENIED("AccessDeniedException", 403),
    INVALID_SIGNATURE("InvalidSignatureException", 403),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 403),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403),
    EXPIRED_TOKEN("ExpiredTokenException", 403),
    NOT_FOUND("NotFoundException", 404),
    UNKNOWN_OPERATION("UnknownOperationException", 404),
    CONFLICT("ConflictException", 409),
    /** What is to be deleted is still in use. */
    DELETE_CONFLICT("DeleteConflictException", 409),
    MALFORMED_POLICY("MalformedPolicyDocumentException", 400),
    REQUEST_TOO_LARGE("RequestEntityTooLargeException", 413),
    /** What a function is to be given. */
    PAYLOAD_TOO_LARGE("RequestTooLargeException", 413),
    /** A document or file that is no such thing. */
    INVALID_CONTENT("InvalidRequestContentException", 400),
    STORAGE_EXCEEDED("CodeStorageExceededException", 400),
    POLICY_TOO_LONG("PolicyLengthExceededException", 400),
    /** Who wanted a token of a user pool, and was not who they said. */
    NOT_AUTHORIZED("NotAuthorizedException", 400),
    USER_NOT_FOUND("UserNotFoundException", 400),
    USERNAME_EXISTS("UsernameExistsException", 400),
    INVALID_PASSWORD("InvalidPasswordException", 400),
    PRECONDITION_FAILED("PreconditionFailedException", 412),
    LIMIT_EXCEEDED("LimitExceededException", 429),
    TOO_MANY_REQUESTS("TooManyRequestsException", 429),
    INTERNAL("InternalFailure", 500),
    NOT_IMPLEMENTED("NotImplementedException", 501),
    SERVICE_UNAVAILABLE("ServiceUnavailableException", 503);

    private final String type;
    private final int status;

    Kind(String type, int status) {
      this.type = type;
      this.status = status;
    }

    /** As in {@code x-amzn-ErrorType}. */
    public String type() {
      return type;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final String detail;

  private ApiError(Kind kind, String message) {
    this(kind, message, "");
  }

  private ApiError(Kind kind, String message, String detail) {
    super(message, null, false, false);
    this.kind = kind;
    this.detail = detail;
  }

  /** The same with what helps beyond the vendor's words: people are shown it, tools are not. */
  public ApiError withDetail(String sentence) {
    return new ApiError(kind, getMessage(), sentence);
  }

  /** The message, and the detail if there is one. */
  public String explained() {
    return detail.isEmpty() ? getMessage() : getMessage() + " " + detail;
  }

  public Kind kind() {
    return kind;
  }

  public static ApiError of(Kind kind, String message) {
    return new ApiError(kind, message);
  }

  public static ApiError badRequest(String message) {
    return new ApiError(Kind.BAD_REQUEST, message);
  }

  public static ApiError serialization(String message) {
    return new ApiError(Kind.SERIALIZATION, message);
  }

  public static ApiError notFound(String message) {
    return new ApiError(Kind.NOT_FOUND, message);
  }

  public static ApiError conflict(String message) {
    return new ApiError(Kind.CONFLICT, message);
  }

  /** For what the vendor can and we cannot yet: never an answer of success for a thing not done. */
  public static ApiError notImplemented(String what) {
    return new ApiError(
        Kind.NOT_IMPLEMENTED, what + " is not built yet in this version of Gatehouse");
  }
}

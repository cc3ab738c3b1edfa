package io.gatehouse.runtime.exchange;

/**
 * A refusal or failure that the gateway answers itself. Only GatewayResponses turns it into bytes.
 */
public final class GatewayException extends RuntimeException {

  private final ResponseType type;
  private final int status;
  private final Reason reason;
  private final String errorType;
  private final String answer;
  private final String detail;

  private GatewayException(
      ResponseType type,
      int status,
      Reason reason,
      String errorType,
      String answer,
      String detail,
      Throwable cause) {
    super(null, cause, false, false);
    this.type = type;
    this.status = status;
    this.reason = reason;
    this.errorType = errorType;
    this.answer = answer;
    this.detail = detail;
  }

  /** With the type's own status and message. */
  public static GatewayException of(ResponseType type, Reason reason) {
    return of(type, type.status(), type.message(), reason);
  }

  /** Where the vendor's answer differs from the type's defaults. */
  public static GatewayException of(ResponseType type, int status, String answer, Reason reason) {
    return new GatewayException(type, status, reason, type.errorType(), answer, null, null);
  }

  /** An unexpected error of ours: logged by whoever handles it, the caller learns nothing of it. */
  public static GatewayException bug(Throwable cause) {
    ResponseType type = ResponseType.DEFAULT_5XX;
    return new GatewayException(
        type, type.status(), Reason.BUG, type.errorType(), type.message(), null, cause);
  }

  /** The same with what exactly was wrong, for the API's author and for {@link #detail}. */
  public GatewayException with(String detail) {
    return new GatewayException(type, status, reason, errorType, answer, detail, getCause());
  }

  /** The same where the vendor names another error than the type's. */
  public GatewayException as(String otherErrorType) {
    return new GatewayException(type, status, reason, otherErrorType, answer, detail, getCause());
  }

  /** Put together when somebody reads it: most are answered and never read. */
  @Override
  public String getMessage() {
    return reason + ": " + reason.text();
  }

  public ResponseType type() {
    return type;
  }

  public int status() {
    return status;
  }

  public Reason reason() {
    return reason;
  }

  /** As in {@code x-amzn-ErrorType}. */
  public String errorType() {
    return errorType;
  }

  /** The message for the caller; null is JSON null. */
  public String answer() {
    return answer;
  }

  /** What exactly was wrong: where in a template, what in a body. Null where there is no more. */
  public String detail() {
    return detail;
  }
}

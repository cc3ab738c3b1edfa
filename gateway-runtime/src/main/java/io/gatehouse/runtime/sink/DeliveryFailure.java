package io.gatehouse.runtime.sink;

/** Records did not arrive, or nobody knows whether they did. */
final class DeliveryFailure extends Exception {

  private static final long serialVersionUID = 1;

  private static final int LONGEST = 300;

  private final String code;
  private final boolean ofRecords;

  /**
   * @param code one of few words, as metrics tell it
   * @param ofRecords whether a record is what is wrong, so that it is of no use to send it again
   */
  private DeliveryFailure(String code, boolean ofRecords, String message, Throwable cause) {
    super(message.length() > LONGEST ? message.substring(0, LONGEST) : message, cause);
    this.code = code;
    this.ofRecords = ofRecords;
  }

  /** The receiver is what is wrong: down, unwilling, or out of reach. */
  static DeliveryFailure ofReceiver(Throwable cause) {
    return ofReceiver(cause.getClass().getSimpleName(), cause);
  }

  static DeliveryFailure ofReceiver(String code, Throwable cause) {
    return new DeliveryFailure(code, false, cause.toString(), cause);
  }

  static DeliveryFailure ofReceiver(String code, String message) {
    return new DeliveryFailure(code, false, message, null);
  }

  static DeliveryFailure ofRecords(String code, Throwable cause) {
    return new DeliveryFailure(code, true, cause.toString(), cause);
  }

  String code() {
    return code;
  }

  boolean isOfRecords() {
    return ofRecords;
  }
}

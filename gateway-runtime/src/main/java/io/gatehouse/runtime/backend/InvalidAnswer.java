package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Reason;

/** Why a backend's answer is none: its connection carries nothing more after it. */
final class InvalidAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param message a sentence for the API's author
   */
  InvalidAnswer(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}

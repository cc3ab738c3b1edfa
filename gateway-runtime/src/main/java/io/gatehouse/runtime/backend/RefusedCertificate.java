package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Reason;
import java.security.cert.CertificateException;

/** Why a backend's certificate is not accepted. */
final class RefusedCertificate extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param message a sentence that says what is wrong with which certificate
   */
  RefusedCertificate(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}

package io.gatehouse.runtime.auth;

/** Why an issuer's keys could not be had, in words. */
final class IssuerFailure extends Exception {

  private static final long serialVersionUID = 1L;

  IssuerFailure(String message) {
    super(message, null, false, false);
  }
}

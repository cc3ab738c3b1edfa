package io.gatehouse.runtime.exchange;

/**
 * What a stage shows to backends that ask who calls.
 *
 * @param certificate X.509 in PEM
 * @param privateKey PKCS #8 in PEM
 */
public record ClientIdentity(String certificate, String privateKey) {

  /** Never the key. */
  @Override
  public String toString() {
    return "a client certificate";
  }
}

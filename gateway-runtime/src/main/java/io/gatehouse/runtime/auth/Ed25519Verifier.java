package io.gatehouse.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Ed25519 by the JDK, for which the JOSE library would want one more library. */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {

  private static final String NAME = "Ed25519";
  private static final int KEY_BYTES = 32;

  /** What stands before the key's bytes in X.509 (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  /**
   * @throws JOSEException when it is no such key
   */
  Ed25519Verifier(byte[] key) throws JOSEException {
    super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
    if (key.length != KEY_BYTES) {
      throw new JOSEException("a key of Ed25519 has 32 bytes");
    }
    byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(key, 0, encoded, PREFIX.length, KEY_BYTES);
    try {
      this.key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new JOSEException(e.getMessage(), e);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    try {
      Signature check = Signature.getInstance(NAME);
      check.initVerify(key);
      check.update(signed);
      return supportedJWSAlgorithms().contains(header.getAlgorithm())
          && check.verify(signature.decode());
    } catch (GeneralSecurityException e) {
      throw new JOSEException(e.getMessage(), e);
    }
  }
}

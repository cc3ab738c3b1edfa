package io.gatehouse.admin.operations;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that vouches for itself, with its key: RSA of 2048 bits, as the vendor's.
 *
 * @param certificate X.509 in PEM
 * @param privateKey PKCS #8 in PEM
 */
record SelfSigned(String certificate, String privateKey, Instant expires) {

  private static final int BITS = 2048;
  private static final int SERIAL_BITS = 120;
  private static final Duration VALID = Duration.ofDays(365);
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /**
   * @param id the common name
   * @param from in whole seconds
   */
  static SelfSigned create(String id, Instant from, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, random);
      KeyPair keys = generator.generateKeyPair();
      Instant expires = from.plus(VALID);
      X500Name name = new X500Name("CN=" + id + ",OU=Client certificates,O=Gatehouse");
      X509v3CertificateBuilder certificate =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).setBit(0),
              Date.from(from),
              Date.from(expires),
              name,
              keys.getPublic());
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      certificate.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      byte[] signed =
          certificate
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))
              .getEncoded();
      return new SelfSigned(
          pem("CERTIFICATE", signed), pem("PRIVATE KEY", keys.getPrivate().getEncoded()), expires);
    } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
      throw new IllegalStateException("this Java cannot make an RSA certificate", e);
    }
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, LINES.encodeToString(content), kind);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "certificate until " + expires;
  }
}

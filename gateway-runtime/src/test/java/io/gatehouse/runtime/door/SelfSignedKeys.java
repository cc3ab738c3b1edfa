package io.gatehouse.runtime.door;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;

/** A key with a certificate that nobody vouches for. */
final class SelfSignedKeys {

  private final KeyPair keys = Certificates.keys();
  private final X509Certificate certificate;

  private SelfSignedKeys(String commonName) {
    certificate =
        Certificates.of(commonName, keys)
            .from(Instant.now().minusSeconds(60))
            .until(Instant.now().plus(Duration.ofDays(90)))
            .alternative(new GeneralName(GeneralName.dNSName, commonName))
            .alternative(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
            .signedBy(commonName, keys);
  }

  static SelfSignedKeys create(String commonName) {
    return new SelfSignedKeys(commonName);
  }

  /** A server's side that trusts these callers. */
  SSLContext serving(SelfSignedKeys... callers) throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    for (int i = 0; i < callers.length; i++) {
      known.setCertificateEntry("caller" + i, callers[i].certificate);
    }
    TrustManager[] trust = null;
    if (callers.length > 0) {
      TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
      trusting.init(known);
      trust = trusting.getTrustManagers();
    }
    return Certificates.serving(keys, trust, certificate);
  }

  String certificatePem() {
    return Certificates.pem(certificate);
  }

  String privateKeyPem() {
    return Certificates.pem(keys.getPrivate());
  }
}

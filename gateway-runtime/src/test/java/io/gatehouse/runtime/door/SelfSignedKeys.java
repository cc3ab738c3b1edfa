package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that nobody vouches for. */
final class SelfSignedKeys {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "mine";

  private final KeyStore keys;

  private SelfSignedKeys(KeyStore keys) {
    this.keys = keys;
  }

  /**
   * @param directory where the key is kept
   */
  static SelfSignedKeys create(Path directory, String commonName) throws Exception {
    Path file = directory.resolve(commonName + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=dns:" + commonName + ",ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertTrue(keytool.waitFor(30, TimeUnit.SECONDS) && keytool.exitValue() == 0);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return new SelfSignedKeys(keys);
  }

  /** A server's side that trusts these callers. */
  SSLContext serving(SelfSignedKeys... callers) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(keys, PASSWORD);
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    for (int i = 0; i < callers.length; i++) {
      known.setCertificateEntry("caller" + i, callers[i].certificate());
    }
    TrustManager[] trust = null;
    if (callers.length > 0) {
      TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
      trusting.init(known);
      trust = trusting.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), trust, null);
    return context;
  }

  String certificatePem() throws Exception {
    return pem("CERTIFICATE", certificate().getEncoded());
  }

  String privateKeyPem() throws Exception {
    return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
  }

  private Certificate certificate() throws Exception {
    return keys.getCertificate(ALIAS);
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }
}

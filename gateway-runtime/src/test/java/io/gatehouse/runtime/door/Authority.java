package io.gatehouse.runtime.door;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;

/** An authority that vouches for backends of tests, by real certificates. */
final class Authority {

  private static final Duration DAY = Duration.ofDays(1);

  private final Path directory;
  private final String name;
  private final KeyPair keys = Certificates.keys();
  private final X509Certificate certificate;
  private int made;

  private Authority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
    this.certificate =
        Certificates.of(name, keys)
            .from(Instant.now().minusSeconds(60))
            .until(Instant.now().plus(DAY.multipliedBy(30)))
            .authority()
            .signedBy(name, keys);
  }

  static Authority create(Path directory, String name) {
    return new Authority(directory, name);
  }

  /** X.509 in PEM. */
  String pem() {
    return Certificates.pem(certificate);
  }

  /** A backend's side with a certificate for this name, or {@code ip:} address, that is valid. */
  SSLContext serving(String subject) throws Exception {
    return serving(subject, 0, 10);
  }

  /** The same with a certificate that is no longer valid. */
  SSLContext servingExpired(String subject) throws Exception {
    return serving(subject, -10, -5);
  }

  /** The same with one that is not valid yet. */
  SSLContext servingFuture(String subject) throws Exception {
    return serving(subject, 5, 15);
  }

  private SSLContext serving(String subject, int fromDay, int untilDay) throws Exception {
    KeyPair own = Certificates.keys();
    X509Certificate signed = signed(subject, own, fromDay, untilDay);
    return Certificates.serving(own, null, signed, certificate);
  }

  private X509Certificate signed(String subject, KeyPair own, int fromDay, int untilDay) {
    Instant now = Instant.now().minusSeconds(60);
    return Certificates.of(name + "-backend" + ++made, own)
        .from(now.plus(DAY.multipliedBy(fromDay)))
        .until(now.plus(DAY.multipliedBy(untilDay)))
        .alternative(
            subject.startsWith("ip:")
                ? new GeneralName(GeneralName.iPAddress, subject.substring(3))
                : new GeneralName(GeneralName.dNSName, subject))
        .signedBy(name, keys);
  }

  /**
   * Certificate, with the authority's behind it, and key of a backend, for servers that read PEM.
   */
  Pem pemFor(String subject) throws Exception {
    KeyPair own = Certificates.keys();
    X509Certificate signed = signed(subject, own, 0, 10);
    Path chain = directory.resolve(name + "-backend" + made + ".chain");
    Path key = directory.resolve(name + "-backend" + made + ".key");
    Files.writeString(chain, Certificates.pem(signed) + pem());
    Files.writeString(key, Certificates.pem(own.getPrivate()));
    return new Pem(chain, key);
  }

  record Pem(Path certificate, Path key) {}
}

package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificates that backends show, and says of each that it refuses what is wrong with
 * it. Without authorities of its own it skips the issuer and nothing else, as the vendor does for
 * {@code insecureSkipVerification}: validity and host name are checked all the same.
 */
final class CertificateCheck extends X509ExtendedTrustManager {

  private final Collection<X509Certificate> authorities;
  private final X509ExtendedTrustManager issuers;
  private final InstantSource clock;

  /**
   * @param authorities empty for any issuer
   */
  CertificateCheck(Collection<X509Certificate> authorities, InstantSource clock)
      throws GeneralSecurityException {
    this.authorities = List.copyOf(authorities);
    this.issuers = authorities.isEmpty() ? null : trusting(authorities);
    this.clock = clock;
  }

  /** The platform's own check against these authorities. */
  static X509ExtendedTrustManager trusting(Collection<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore known = KeyStore.getInstance("PKCS12");
    try {
      known.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException(e); // nothing is read
    }
    int number = 0;
    for (X509Certificate authority : authorities) {
      known.setCertificateEntry("authority" + number++, authority);
    }
    return of(known);
  }

  /**
   * @param known null for the system's authorities
   */
  static X509ExtendedTrustManager of(KeyStore known) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(known);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager check) {
        return check;
      }
    }
    throw new IllegalStateException("PKIX has no trust manager for X.509");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkValidity(chain[0]);
    X509ExtendedTrustManager check = issuers == null ? anyIssuer(chain) : issuers;
    try {
      check.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      throw explained(chain, authType, engine, check, refused);
    }
  }

  /** A self-signed certificate may be its own authority, so the platform does not ask for this. */
  private void checkValidity(X509Certificate certificate) throws RefusedCertificate {
    Date now = Date.from(clock.instant());
    if (now.after(certificate.getNotAfter())) {
      throw new RefusedCertificate(
          Reason.BACKEND_CERTIFICATE_EXPIRED,
          named(certificate) + " expired on " + certificate.getNotAfter().toInstant(),
          null);
    }
    if (now.before(certificate.getNotBefore())) {
      throw new RefusedCertificate(
          Reason.BACKEND_CERTIFICATE_EXPIRED,
          named(certificate) + " is not valid before " + certificate.getNotBefore().toInstant(),
          null);
    }
  }

  /** Whatever the chain ends in is good enough to begin with. */
  private static X509ExtendedTrustManager anyIssuer(X509Certificate[] chain)
      throws CertificateException {
    try {
      return trusting(List.of(chain[chain.length - 1]));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  private RefusedCertificate explained(
      X509Certificate[] chain,
      String authType,
      SSLEngine engine,
      X509ExtendedTrustManager check,
      CertificateException refused) {
    try {
      // The same without the host's name: what is still wrong then is not the name.
      check.checkServerTrusted(chain, authType);
    } catch (CertificateException issuer) {
      for (X509Certificate certificate : chain) {
        try {
          checkValidity(certificate);
        } catch (RefusedCertificate expired) {
          return expired; // of an intermediate one
        }
      }
      return new RefusedCertificate(
          Reason.BACKEND_CERTIFICATE_UNTRUSTED,
          named(chain[0])
              + ", issued by "
              + chain[0].getIssuerX500Principal().getName()
              + ", is vouched for by no authority that this account trusts: "
              + innermost(issuer),
          refused);
    }
    return refused.getCause() == null
        ? new RefusedCertificate(
            Reason.BACKEND_CERTIFICATE_NAME,
            named(chain[0]) + " is not for " + engine.getPeerHost() + ": " + refused.getMessage(),
            refused)
        : new RefusedCertificate(
            Reason.BACKEND_CERTIFICATE_UNTRUSTED,
            named(chain[0]) + " is not accepted: " + innermost(refused),
            refused);
  }

  private static String named(X509Certificate certificate) {
    return "the certificate of "
        + certificate.getSubjectX500Principal().getName()
        + " (serial "
        + certificate.getSerialNumber().toString(16)
        + ")";
  }

  private static String innermost(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && !(inner instanceof CertPathValidatorException)) {
      inner = inner.getCause();
    }
    return inner.getMessage();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a certificate is checked with the connection that shows it");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("backends are not called through sockets");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("backends are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("backends are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("backends are no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }
}

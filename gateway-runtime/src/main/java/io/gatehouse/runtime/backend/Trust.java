package io.gatehouse.runtime.backend;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which issuers of backends' certificates are trusted. Equal to itself alone, so that connections
 * made under one trust are never used under another, and comparing two costs nothing.
 */
final class Trust implements TrustOptions {

  private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

  private final boolean anyIssuer;
  private final String operators;
  private final List<String> accounts;
  private final InstantSource clock;

  private Trust(boolean anyIssuer, String operators, List<String> accounts, InstantSource clock) {
    this.anyIssuer = anyIssuer;
    this.operators = operators;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Skips the issuer, as {@code insecureSkipVerification} asks for. */
  static Trust anyIssuer(InstantSource clock) {
    return new Trust(true, "", List.of(), clock);
  }

  /**
   * The system's authorities and these.
   *
   * @param operators PEM texts, one after the other; empty for none
   * @param accounts a PEM text each, as in {@link BackendAccessSnapshot}
   */
  static Trust in(String operators, List<String> accounts, InstantSource clock) {
    return new Trust(false, operators, accounts, clock);
  }

  /** Whether it is what these authorities of an account make of it. */
  boolean isOf(List<String> authorities) {
    return accounts == authorities || accounts.equals(authorities);
  }

  @Override
  public TrustOptions copy() {
    return this; // nothing of it changes
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    if (!anyIssuer) {
      authorities.addAll(Arrays.asList(CertificateCheck.of((KeyStore) null).getAcceptedIssuers()));
      if (!operators.isEmpty()) {
        add(operators, authorities);
      }
      for (String pem : accounts) {
        try {
          add(pem, authorities);
        } catch (CertificateException e) {
          // The control plane has read it before; the others serve on.
          LOG.warn("an account's authority is no certificate: {}", e.getMessage());
        }
      }
    }
    return TrustOptions.wrap(new CertificateCheck(authorities, clock))
        .getTrustManagerFactory(vertx);
  }

  /**
   * @throws CertificateException when the text is not certificates in PEM
   */
  static void add(String pem, Set<X509Certificate> to) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Certificate certificate :
        factory.generateCertificates(
            new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
      to.add((X509Certificate) certificate);
    }
  }

  @Override
  public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
    return name -> null;
  }
}

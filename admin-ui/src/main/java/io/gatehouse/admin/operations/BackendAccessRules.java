package io.gatehouse.admin.operations;

import io.gatehouse.admin.operations.BackendAccess.Authority;
import io.gatehouse.admin.operations.BackendAccess.Endpoint;
import io.gatehouse.admin.operations.BackendAccess.RoleKeys;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be set for all integrations of an account. No refusal holds a secret. */
final class BackendAccessRules {

  private static final int LONGEST_SECRET = 8192;
  private static final int LONGEST_URL = 2048;
  private static final int LONGEST_PEM = 256 * 1024;
  private static final int LONGEST_SHOWN = 100;
  private static final Map<String, Integer> MOST =
      Map.of("roles", 100, "endpoints", 100, "authorities", 20);

  private static final Pattern ROLE = Pattern.compile("role/[\\w+=,.@/-]{1,512}");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_.+@-]{0,128}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final Pattern SERVICE = Pattern.compile("\\*|[a-z0-9][a-z0-9.-]{0,62}");

  private final TestInvoker.Egress egress;
  private final InstantSource clock;

  BackendAccessRules(String egressAllow, InstantSource clock) {
    this.egress = new TestInvoker.Egress(egressAllow);
    this.clock = clock;
  }

  void checkCount(String what, int count) {
    int most = MOST.get(what);
    if (count > most) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "An account can have at most %d %s of backends".formatted(most, what));
    }
  }

  void checkRole(String name, RoleKeys keys) {
    boolean isRole =
        name.equals(BackendAccessSnapshot.DEFAULT_ROLE)
            || Arn.parse(name)
                .filter(arn -> arn.service().equals("iam") && arn.region().isEmpty())
                .filter(arn -> arn.account().matches("\\d{12}"))
                .filter(arn -> ROLE.matcher(arn.resource()).matches())
                .isPresent();
    refuseUnless(
        isRole,
        "A role is 'default' or an ARN as arn:aws:iam::123456789012:role/name, not '"
            + shown(name)
            + "'");
    refuseUnless(
        KEY_ID.matcher(keys.accessKeyId()).matches(),
        "accessKeyId may have 128 letters, digits and _.+@-");
    checkSecret("secretAccessKey", keys.secretAccessKey());
    checkSecret("sessionToken", keys.sessionToken());
    boolean hasKeys = !keys.accessKeyId().isEmpty();
    refuseUnless(
        hasKeys || keys.secretAccessKey().isEmpty(), "secretAccessKey needs an accessKeyId");
    refuseUnless(
        keys.secretAccessKey().isPresent() || keys.sessionToken().isEmpty(),
        "sessionToken needs the secretAccessKey that it belongs to");
    refuseUnless(hasKeys || !keys.assume(), "A role can only be assumed with keys");
    refuseUnless(
        !keys.assume() || !name.equals(BackendAccessSnapshot.DEFAULT_ROLE),
        "What stands in where no role is named cannot be assumed; give 'default' keys of its own");
    refuseUnless(
        keys.assume() || keys.externalId().isEmpty(), "externalId is told only to assume a role");
    refuseUnless(
        keys.externalId().filter(id -> !EXTERNAL_ID.matcher(id).matches()).isEmpty(),
        "externalId must have 2 to 1224 letters, digits and _+=,.@:/-");
    refuseUnless(
        hasKeys || keys.policy().isPresent(), "A role needs an accessKeyId, a policy, or both");
    keys.policy().ifPresent(BackendAccessRules::checkPolicy);
  }

  private static void checkSecret(String what, Optional<String> secret) {
    refuseUnless(
        secret.filter(s -> s.isEmpty() || s.length() > LONGEST_SECRET || !isVisible(s)).isEmpty(),
        what + " must have 1 to " + LONGEST_SECRET + " visible ASCII characters, without blanks");
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static void checkPolicy(String text) {
    try {
      Policy.parse(text, Policy.Kind.IDENTITY);
    } catch (InvalidPolicy e) {
      throw ApiError.badRequest("Invalid policy: " + e.getMessage());
    }
  }

  static void checkEndpoint(String service, String url) {
    refuseUnless(
        SERVICE.matcher(service).matches(),
        "A service is named as in integrations (sqs, states, dynamodb), or * for all; not '"
            + shown(service)
            + "'");
    if (url.equals(BackendAccessSnapshot.FUNCTION_HOST)) {
      refuseUnless(
          service.equals("lambda"), "'gatehouse' is an endpoint for the service lambda only");
    } else if (!url.equals(BackendAccessSnapshot.VENDOR)) {
      checkUrl(url);
    }
  }

  /** An endpoint that has been checked, with what the operator thinks of it now. */
  Endpoint judged(String service, String url) {
    boolean isUrl = url.startsWith("http");
    return new Endpoint(
        service,
        url,
        Optional.of(url)
            .filter(text -> isUrl && !egress.lets(URI.create(text)))
            .map(
                text ->
                    "Nodes do not connect to "
                        + URI.create(text).getHost()
                        + ": it is not a public address, and the operator has not listed it in"
                        + " GATEHOUSE_EGRESS_ALLOW"));
  }

  /** A refusal does not repeat the address: it may hold a password. */
  private static void checkUrl(String url) {
    try {
      URI parsed = new URI(url);
      boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
      boolean port = parsed.getPort() == -1 || (parsed.getPort() > 0 && parsed.getPort() < 65536);
      if (url.length() <= LONGEST_URL
          && isVisible(url)
          && http
          && port
          && parsed.getHost() != null
          && parsed.getRawUserInfo() == null
          && parsed.getRawQuery() == null
          && parsed.getRawFragment() == null) {
        return;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw ApiError.badRequest(
        "An endpoint is 'aws', for lambda also 'gatehouse', or a URL as http://host:port or"
            + " https://host/path, without user, query and fragment");
  }

  /** In PEM by fingerprint. */
  Map<String, String> authorities(String pem) {
    refuseUnless(
        pem.length() <= LONGEST_PEM, "Authorities may have at most 256 KiB of PEM at once");
    refuseUnless(
        !pem.contains("PRIVATE KEY"),
        "There is a private key among the certificates; an authority needs none here. Nothing was"
            + " kept");
    Map<String, String> authorities = new LinkedHashMap<>();
    Collection<? extends Certificate> certificates = certificates(pem);
    refuseUnless(
        !certificates.isEmpty() && pem.contains("-----BEGIN CERTIFICATE-----"),
        "There is no certificate in PEM: -----BEGIN CERTIFICATE----- and so on");
    for (Certificate each : certificates) {
      X509Certificate certificate = (X509Certificate) each;
      String subject = shown(certificate.getSubjectX500Principal().getName());
      refuseUnless(
          certificate.getBasicConstraints() >= 0,
          "The certificate of '"
              + subject
              + "' is not a certificate authority's (basic constraints CA)");
      refuseUnless(
          certificate.getNotAfter().toInstant().isAfter(clock.instant()),
          "The certificate of '"
              + subject
              + "' has expired on "
              + certificate.getNotAfter().toInstant());
      try {
        byte[] encoded = certificate.getEncoded();
        authorities.put(fingerprint(encoded), pem(encoded));
      } catch (CertificateException e) {
        throw unreadable();
      }
    }
    return authorities;
  }

  static Authority authority(String sha256, String pem) {
    X509Certificate certificate = (X509Certificate) certificates(pem).iterator().next();
    return new Authority(
        sha256,
        certificate.getSubjectX500Principal().getName(),
        certificate.getNotAfter().toInstant());
  }

  private static Collection<? extends Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw unreadable();
    }
  }

  private static ApiError unreadable() {
    return ApiError.badRequest("A certificate cannot be read; it must be X.509 in PEM");
  }

  private static String fingerprint(byte[] encoded) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String pem(byte[] encoded) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END CERTIFICATE-----\n";
  }

  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
  }

  private static void refuseUnless(boolean fine, String sentence) {
    if (!fine) {
      throw ApiError.badRequest(sentence);
    }
  }
}

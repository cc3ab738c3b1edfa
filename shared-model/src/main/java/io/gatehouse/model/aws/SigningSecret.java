package io.gatehouse.model.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret access key, with the signing keys that were derived from it lately. Whoever keeps it
 * spares deriving them for each request. Safe for all threads.
 */
public final class SigningSecret {

  private static final int MOST_KEYS = 4;
  private static final String HMAC = "HmacSHA256";

  /** What the secret signs with on one day in one region for one service. */
  private record Derived(String date, String region, String service, SecretKeySpec key) {
    boolean isFor(String otherDate, String otherRegion, String otherService) {
      return date.equals(otherDate) && region.equals(otherRegion) && service.equals(otherService);
    }
  }

  private final String secret;
  private volatile List<Derived> latest = List.of();

  public SigningSecret(String secret) {
    this.secret = secret;
  }

  /**
   * @param date as {@code 20261122}
   */
  SecretKeySpec key(String date, String region, String service) {
    List<Derived> known = latest;
    for (Derived one : known) {
      if (one.isFor(date, region, service)) {
        return one.key();
      }
    }
    Derived one = new Derived(date, region, service, derive(date, region, service));
    List<Derived> now = new ArrayList<>(MOST_KEYS);
    now.add(one);
    now.addAll(known.subList(0, Math.min(known.size(), MOST_KEYS - 1)));
    latest = now; // another thread's, if one came between, is derived again
    return one.key();
  }

  private SecretKeySpec derive(String date, String region, String service) {
    SecretKeySpec key = new SecretKeySpec(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), HMAC);
    for (String part : List.of(date, region, service, SigV4.TERMINATOR)) {
      key = new SecretKeySpec(SignatureText.hmac(key, part.getBytes(StandardCharsets.UTF_8)), HMAC);
    }
    return key;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "a secret";
  }
}

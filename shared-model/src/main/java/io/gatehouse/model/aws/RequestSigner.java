package io.gatehouse.model.aws;

import static io.gatehouse.model.aws.SignatureText.hex;
import static io.gatehouse.model.aws.SignatureText.hmac;
import static io.gatehouse.model.aws.SignatureText.sha256;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Signs requests to one service of one region with one pair of keys, by Signature Version 4 in its
 * header form. Safe for all threads.
 */
public final class RequestSigner {

  private static final String DATE = "x-amz-date";
  private static final String TOKEN = "x-amz-security-token";
  private static final String CONTENT = "x-amz-content-sha256";

  private final AwsKeys keys;
  private final String region;
  private final String service;
  private final SigningSecret secret;

  /**
   * @param service as requests are signed for it: mostly its name, but {@code ses} for {@code
   *     email}
   */
  public RequestSigner(AwsKeys keys, String region, String service) {
    this.keys = keys;
    this.region = region;
    this.service = service;
    this.secret = new SigningSecret(keys.secret());
  }

  /** A body's digest, for {@link #sign}. */
  public static String digest(byte[] body) {
    return hex(sha256(body));
  }

  /**
   * The headers that the request needs besides those it has, spelt as the vendor spells them.
   *
   * @param path in {@link StrictEncoding}
   * @param query in {@link StrictEncoding}, empty for none
   * @param headers what is to be signed, by names in lower case; {@code host} is among them, and
   *     several values are joined by commas. Those that the signature brings along replace what is
   *     here
   * @param digest of the body
   */
  public Map<String, String> sign(
      String method,
      String path,
      String query,
      NavigableMap<String, String> headers,
      String digest,
      Instant now) {
    String timestamp = SigV4.timestamp(now);
    headers.put(DATE, timestamp);
    headers.remove(TOKEN);
    keys.sessionToken().ifPresent(token -> headers.put(TOKEN, token));
    headers.put(CONTENT, digest); // S3 must have it, and the SDKs send it to all
    Map<String, String> added = new LinkedHashMap<>();
    added.put("X-Amz-Date", timestamp);
    keys.sessionToken().ifPresent(token -> added.put("X-Amz-Security-Token", token));
    added.put("X-Amz-Content-Sha256", digest);
    added.put("Authorization", authorization(method, path, query, headers, digest, timestamp));
    return added;
  }

  private String authorization(
      String method,
      String path,
      String query,
      NavigableMap<String, String> headers,
      String digest,
      String timestamp) {
    StringBuilder canonical = new StringBuilder(512);
    canonical.append(method).append('\n');
    canonical.append(service.equals(SigV4.S3) ? path : SignatureText.canonicalPath(path));
    canonical.append('\n').append(SignatureText.canonicalQuery(query)).append('\n');
    headers.forEach(
        (name, value) ->
            canonical
                .append(name)
                .append(':')
                .append(SignatureText.canonicalValue(value))
                .append('\n'));
    String signed = String.join(";", headers.keySet());
    canonical.append('\n').append(signed).append('\n').append(digest);

    String date = timestamp.substring(0, 8);
    String scope = date + "/" + region + "/" + service + "/" + SigV4.TERMINATOR;
    String toSign =
        SigV4.ALGORITHM
            + "\n"
            + timestamp
            + "\n"
            + scope
            + "\n"
            + hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    return SigV4.ALGORITHM
        + " Credential="
        + keys.accessKeyId()
        + "/"
        + scope
        + ", SignedHeaders="
        + signed
        + ", Signature="
        + hex(hmac(secret.key(date, region, service), toSign.getBytes(StandardCharsets.UTF_8)));
  }
}

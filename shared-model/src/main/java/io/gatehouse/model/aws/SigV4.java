package io.gatehouse.model.aws;

import static io.gatehouse.model.aws.SignatureText.hex;
import static io.gatehouse.model.aws.SignatureText.lowerCase;
import static io.gatehouse.model.aws.SignatureText.sha256;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.crypto.SecretKey;

/**
 * Signature Version 4: signs requests and verifies them. Imitates the "Signing AWS API requests"
 * pages; refusals are worded as the vendor words them.
 */
public final class SigV4 {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String TERMINATOR = "aws4_request";

  /** The one service whose paths are signed as they are sent. */
  static final String S3 = "s3";

  static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private SigV4() {}

  /**
   * A request in hand.
   *
   * @param rawPath percent-encoded as sent
   * @param rawQuery percent-encoded as sent, empty when there is none
   * @param headers by name in any case, each with its values in order
   */
  public record Request(
      String method,
      String rawPath,
      String rawQuery,
      Map<String, List<String>> headers,
      byte[] body)
      implements HttpHead {

    public Request {
      Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.forEach((name, values) -> byName.merge(name, values, SigV4::joined));
      headers = byName;
    }

    @Override
    public List<String> values(String header) {
      return headers.getOrDefault(header, List.of());
    }

    @Override
    public void eachName(Consumer<String> name) {
      headers.keySet().forEach(name);
    }
  }

  /**
   * The headers that sign the request: {@code X-Amz-Date} and {@code Authorization}. All headers
   * that the request has are signed, and {@code Host} must be one of them.
   */
  public static Map<String, String> sign(
      Request request,
      String accessKeyId,
      String secret,
      String region,
      String service,
      Instant now) {
    String timestamp = timestamp(now);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.put("X-Amz-Date", List.of(timestamp));
    Request dated =
        new Request(
            request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    TreeSet<String> signed = new TreeSet<>();
    headers.keySet().forEach(name -> signed.add(lowerCase(name)));
    Authorization unsigned =
        new Authorization(
            accessKeyId, timestamp.substring(0, 8), region, service, List.copyOf(signed), "");
    Signature form =
        Signature.of(unsigned, timestamp, OptionalInt.empty(), Optional.empty(), Optional.empty());
    SecretKey key = new SigningSecret(secret).key(unsigned.date(), region, service);
    String signature = signature(dated, form, hex(sha256(request.body())), key);
    return Map.of(
        "X-Amz-Date", timestamp, "Authorization", unsigned.withSignature(signature).toString());
  }

  /**
   * The body's content when the request carries a right signature of this secret: the body itself,
   * or what it holds where it is coded in chunks. Whether the signature is current is asked by
   * {@link Signature#requireCurrent}.
   *
   * @throws ApiError saying what is wrong
   */
  public static byte[] verify(
      HttpHead head, byte[] body, Signature signature, SigningSecret secret) {
    Authorization by = signature.authorization();
    requireDateOfScope(signature);
    requireSignedHeaders(head, signature);
    SecretKey key = secret.key(by.date(), by.region(), by.service());
    requireSame(signature(head, signature, payload(signature, body), key), by.signature());
    return signature.payload().isChunked() ? AwsChunks.decode(head, body, signature, key) : body;
  }

  static String timestamp(Instant now) {
    return Timestamps.format(now);
  }

  private static void requireDateOfScope(Signature signature) {
    String date = signature.authorization().date();
    String timestamp = signature.timestamp();
    if (!timestamp.startsWith(date)) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'."
                  .formatted(date, timestamp.substring(0, 8), timestamp));
    }
  }

  private static void requireSignedHeaders(HttpHead head, Signature signature) {
    List<String> signed = signature.authorization().signedHeaders();
    if (!signed.contains("host")) {
      throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (!signature.isPresigned() && !signed.contains("x-amz-date") && !signed.contains("date")) {
      throw invalid("'Date' must be a 'SignedHeader' in the AWS Authorization.");
    }
    head.eachName(
        name -> {
          if (name.regionMatches(true, 0, "x-amz-", 0, 6) && !signed.contains(lowerCase(name))) {
            throw invalid(
                "There were headers present in the request which were not signed: "
                    + SignatureText.shortened(lowerCase(name)));
          }
        });
  }

  private static String payload(Signature signature, byte[] body) {
    if (signature.payload() != Payload.HASHED) {
      return signature.claim().orElseThrow();
    }
    String hash = hex(sha256(body));
    if (signature.claim().isPresent() && !isSame(hash, signature.claim().get())) {
      throw wrongHash();
    }
    return hash;
  }

  private static String signature(
      HttpHead head, Signature signature, String payload, SecretKey key) {
    ByteText toSign =
        new ByteText(256)
            .add(ALGORITHM)
            .add('\n')
            .add(signature.timestamp())
            .add('\n')
            .add(signature.authorization().scope())
            .add('\n')
            .addHex(CanonicalRequest.of(head, signature, payload).sha256());
    return hex(toSign.hmac(key));
  }

  /** In a time that does not tell how much of it is right. */
  static void requireSame(String expected, String given) {
    if (!isSame(expected, given)) {
      throw invalid(MISMATCH);
    }
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  static ApiError wrongHash() {
    return invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
  }

  static ApiError invalid(String message) {
    return ApiError.of(ApiError.Kind.INVALID_SIGNATURE, message);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}

package io.gatehouse.model.aws;

import static io.gatehouse.model.aws.SignatureText.hex;
import static io.gatehouse.model.aws.SignatureText.hmac;
import static io.gatehouse.model.aws.SignatureText.sha256;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Signature Version 4, header form: signs requests and verifies them. Imitates the "Signing AWS API
 * requests" pages; refusals are worded as the vendor words them.
 */
public final class SigV4 {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String TERMINATOR = "aws4_request";

  /** The one service whose paths are signed as they are sent. */
  static final String S3 = "s3";

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private SigV4() {}

  /**
   * An HTTP request as it is on the wire.
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
      byte[] body) {

    public Request {
      Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.forEach((name, values) -> byName.merge(name, values, SigV4::joined));
      headers = byName;
    }

    List<String> values(String header) {
      return headers.getOrDefault(header, List.of());
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
    headers.keySet().forEach(name -> signed.add(SignatureText.lowerCase(name)));
    Authorization unsigned =
        new Authorization(
            accessKeyId, timestamp.substring(0, 8), region, service, List.copyOf(signed), "");
    String signature = hex(signature(dated, unsigned, timestamp, secret));
    return Map.of(
        "X-Amz-Date", timestamp, "Authorization", unsigned.withSignature(signature).toString());
  }

  /**
   * Answers in silence when the request carries a right and current signature of this secret.
   *
   * @throws ApiError saying what is wrong
   */
  public static void verify(
      Request request, Authorization authorization, String secret, Instant now) {
    String timestamp = timestamp(request);
    requireCurrent(timestamp, now);
    if (!timestamp.startsWith(authorization.date())) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'."
                  .formatted(authorization.date(), timestamp.substring(0, 8), timestamp));
    }
    requireSignedHeaders(request, authorization);
    requireBodyHash(request);
    byte[] expected =
        hex(signature(request, authorization, timestamp, secret))
            .getBytes(StandardCharsets.US_ASCII);
    byte[] given = authorization.signature().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw invalid(MISMATCH);
    }
  }

  static String timestamp(Instant now) {
    return TIMESTAMP.format(now);
  }

  private static String timestamp(Request request) {
    List<String> amzDate = request.values("X-Amz-Date");
    List<String> date = request.values("Date");
    if (amzDate.size() > 1 || (amzDate.isEmpty() && date.size() > 1)) {
      throw invalid("The request carries more than one date");
    }
    if (!amzDate.isEmpty()) {
      return amzDate.getFirst().strip();
    }
    if (date.isEmpty()) {
      throw ApiError.of(
          ApiError.Kind.INCOMPLETE_SIGNATURE,
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    try {
      return TIMESTAMP.format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.getFirst().strip()));
    } catch (DateTimeParseException e) {
      return date.getFirst().strip();
    }
  }

  private static void requireCurrent(String timestamp, Instant now) {
    Instant signedAt;
    try {
      signedAt = Instant.from(TIMESTAMP.parse(timestamp));
    } catch (DateTimeParseException e) {
      throw ApiError.of(
          ApiError.Kind.INCOMPLETE_SIGNATURE,
          "Date must be in ISO-8601 'basic format'. Got '%s'. See"
                  .formatted(SignatureText.shortened(timestamp))
              + " http://en.wikipedia.org/wiki/ISO_8601");
    }
    Instant oldest = now.minus(TOLERANCE);
    Instant newest = now.plus(TOLERANCE);
    if (signedAt.isBefore(oldest)) {
      throw invalid(
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(timestamp, TIMESTAMP.format(oldest), TIMESTAMP.format(now)));
    }
    if (signedAt.isAfter(newest)) {
      throw invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(timestamp, TIMESTAMP.format(newest), TIMESTAMP.format(now)));
    }
  }

  private static void requireSignedHeaders(Request request, Authorization authorization) {
    List<String> signed = authorization.signedHeaders();
    if (!signed.contains("host")) {
      throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (request.values("X-Amz-Date").isEmpty() && !signed.contains("date")) {
      throw invalid("'Date' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (String name : request.headers().keySet()) {
      String lower = SignatureText.lowerCase(name);
      if (lower.startsWith("x-amz-") && !signed.contains(lower)) {
        throw invalid(
            "There were headers present in the request which were not signed: "
                + SignatureText.shortened(lower));
      }
    }
  }

  private static void requireBodyHash(Request request) {
    for (String claimed : request.values("x-amz-content-sha256")) {
      if (!claimed.strip().equals(hex(sha256(request.body())))) {
        throw invalid(
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }
  }

  private static byte[] signature(
      Request request, Authorization authorization, String timestamp, String secret) {
    String canonical =
        canonicalRequest(request, authorization.signedHeaders(), authorization.service());
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            timestamp,
            authorization.scope(),
            hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
    return hmac(
        key(secret, authorization.date(), authorization.region(), authorization.service()), toSign);
  }

  /** What a secret signs with on one day for one service. */
  static byte[] key(String secret, String date, String region, String service) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(date, region, service, TERMINATOR)) {
      key = hmac(key, part);
    }
    return key;
  }

  static String canonicalRequest(Request request, List<String> signedHeaders, String service) {
    StringBuilder canonical =
        new StringBuilder()
            .append(request.method())
            .append('\n')
            .append(
                service.equals(S3)
                    ? StrictEncoding.path(request.rawPath())
                    : SignatureText.canonicalPath(request.rawPath()))
            .append('\n')
            .append(SignatureText.canonicalQuery(request.rawQuery()))
            .append('\n');
    for (String name : signedHeaders) {
      canonical
          .append(name)
          .append(':')
          .append(SignatureText.canonicalValues(request.values(name)))
          .append('\n');
    }
    return canonical
        .append('\n')
        .append(String.join(";", signedHeaders))
        .append('\n')
        .append(hex(sha256(request.body())))
        .toString();
  }

  private static ApiError invalid(String message) {
    return ApiError.of(ApiError.Kind.INVALID_SIGNATURE, message);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}

package io.gatehouse.model.aws;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request says of its own signature: in headers, or presigned in its query.
 *
 * @param timestamp when it was signed, as {@code 20261122T101500Z}
 * @param lifetime seconds for which a presigned request may be sent; empty in the header form
 * @param sessionToken that comes with temporary keys
 * @param claim the payload's hash or word as the request says it; empty when it says none
 */
public record Signature(
    Authorization authorization,
    String timestamp,
    Instant signedAt,
    OptionalInt lifetime,
    Optional<String> sessionToken,
    Payload payload,
    Optional<String> claim) {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String CONTENT = "x-amz-content-sha256";

  /**
   * @throws ApiError of kind MISSING_AUTHENTICATION_TOKEN where there is no signature, and
   *     INCOMPLETE_SIGNATURE where it lacks something or there are several
   */
  public static Signature read(HttpHead head) {
    List<String> headers = head.values("Authorization");
    Optional<PresignedQuery> query = PresignedQuery.read(head.rawQuery());
    if (headers.isEmpty()) {
      return query
          .map(presigned -> presigned.signature(claim(head)))
          .orElseThrow(
              () -> ApiError.of(Kind.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token"));
    }
    if (headers.size() > 1) {
      throw incomplete("The Authorization header came twice.");
    }
    if (query.isPresent()) {
      throw incomplete(
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the"
              + " Authorization header should be specified");
    }
    Authorization authorization = Authorization.parse(headers.getFirst());
    return of(
        authorization,
        Timestamps.of(head),
        OptionalInt.empty(),
        single(head, "X-Amz-Security-Token"),
        claim(head));
  }

  static Signature of(
      Authorization authorization,
      String timestamp,
      OptionalInt lifetime,
      Optional<String> sessionToken,
      Optional<String> claim) {
    return new Signature(
        authorization,
        timestamp,
        Timestamps.parse(timestamp),
        lifetime,
        sessionToken,
        Payload.of(claim.orElse(null)),
        claim);
  }

  private static Optional<String> claim(HttpHead head) {
    return single(head, CONTENT);
  }

  private static Optional<String> single(HttpHead head, String header) {
    List<String> values = head.values(header);
    if (values.size() > 1) {
      throw incomplete("The header '" + header + "' came twice.");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst().strip());
  }

  /** Whether the signature is in the query. */
  public boolean isPresigned() {
    return lifetime.isPresent();
  }

  /** The query without what a presigned one has besides the caller's own parameters. */
  public String ownQuery(String rawQuery) {
    return isPresigned() ? PresignedQuery.without(rawQuery) : rawQuery;
  }

  /**
   * Clocks may differ by five minutes; a presigned request may wait for its lifetime besides.
   *
   * @throws ApiError of kind INVALID_SIGNATURE
   */
  public void requireCurrent(Instant now) {
    Instant newest = now.plus(TOLERANCE);
    if (signedAt.isAfter(newest)) {
      throw SigV4.invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(timestamp, Timestamps.format(newest), Timestamps.format(now)));
    }
    Duration life = isPresigned() ? Duration.ofSeconds(lifetime.getAsInt()) : TOLERANCE;
    Instant oldest = now.minus(life);
    if (signedAt.isBefore(oldest)) {
      throw SigV4.invalid(
          "Signature expired: %s is now earlier than %s (%s - %s)"
              .formatted(
                  timestamp,
                  Timestamps.format(oldest),
                  Timestamps.format(now),
                  isPresigned() ? life.toSeconds() + " sec." : life.toMinutes() + " min."));
    }
  }

  /**
   * For services that read no body without its hash.
   *
   * @throws ApiError of kind INVALID_SIGNATURE
   */
  public void requireHashedPayload() {
    if (payload != Payload.HASHED) {
      throw SigV4.wrongHash();
    }
  }

  private static ApiError incomplete(String message) {
    return ApiError.of(Kind.INCOMPLETE_SIGNATURE, message);
  }

  /** Nothing of use to whoever reads a log. */
  @Override
  public String toString() {
    return "signature by " + authorization.accessKeyId() + " at " + timestamp;
  }
}

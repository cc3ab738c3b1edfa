package io.gatehouse.model.aws;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The parameters of a presigned request's query that sign it, each there once. */
final class PresignedQuery {

  static final String SIGNATURE = "X-Amz-Signature";

  private static final String PREFIX = "X-Amz-";
  private static final String ALGORITHM = "X-Amz-Algorithm";
  private static final String CREDENTIAL = "X-Amz-Credential";
  private static final String DATE = "X-Amz-Date";
  private static final String EXPIRES = "X-Amz-Expires";
  private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
  private static final String TOKEN = "X-Amz-Security-Token";
  private static final String CONTENT = "X-Amz-Content-Sha256";

  /** Any of these makes a request a presigned one. */
  private static final Set<String> MARKS = Set.of(ALGORITHM, CREDENTIAL, SIGNED_HEADERS, SIGNATURE);

  private static final List<String> REQUIRED =
      List.of(ALGORITHM, CREDENTIAL, DATE, EXPIRES, SIGNED_HEADERS, SIGNATURE);

  private static final Set<String> KNOWN =
      Set.of(ALGORITHM, CREDENTIAL, DATE, EXPIRES, SIGNED_HEADERS, SIGNATURE, TOKEN);

  private static final int LONGEST_LIFE = 604_800;

  private final Map<String, String> values;

  private PresignedQuery(Map<String, String> values) {
    this.values = values;
  }

  /** Empty when the query signs nothing. */
  static Optional<PresignedQuery> read(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>(0);
    forEach(
        rawQuery,
        (name, raw) -> {
          if (isSigning(name)) {
            found.add(name);
            found.add(raw);
          }
        });
    boolean marked = false;
    for (int i = 0; i < found.size() && !marked; i += 2) {
      marked = MARKS.contains(found.get(i));
    }
    return marked ? Optional.of(new PresignedQuery(values(found))) : Optional.empty();
  }

  private static Map<String, String> values(List<String> found) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < found.size(); i += 2) {
      String name = found.get(i);
      if (!KNOWN.contains(name) && !name.equalsIgnoreCase(CONTENT)) {
        throw incomplete(
            "AWS query-string parameters must not include '%s'. Re-examine the query-string"
                    .formatted(SignatureText.shortened(name))
                + " parameters.");
      }
      if (values.put(name, StrictEncoding.plain(found.get(i + 1))) != null) {
        throw incomplete(
            "AWS query-string parameters must include '%s' only once. Re-examine the query-string"
                    .formatted(name)
                + " parameters.");
      }
    }
    return values;
  }

  private static boolean isSigning(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  private static void forEach(String rawQuery, BiConsumer<String, String> parameter) {
    int from = 0;
    while (from < rawQuery.length()) {
      int amp = rawQuery.indexOf('&', from);
      int end = amp < 0 ? rawQuery.length() : amp;
      int equals = rawQuery.indexOf('=', from);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (end > from) {
        parameter.accept(
            StrictEncoding.plain(rawQuery.substring(from, nameEnd)),
            nameEnd == end ? "" : rawQuery.substring(nameEnd + 1, end));
      }
      from = end + 1;
    }
  }

  /** The same query without all that signs it. */
  static String without(String rawQuery) {
    StringBuilder rest = new StringBuilder(rawQuery.length());
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = StrictEncoding.plain(equals < 0 ? pair : pair.substring(0, equals));
      if (!pair.isEmpty() && !isSigning(name)) {
        rest.append(rest.isEmpty() ? "" : "&").append(pair);
      }
    }
    return rest.toString();
  }

  /**
   * @param header what a header says of the payload
   */
  Signature signature(Optional<String> header) {
    for (String name : REQUIRED) {
      if (values.getOrDefault(name, "").isEmpty()) {
        throw incomplete(
            "AWS query-string parameters must include '%s'. Re-examine the query-string parameters."
                .formatted(name));
      }
    }
    if (!values.get(ALGORITHM).equals(SigV4.ALGORITHM)) {
      throw incomplete("X-Amz-Algorithm only supports \"" + SigV4.ALGORITHM + "\".");
    }
    Optional<String> claim = Optional.ofNullable(values.get(CONTENT));
    if (claim.isPresent() && header.isPresent()) {
      throw incomplete("'x-amz-content-sha256' came in the query and in a header.");
    }
    return Signature.of(
        Authorization.of(values.get(CREDENTIAL), values.get(SIGNED_HEADERS), values.get(SIGNATURE)),
        values.get(DATE),
        OptionalInt.of(lifetime(values.get(EXPIRES))),
        Optional.ofNullable(values.get(TOKEN)),
        claim.or(() -> header));
  }

  private static int lifetime(String text) {
    int seconds = 0;
    for (int i = 0; i < text.length() && seconds <= LONGEST_LIFE; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw incomplete("X-Amz-Expires should be a number");
      }
      seconds = seconds * 10 + digit;
    }
    if (seconds < 1 || seconds > LONGEST_LIFE) {
      throw incomplete(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be at least 1 and at most 604800 seconds");
    }
    return seconds;
  }

  private static ApiError incomplete(String message) {
    return ApiError.of(Kind.INCOMPLETE_SIGNATURE, message);
  }
}

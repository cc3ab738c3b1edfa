package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.aws.SigV4;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came, body not read yet.
 *
 * @param rawPath percent-encoded as sent
 * @param rawQuery percent-encoded as sent, empty when there was none
 * @param headers by name in any case
 * @param origin where it came from
 */
record Incoming(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, List<String>> headers,
    BodySource body,
    Caller.Origin origin) {

  static final String FORM = "application/x-www-form-urlencoded";

  /** A request from nobody knows where. */
  Incoming(
      String method,
      String rawPath,
      String rawQuery,
      Map<String, List<String>> headers,
      BodySource body) {
    this(method, rawPath, rawQuery, headers, body, Caller.Origin.UNKNOWN);
  }

  Incoming {
    Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /** Where the body's bytes come from. */
  @FunctionalInterface
  interface BodySource {

    /** At most so many bytes, fewer only at the end. */
    byte[] read(int most) throws IOException;
  }

  List<String> values(String header) {
    return headers.getOrDefault(header, List.of());
  }

  Optional<String> header(String name) {
    return values(name).stream().findFirst();
  }

  boolean isForm() {
    return header("Content-Type").filter(type -> type.startsWith(FORM)).isPresent();
  }

  SigV4.Request withBody(byte[] bytes) {
    return new SigV4.Request(method, rawPath, rawQuery, headers, bytes);
  }
}

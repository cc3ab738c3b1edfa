package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.aws.HttpHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

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
    Caller.Origin origin)
    implements HttpHead {

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

  @Override
  public List<String> values(String header) {
    return headers.getOrDefault(header, List.of());
  }

  Optional<String> header(String name) {
    return values(name).stream().findFirst();
  }

  boolean isForm() {
    return header("Content-Type").filter(type -> type.startsWith(FORM)).isPresent();
  }

  @Override
  public void eachName(Consumer<String> name) {
    headers.keySet().forEach(name);
  }

  /** The same with another query. */
  Incoming withQuery(String query) {
    return new Incoming(method, rawPath, query, headers, body, origin);
  }
}

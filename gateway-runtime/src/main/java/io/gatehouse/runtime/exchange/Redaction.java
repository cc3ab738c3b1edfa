package io.gatehouse.runtime.exchange;

import java.util.Arrays;
import java.util.Collection;

/**
 * Whose values logs of a method never show, by name and without regard to case.
 *
 * @param headers of header fields
 * @param parameters of query parameters, and of variables of the path
 */
public record Redaction(HeaderSet headers, HeaderSet parameters) {

  private static final String[] HEADERS = {
    "Authorization",
    "x-api-key",
    "Cookie",
    "Set-Cookie",
    "Proxy-Authorization",
    "X-Amz-Security-Token"
  };

  private static final String[] PARAMETERS = {
    "X-Amz-Signature",
    "X-Amz-Security-Token",
    "X-Amz-Credential",
    "access_token",
    "token",
    "api_key",
    "apiKey",
    "password"
  };

  /** What is secret everywhere. */
  public static final Redaction USUAL =
      new Redaction(HeaderSet.of(HEADERS), HeaderSet.of(PARAMETERS));

  /** The usual names, and more of them. */
  public static Redaction with(Collection<String> headers, Collection<String> parameters) {
    return headers.isEmpty() && parameters.isEmpty()
        ? USUAL
        : new Redaction(with(HEADERS, headers), with(PARAMETERS, parameters));
  }

  private static HeaderSet with(String[] usual, Collection<String> more) {
    String[] all = Arrays.copyOf(usual, usual.length + more.size());
    int at = usual.length;
    for (String name : more) {
      all[at++] = name;
    }
    return HeaderSet.of(all);
  }

  /** Whether the value of a member of that name of a JSON text is secret. */
  public boolean hidesMember(String name) {
    return parameters.contains(name) || headers.contains(name);
  }
}

package io.gatehouse.runtime.mapping;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The few things that mappings need to know of a URI's encoding. */
final class QueryString {

  private QueryString() {}

  /** The last value of a parameter of a raw query, decoded; null when it is not there. */
  static String last(String query, String name) {
    String found = null;
    int from = 0;
    while (from < query.length()) {
      int end = query.indexOf('&', from);
      if (end < 0) {
        end = query.length();
      }
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (decoded(query.substring(from, nameEnd)).equals(name)) {
        found = nameEnd == end ? "" : decoded(query.substring(nameEnd + 1, end));
      }
      from = end + 1;
    }
    return found;
  }

  /** Appends {@code name=value}, encoded, to a raw query. */
  static String plus(String query, String name, String value) {
    String pair = encoded(name) + "=" + encoded(value);
    return query.isEmpty() ? pair : query + "&" + pair;
  }

  /** A value as one segment of a path, nothing in it able to start another part of the URI. */
  static String asPathSegment(String value) {
    return encoded(value).replace("+", "%20");
  }

  static String decodedPath(String raw) {
    return raw == null ? null : decoded(raw.replace("+", "%2B"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a stray percent sign stands for itself
    }
  }
}

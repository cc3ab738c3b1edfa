package io.gatehouse.runtime.mapping;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The few things that mappings and checks need to know of a URI's encoding. */
public final class QueryString {

  private QueryString() {}

  /** The last value of a parameter of a raw query, decoded; null when it is not there. */
  static String last(String query, String name) {
    List<String> values = all(query, name);
    return values.isEmpty() ? null : values.getLast();
  }

  /** All values of a parameter of a raw query, decoded, in order. */
  public static List<String> all(String query, String name) {
    List<String> found = List.of();
    int from = 0;
    while (from < query.length()) {
      int end = end(query, from);
      int nameEnd = nameEnd(query, from, end);
      if (nameEnd > from && isName(query, from, nameEnd, name)) {
        found = found.isEmpty() ? new ArrayList<>(2) : found;
        found.add(nameEnd == end ? "" : decoded(query.substring(nameEnd + 1, end)));
      }
      from = end + 1;
    }
    return found;
  }

  /** Whether a raw query has the parameter with any value but the empty one. */
  public static boolean hasValue(String query, String name) {
    int from = 0;
    while (from < query.length()) {
      int end = end(query, from);
      int nameEnd = nameEnd(query, from, end);
      if (nameEnd < end - 1 && isName(query, from, nameEnd, name)) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  private static int end(String query, int from) {
    int end = query.indexOf('&', from);
    return end < 0 ? query.length() : end;
  }

  private static int nameEnd(String query, int from, int end) {
    int equals = query.indexOf('=', from);
    return equals < 0 || equals > end ? end : equals;
  }

  private static boolean isName(String query, int from, int to, String name) {
    for (int i = from; i < to; i++) {
      if (query.charAt(i) == '%' || query.charAt(i) == '+') {
        return decoded(query.substring(from, to)).equals(name);
      }
    }
    return to - from == name.length() && query.startsWith(name, from);
  }

  /** Each parameter of a raw query with its value, both decoded, in order. */
  static void forEach(String query, BiConsumer<String, String> parameter) {
    int from = 0;
    while (from < query.length()) {
      int end = end(query, from);
      int nameEnd = nameEnd(query, from, end);
      if (end > from) {
        parameter.accept(
            decoded(query.substring(from, nameEnd)),
            nameEnd == end ? "" : decoded(query.substring(nameEnd + 1, end)));
      }
      from = end + 1;
    }
  }

  /** Each parameter's name, decoded, with the whole pair as it is written, in order. */
  static void forEachPair(String query, BiConsumer<String, String> pair) {
    int from = 0;
    while (from < query.length()) {
      int end = end(query, from);
      if (end > from) {
        pair.accept(
            decoded(query.substring(from, nameEnd(query, from, end))), query.substring(from, end));
      }
      from = end + 1;
    }
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

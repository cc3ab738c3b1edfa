package io.gatehouse.runtime.door;

/**
 * The request line's target, split but never decoded: what a caller wrote is what a backend gets.
 * What could mean one thing here and another there is refused rather than repaired.
 */
public record RequestTarget(String path, String query) {

  /** The split target, or null when it is not one that we serve. */
  public static RequestTarget parse(String target) {
    String uri = origin(target);
    if (uri.isEmpty() || uri.charAt(0) != '/') {
      return null;
    }
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
        return null;
      }
    }
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    return hasDotSegment(path)
        ? null
        : new RequestTarget(path, question < 0 ? "" : uri.substring(question + 1));
  }

  /**
   * Without scheme and host, which are the Host header's when the request has come as far as here.
   */
  private static String origin(String target) {
    int colon = target.startsWith("/") ? -1 : target.indexOf("://");
    if (colon < 0) {
      return target;
    }
    int at = colon + 3;
    while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
      at++;
    }
    String rest = target.substring(at);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /**
   * A segment {@code .} or {@code ..}, also percent-encoded, would climb out of the path that the
   * API's author chose.
   */
  private static boolean hasDotSegment(String path) {
    if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
      return false;
    }
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      if (isDots(path, from, end)) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  private static boolean isDots(String path, int from, int end) {
    int dots = 0;
    int at = from;
    while (at < end) {
      if (path.charAt(at) == '.') {
        at++;
      } else if (path.startsWith("%2e", at) || path.startsWith("%2E", at)) {
        at += 3;
      } else {
        return false;
      }
      dots++;
    }
    return dots == 1 || dots == 2;
  }
}

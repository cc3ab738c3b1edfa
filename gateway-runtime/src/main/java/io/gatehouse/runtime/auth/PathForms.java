package io.gatehouse.runtime.auth;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a path can be taken for by whoever reads it after the gateway: as it came, decoded once or
 * until nothing is left to decode, written another way, without doubled slashes and dot segments. A
 * policy that denies one of them denies the path, so that no spelling leads around a denial.
 *
 * @param routed as methods are found by, spelt as authorizers' functions are told it
 * @param read decoded and tidied; null where the path can be read in one way only
 * @param place where what was read lies, seen from what was routed
 * @param others that the path could be denied as, too
 */
record PathForms(String routed, String read, Place place, List<String> others) {

  /** Of what was read. */
  enum Place {
    /** The same: a policy that allows one of the two allows the path. */
    SAME,
    /** Below, by slashes that were encoded. */
    BELOW,
    /** Another, by dots, doubled slashes or backslashes. */
    ELSEWHERE
  }

  private static final int MOST_ROUNDS = 4;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED = "-._~/!$&'()*+,;=:@";

  /**
   * @param path raw, below the stage
   * @return null where its percent-encoding is malformed, so that nobody can tell what it means
   */
  static PathForms of(String path) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    boolean slash = rooted.length() > 1 && rooted.endsWith("/");
    String routed = slash ? rooted.substring(0, rooted.length() - 1) : rooted;
    String spelt = RequestArn.path(rooted);
    if (rooted.indexOf('%') < 0 && rooted.indexOf("//") < 0 && spelt.equals(routed)) {
      return new PathForms(spelt, null, Place.SAME, slash ? List.of(rooted) : List.of());
    }
    String decoded;
    try {
      decoded = PercentCoding.decodeSegment(rooted);
    } catch (ApiError malformed) {
      return null;
    }
    String read = tidy(decoded);
    Set<String> others = new LinkedHashSet<>();
    others.add(routed);
    others.add(rooted);
    others.add(withLowerCaseHex(spelt));
    others.add(decoded);
    others.add(encoded(read));
    others.add(withLowerCaseHex(encoded(read)));
    others.add(tidy(decodedFully(decoded)));
    others.remove(spelt);
    others.remove(read);
    String bare = slash ? decoded.substring(0, decoded.length() - 1) : decoded;
    Place place =
        !bare.equals(read)
            ? Place.ELSEWHERE
            : slashes(bare) == slashes(routed) ? Place.SAME : Place.BELOW;
    return new PathForms(spelt, read, place, List.copyOf(others));
  }

  private static long slashes(String text) {
    return text.chars().filter(c -> c == '/').count();
  }

  private static String decodedFully(String decoded) {
    String text = decoded;
    for (int round = 0; round < MOST_ROUNDS && text.indexOf('%') >= 0; round++) {
      try {
        String next = PercentCoding.decodeSegment(encodedBeyondAscii(text));
        if (next.equals(text)) {
          return text;
        }
        text = next;
      } catch (ApiError notEncodedAgain) {
        return text;
      }
    }
    return text;
  }

  /** Slashes once, backslashes as slashes, dot segments followed, no slash at the end. */
  private static String tidy(String decoded) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : decoded.replace('\\', '/').split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** What can be decoded once more: ASCII, percent signs as they are. */
  private static String encodedBeyondAscii(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0) {
        out.append('%').append(HEX.toHexDigits(b));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static String withLowerCaseHex(String encoded) {
    StringBuilder out = new StringBuilder(encoded);
    for (int i = out.indexOf("%"); i >= 0; i = out.indexOf("%", i + 1)) {
      out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
      out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
    }
    return out.toString();
  }
}

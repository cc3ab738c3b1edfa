package io.gatehouse.model.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Paths and queries in the one spelling that all who sign or verify make of them: every byte
 * percent-encoded that need not stand for itself. What is sent in this spelling is signed as it is
 * sent.
 */
public final class StrictEncoding {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final boolean[] UNRESERVED = new boolean[128];

  static {
    for (char c :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".toCharArray()) {
      UNRESERVED[c] = true;
    }
  }

  private StrictEncoding() {}

  /** A raw path; slashes stay as they are, encoded ones too. A plus is a plus. */
  public static String path(String raw) {
    if (isStrict(raw, '/')) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length() + 16);
    int from = 0;
    for (int slash = raw.indexOf('/'); slash >= 0; slash = raw.indexOf('/', from)) {
      encode(decoded(raw.substring(from, slash), false), out);
      out.append('/');
      from = slash + 1;
    }
    encode(decoded(raw.substring(from), false), out);
    return out.toString();
  }

  /** A raw query, its parameters in their order. A plus is a space. */
  public static String query(String raw) {
    StringBuilder out = new StringBuilder(raw.length() + 16);
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      end = end < 0 ? raw.length() : end;
      if (end > from) {
        if (!out.isEmpty()) {
          out.append('&');
        }
        int equals = raw.indexOf('=', from);
        if (equals < 0 || equals > end) {
          out.append(recoded(raw.substring(from, end)));
        } else {
          out.append(recoded(raw.substring(from, equals))).append('=');
          out.append(recoded(raw.substring(equals + 1, end)));
        }
      }
      from = end + 1;
    }
    return out.toString();
  }

  /** A name or a value of a query. */
  static String recoded(String raw) {
    if (isStrict(raw, '-')) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length() + 16);
    encode(decoded(raw, true), out);
    return out.toString();
  }

  /** The text with everything encoded that is no unreserved character. */
  static String encoded(String text) {
    if (isStrict(text, '-')) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    encode(text.getBytes(StandardCharsets.UTF_8), out);
    return out.toString();
  }

  /** A name or a value of a query, decoded. */
  static String plain(String raw) {
    return isStrict(raw, '-') ? raw : new String(decoded(raw, true), StandardCharsets.UTF_8);
  }

  /** Whether the path's canonical form is the path itself. */
  static boolean isPlainPath(String raw) {
    char before = 'x';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= 128
          || c != '/' && !UNRESERVED[c]
          || before == '/' && (c == '/' || c == '.')
          || i == 0 && c != '/') {
        return false;
      }
      before = c;
    }
    return !raw.isEmpty();
  }

  private static boolean isStrict(String text, char also) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !UNRESERVED[c] && c != also) {
        return false;
      }
    }
    return true;
  }

  private static void encode(byte[] bytes, StringBuilder out) {
    for (byte b : bytes) {
      if (b >= 0 && UNRESERVED[b]) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
    }
  }

  /** A stray percent sign stands for itself. */
  private static byte[] decoded(String raw, boolean plusIsSpace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      int high = c == '%' && i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(raw.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 128) {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
      } else {
        int end = Character.isHighSurrogate(c) && i + 1 < raw.length() ? i + 2 : i + 1;
        bytes.writeBytes(raw.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    return bytes.toByteArray();
  }
}

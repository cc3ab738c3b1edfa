package io.gatehouse.model.aws;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Canonical forms, digests and hex of Signature Version 4. */
final class SignatureText {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private SignatureText() {}

  /** Dot segments and empty ones removed, then every segment encoded once more than it was sent. */
  static String canonicalPath(String rawPath) {
    if (StrictEncoding.isPlainPath(rawPath)) {
      return rawPath;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : rawPath.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(StrictEncoding.encoded(segment));
      }
    }
    String path = "/" + String.join("/", segments);
    return path.length() > 1 && rawPath.endsWith("/") ? path + "/" : path;
  }

  /** Encoded in the one strict way, then sorted by name and value. */
  static String canonicalQuery(String rawQuery) {
    return canonicalQuery(rawQuery, "");
  }

  /**
   * The same without one parameter.
   *
   * @param except its name, strictly encoded; empty for none
   */
  static String canonicalQuery(String rawQuery, String except) {
    record Parameter(String name, String value) implements Comparable<Parameter> {
      @Override
      public int compareTo(Parameter other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : value.compareTo(other.value);
      }
    }
    if (rawQuery.isEmpty()) {
      return "";
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        String strictName = StrictEncoding.recoded(name);
        if (except.isEmpty() || !strictName.equals(except)) {
          parameters.add(new Parameter(strictName, StrictEncoding.recoded(value)));
        }
      }
    }
    Collections.sort(parameters);
    return String.join("&", parameters.stream().map(p -> p.name() + "=" + p.value()).toList());
  }

  static String canonicalValue(String value) {
    String stripped = value.strip();
    return isCompact(stripped) ? stripped : BLANKS.matcher(stripped).replaceAll(" ");
  }

  /** Whether single spaces are all the blanks in it. */
  private static boolean isCompact(String text) {
    char before = 'x';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == ' ' && before == ' ') {
        return false;
      }
      before = c;
    }
    return true;
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    return sha256(bytes, 0, bytes.length);
  }

  static byte[] sha256(byte[] bytes, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, length);
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static byte[] hmac(SecretKey key, byte[] text) {
    return hmac(key, text, text.length);
  }

  static byte[] hmac(SecretKey key, byte[] text, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(text, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}

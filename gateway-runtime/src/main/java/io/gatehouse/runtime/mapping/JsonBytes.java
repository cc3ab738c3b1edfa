package io.gatehouse.runtime.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** Writes JSON straight into UTF-8, without a tree and without a String in between. */
final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_ESCAPE = 6;

  private byte[] bytes;
  private int size;

  /**
   * @param room bytes that are likely enough
   */
  JsonBytes(int room) {
    bytes = new byte[room];
  }

  /** What is JSON already. */
  JsonBytes raw(byte[] json) {
    need(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** What is JSON already, and ASCII. */
  JsonBytes raw(String json) {
    need(json.length());
    for (int i = 0; i < json.length(); i++) {
      bytes[size++] = (byte) json.charAt(i);
    }
    return this;
  }

  /** A string with its quotes, or null. */
  JsonBytes string(String text) {
    if (text == null) {
      return raw("null");
    }
    need(text.length() * LONGEST_ESCAPE + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | c >> 6);
        bytes[size++] = (byte) (0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        supplementary(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        three(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
    bytes[size++] = '"';
    return this;
  }

  /** A string that is UTF-8 already; what is not becomes U+FFFD. */
  JsonBytes text(byte[] utf8) {
    int escapes = 0;
    boolean ascii = true;
    for (byte b : utf8) {
      ascii &= b >= 0;
      escapes += b >= 0 && (b < ' ' || b == '"' || b == '\\') ? LONGEST_ESCAPE : 0;
    }
    byte[] whole =
        ascii ? utf8 : new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    need(whole.length + escapes + 2);
    bytes[size++] = '"';
    for (byte b : whole) {
      if (b >= 0) {
        ascii((char) b);
      } else {
        bytes[size++] = b;
      }
    }
    bytes[size++] = '"';
    return this;
  }

  JsonBytes strings(Collection<String> values) {
    raw("[");
    boolean first = true;
    for (String value : values) {
      if (!first) {
        raw(",");
      }
      first = false;
      string(value);
    }
    return raw("]");
  }

  /** {@code ,"name":"value"}. */
  JsonBytes member(String name, String value) {
    return raw(",\"").raw(name).raw("\":").string(value);
  }

  byte[] whole() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void ascii(char c) {
    if (c >= ' ' && c != '"' && c != '\\') {
      bytes[size++] = (byte) c;
      return;
    }
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      case '\b' -> bytes[size++] = 'b';
      case '\f' -> bytes[size++] = 'f';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  private void three(char c) {
    bytes[size++] = (byte) (0xe0 | c >> 12);
    bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
    bytes[size++] = (byte) (0x80 | c & 0x3f);
  }

  private void supplementary(int code) {
    bytes[size++] = (byte) (0xf0 | code >> 18);
    bytes[size++] = (byte) (0x80 | code >> 12 & 0x3f);
    bytes[size++] = (byte) (0x80 | code >> 6 & 0x3f);
    bytes[size++] = (byte) (0x80 | code & 0x3f);
  }

  private void need(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}

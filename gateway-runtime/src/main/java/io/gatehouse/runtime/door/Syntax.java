package io.gatehouse.runtime.door;

/** Which bytes may stand where in a message's head (RFC 9110, 5.5 and 5.6.2; RFC 3986, 3.2). */
final class Syntax {

  private static final boolean[] TOKEN = new boolean[256];
  private static final boolean[] VALUE = new boolean[256];
  private static final boolean[] NAME = new boolean[256];
  private static final boolean[] ADDRESS = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      TOKEN[c] = alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      VALUE[c] = c == '\t' || c >= ' ' && c != 0x7f;
      NAME[c] = alphanumeric || "-._".indexOf(c) >= 0;
      ADDRESS[c] =
          c >= '0' && c <= '9'
              || c >= 'a' && c <= 'f'
              || c >= 'A' && c <= 'F'
              || c == ':'
              || c == '.';
    }
  }

  private Syntax() {}

  /** May be in a method or a header's name. */
  static boolean isToken(byte b) {
    return TOKEN[b & 0xff];
  }

  /** May be in a header's value. */
  static boolean isValue(byte b) {
    return VALUE[b & 0xff];
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** A host name or address, with or without a port. */
  static boolean isHost(byte[] text, int from, int to) {
    int at = from;
    if (at < to && text[at] == '[') {
      at++;
      while (at < to && ADDRESS[text[at] & 0xff]) {
        at++;
      }
      if (at - from < 3 || at == to || text[at++] != ']') {
        return false;
      }
    } else {
      while (at < to && NAME[text[at] & 0xff]) {
        at++;
      }
      if (at == from) {
        return false;
      }
    }
    return at == to || text[at] == ':' && isPort(text, at + 1, to);
  }

  private static boolean isPort(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return to - from >= 1 && to - from <= 5;
  }

  /** Whether the bytes are this lower-case text in any case. */
  static boolean is(String lower, byte[] text, int from, int to) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      int c = text[from + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

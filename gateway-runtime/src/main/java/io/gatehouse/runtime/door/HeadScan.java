package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import java.nio.charset.StandardCharsets;

/**
 * Reads a request's head, whole and with every line known to end in CR LF, only for what is wrong
 * with it and for how its body is framed. What two readers could read in two ways is wrong. Used
 * over and over by one event loop.
 */
final class HeadScan {

  /** As {@link #bodyLength()}: chunked. */
  static final long CHUNKED = -1;

  private static final int MOST_LENGTH_DIGITS = 18;
  private static final String VERSION = "HTTP/1.1"; // or other digits

  private byte[] text;
  private int at;
  private boolean http10;
  private int authorityFrom;
  private int authorityTo;
  private int hosts;
  private int hostFrom;
  private int hostTo;
  private int lengths;
  private boolean lengthInvalid;
  private long length;
  private int codings;
  private boolean codingIsChunked;

  /** How many bytes follow the head, or {@link #CHUNKED}. */
  long bodyLength() {
    return codings > 0 ? CHUNKED : length;
  }

  /** The first thing that is wrong, or null. */
  Reason scan(byte[] head, int size) {
    text = head;
    at = 0;
    authorityFrom = 0;
    authorityTo = 0;
    hosts = 0;
    lengths = 0;
    lengthInvalid = false;
    length = 0;
    codings = 0;
    Reason wrong = requestLine();
    while (wrong == null && at < size - 2) {
      wrong = field();
    }
    if (wrong == null) {
      wrong = framing();
    }
    return wrong == null ? host() : wrong;
  }

  private Reason requestLine() {
    while (Syntax.isToken(text[at])) {
      at++;
    }
    if (at == 0 || text[at++] != ' ') {
      return Reason.REQUEST_LINE_INVALID;
    }
    int target = at;
    while (text[at] < 0 || text[at] > ' ' && text[at] != 0x7f) {
      at++;
    }
    int targetEnd = at;
    if (target == targetEnd || text[at++] != ' ') {
      return Reason.REQUEST_LINE_INVALID;
    }
    Reason wrong = version();
    if (wrong == null && text[target] != '/') {
      wrong = absolute(target, targetEnd);
    }
    return wrong == null && !isPlain(target, targetEnd) && !isTarget(target, targetEnd)
        ? Reason.TARGET_MALFORMED
        : wrong;
  }

  /** Whether there is nothing in it that could be wrong in a target. */
  private boolean isPlain(int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b < 0 || b == '.' || b == '%' || b == '#' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private boolean isTarget(int from, int to) {
    return RequestTarget.parse(new String(text, from, to - from, StandardCharsets.ISO_8859_1))
        != null;
  }

  private Reason version() {
    int from = at;
    while (text[at] != '\r') {
      at++;
    }
    boolean versioned = at - from == VERSION.length() && text[at + 1] == '\n';
    for (int i = 0; versioned && i < VERSION.length(); i++) {
      char c = VERSION.charAt(i);
      versioned = c == '1' ? isDigit(text[from + i]) : text[from + i] == c;
    }
    if (!versioned) {
      return Reason.REQUEST_LINE_INVALID;
    }
    at += 2;
    http10 = text[from + 7] == '0';
    return text[from + 5] == '1' && (http10 || text[from + 7] == '1')
        ? null
        : Reason.HTTP_VERSION_UNSUPPORTED;
  }

  /** A target that names a host must name that of the Host header: there is but one to route by. */
  private Reason absolute(int from, int to) {
    int scheme = Math.min(from + 7, to);
    if (!Syntax.is("http://", text, from, scheme)) {
      scheme = Math.min(from + 8, to);
      if (!Syntax.is("https://", text, from, scheme)) {
        return Reason.TARGET_MALFORMED;
      }
    }
    int end = scheme;
    while (end < to && text[end] != '/' && text[end] != '?') {
      end++;
    }
    authorityFrom = scheme;
    authorityTo = end;
    return end == scheme ? Reason.TARGET_MALFORMED : null;
  }

  private Reason field() {
    int name = at;
    if (Syntax.isBlank(text[at])) {
      return Reason.FRAMING_FOLDED_HEADER;
    }
    while (Syntax.isToken(text[at])) {
      at++;
    }
    int nameEnd = at;
    if (nameEnd == name || text[at++] != ':') {
      return Reason.HEADER_INVALID;
    }
    while (Syntax.isBlank(text[at])) {
      at++;
    }
    int value = at;
    while (Syntax.isValue(text[at])) {
      at++;
    }
    if (text[at] != '\r' || text[at + 1] != '\n') {
      return Reason.HEADER_INVALID;
    }
    int valueEnd = at;
    while (valueEnd > value && Syntax.isBlank(text[valueEnd - 1])) {
      valueEnd--;
    }
    at += 2;
    return note(name, nameEnd, value, valueEnd);
  }

  private Reason note(int name, int nameEnd, int value, int valueEnd) {
    switch (nameEnd - name) {
      case 4 -> {
        if (Syntax.is("host", text, name, nameEnd)) {
          hosts++;
          hostFrom = value;
          hostTo = valueEnd;
        }
      }
      case 14 -> {
        if (Syntax.is("content-length", text, name, nameEnd)) {
          lengths++;
          readLength(value, valueEnd);
        }
      }
      case 17 -> {
        if (Syntax.is("transfer-encoding", text, name, nameEnd)) {
          codings++;
          codingIsChunked = Syntax.is("chunked", text, value, valueEnd);
        }
      }
      case 18 -> {
        // A handshake of 2010 with a body of eight bytes that no other header tells of; the decoder
        // behind us would still look for it.
        if (Syntax.is("sec-websocket-key1", text, name, nameEnd)) {
          return Reason.HEADER_INVALID;
        }
      }
      default -> {}
    }
    return null;
  }

  private void readLength(int from, int to) {
    length = 0;
    lengthInvalid |= from == to || to - from > MOST_LENGTH_DIGITS;
    for (int i = from; i < to && !lengthInvalid; i++) {
      lengthInvalid = !isDigit(text[i]);
      length = length * 10 + text[i] - '0';
    }
  }

  private Reason framing() {
    if (lengths > 0 && codings > 0) {
      return Reason.FRAMING_LENGTH_AND_CODING;
    }
    if (lengths > 1) {
      return Reason.FRAMING_LENGTH_DOUBLED;
    }
    if (lengthInvalid) {
      return Reason.FRAMING_LENGTH_INVALID;
    }
    return codings > 0 && (codings > 1 || !codingIsChunked || http10)
        ? Reason.FRAMING_CODING_UNSUPPORTED
        : null;
  }

  private Reason host() {
    if (hosts > 1) {
      return Reason.HOST_DOUBLED;
    }
    if (hosts == 0) {
      return authorityTo > 0 ? Reason.HOST_MISMATCH : http10 ? null : Reason.HOST_MISSING;
    }
    if (!Syntax.isHost(text, hostFrom, hostTo)) {
      return Reason.HOST_INVALID;
    }
    return authorityTo > 0 && !namesHost() ? Reason.HOST_MISMATCH : null;
  }

  private boolean namesHost() {
    int size = hostTo - hostFrom;
    for (int i = 0; i < size && size == authorityTo - authorityFrom; i++) {
      if (lower(text[hostFrom + i]) != lower(text[authorityFrom + i])) {
        return false;
      }
    }
    return size == authorityTo - authorityFrom;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

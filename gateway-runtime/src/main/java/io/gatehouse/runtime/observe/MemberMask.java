package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.Redaction;

/**
 * Hides the values of members by name in texts that are JSON, or look like it: bodies are cut where
 * logs end, and JSON stands in strings of other JSON. Reads every character a bounded number of
 * times.
 */
final class MemberMask {

  /** JSON in a string of JSON; what is deeper is hidden whole. */
  private static final int DEEPEST = 3;

  private final String text;
  private final Redaction redaction;
  private final int depth;
  private StringBuilder out;
  private int copied;

  private MemberMask(String text, Redaction redaction, int depth) {
    this.text = text;
    this.redaction = redaction;
    this.depth = depth;
  }

  /** The text itself where there is nothing to hide. */
  static String mask(String text, Redaction redaction) {
    return mask(text, redaction, 0);
  }

  private static String mask(String text, Redaction redaction, int depth) {
    return text.indexOf('"') < 0 ? text : new MemberMask(text, redaction, depth).masked();
  }

  private String masked() {
    int at = text.indexOf('"');
    while (at >= 0) {
      int end = endOfString(at + 1);
      int colon = afterBlanks(end + 1);
      if (colon >= text.length() || text.charAt(colon) != ':') {
        nested(at + 1, end);
        at = next(end + 1);
      } else if (redaction.hidesMember(unescaped(at + 1, end))) {
        int from = afterBlanks(colon + 1);
        int to = endOfValue(from);
        replace(from, to, '"' + Secrets.HIDDEN + '"');
        at = next(to);
      } else {
        at = next(colon + 1);
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /** A string that is a value: it may be JSON in its turn. */
  private void nested(int from, int to) {
    int escape = text.indexOf('\\', from);
    if (escape < 0 || escape >= to) {
      return;
    }
    String inner = unescaped(from, to);
    if (inner.indexOf('"') < 0) {
      return;
    }
    String masked = depth == DEEPEST ? Secrets.HIDDEN : mask(inner, redaction, depth + 1);
    if (!masked.equals(inner)) {
      replace(from, to, escaped(masked));
    }
  }

  private void replace(int from, int to, String instead) {
    if (out == null) {
      out = new StringBuilder(text.length() + instead.length());
    }
    out.append(text, copied, from).append(instead);
    copied = to;
  }

  private int next(int from) {
    return from >= text.length() ? -1 : text.indexOf('"', from);
  }

  /** Where the string's closing quotation mark is; the text's end where it was cut. */
  private int endOfString(int from) {
    int at = text.indexOf('"', from);
    while (at >= 0) {
      int slashes = 0;
      while (at - slashes > from && text.charAt(at - slashes - 1) == '\\') {
        slashes++;
      }
      if (slashes % 2 == 0) {
        return at;
      }
      at = text.indexOf('"', at + 1);
    }
    return text.length();
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /** Behind a value that begins there: a whole string, list, object, or a word. */
  private int endOfValue(int from) {
    int open = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at = Math.min(endOfString(at + 1), text.length() - 1);
        if (open == 0) {
          return at + 1;
        }
      } else if (c == '{' || c == '[') {
        open++;
      } else if (c == '}' || c == ']') {
        if (--open <= 0) {
          return open == 0 ? at + 1 : at;
        }
      } else if (open == 0 && c == ',') {
        return at;
      }
      at++;
    }
    return at;
  }

  private String unescaped(int from, int to) {
    int escape = text.indexOf('\\', from);
    if (escape < 0 || escape >= to) {
      return text.substring(from, to);
    }
    StringBuilder plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 >= to) {
        plain.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      int code = kind == 'u' && i + 4 < to ? hex(i + 1) : -1;
      if (code >= 0) {
        plain.append((char) code);
        i += 4;
      } else {
        plain.append(
            switch (kind) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'b' -> '\b';
              case 'f' -> '\f';
              default -> kind;
            });
      }
    }
    return plain.toString();
  }

  private int hex(int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  private static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < ' ') {
            escaped
                .append("\\u00")
                .append(c < 16 ? "0" : "1")
                .append("0123456789abcdef".charAt(c & 15));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}

package io.gatehouse.runtime.pattern;

/**
 * A pattern's text while it is read: code points, those between {@code \Q} and {@code \E} marked as
 * quoted, and white space and comments passed over where the flags say so.
 */
final class Source {

  static final int END = -1;

  /** Added to a code point that stands for itself whatever it is. */
  private static final int QUOTED = 1 << 24;

  private final int[] symbols;
  private final int[] positions;
  private int length;
  private int cursor;
  private Flags flags = Flags.NONE;

  Source(String pattern) {
    this.symbols = new int[pattern.length()];
    this.positions = new int[pattern.length() + 1];
    fill(pattern);
  }

  static boolean isQuoted(int symbol) {
    return symbol >= QUOTED;
  }

  static int codePoint(int symbol) {
    return symbol & ~QUOTED;
  }

  void use(Flags inForce) {
    flags = inForce;
  }

  /** The next symbol, comments passed over; not taken. */
  int peek() {
    if (flags.comments()) {
      skipComments();
    }
    return peekRaw();
  }

  /** The next symbol, whatever the flags; not taken. */
  int peekRaw() {
    return cursor < length ? symbols[cursor] : END;
  }

  int next() {
    var symbol = peek();
    advance();
    return symbol;
  }

  int nextRaw() {
    var symbol = peekRaw();
    advance();
    return symbol;
  }

  boolean take(int symbol) {
    if (peek() != symbol) {
      return false;
    }
    cursor++;
    return true;
  }

  /** Takes both or neither. */
  boolean take(int first, int second) {
    var before = cursor;
    if (take(first) && take(second)) {
      return true;
    }
    cursor = before;
    return false;
  }

  int cursor() {
    return cursor;
  }

  void backTo(int earlier) {
    cursor = earlier;
  }

  /** Whether the pattern from a place on holds a character outside the Basic Multilingual Plane. */
  boolean hasSupplementaryFrom(int from) {
    for (int i = from; i < length; i++) {
      if (!CodePoints.isBasic(codePoint(symbols[i]))) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong, beginning where the reader is. */
  InvalidPattern invalid(String what) {
    return new InvalidPattern(what, positions[cursor]);
  }

  InvalidPattern invalid(String what, int at) {
    return new InvalidPattern(what, positions[at]);
  }

  private void advance() {
    cursor = Math.min(cursor + 1, length);
  }

  private void skipComments() {
    while (cursor < length) {
      var symbol = symbols[cursor];
      if (symbol == '#') {
        skipComment();
      } else if (Properties.isSpace(symbol)) {
        cursor++;
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    while (cursor < length && !endsComment(symbols[cursor])) {
      cursor++;
    }
  }

  private boolean endsComment(int symbol) {
    var c = codePoint(symbol);
    return flags.unixLines() ? c == '\n' : Boundary.isTerminator(c);
  }

  private void fill(String pattern) {
    var quoted = false;
    for (int i = 0; i < pattern.length(); ) {
      if (quoted && pattern.startsWith("\\E", i)) {
        quoted = false;
        i += 2;
      } else if (!quoted && pattern.startsWith("\\Q", i)) {
        quoted = true;
        i += 2;
      } else {
        // What follows a backslash begins no quotation: \\Q is a backslash and a Q.
        var escape = !quoted && pattern.charAt(i) == '\\';
        i = add(pattern, i, quoted);
        if (escape && i < pattern.length()) {
          i = add(pattern, i, false);
        }
      }
    }
    positions[length] = pattern.length();
  }

  private int add(String pattern, int i, boolean quoted) {
    var c = pattern.codePointAt(i);
    positions[length] = i;
    symbols[length++] = quoted ? c | QUOTED : c;
    return i + Character.charCount(c);
  }
}

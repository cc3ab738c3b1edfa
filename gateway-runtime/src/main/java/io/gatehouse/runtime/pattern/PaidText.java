package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;

/** A text that is paid for as it is looked at: about a step for each character. */
final class PaidText {

  private final String text;
  private final int end;
  private final Budget budget;

  PaidText(CharSequence text, Budget budget) {
    this.text = text.toString();
    this.end = this.text.length();
    this.budget = budget;
  }

  String text() {
    return text;
  }

  int end() {
    return end;
  }

  /** Whether a member of the set begins there. */
  boolean isAt(CodePoints set, int at) {
    return after(set, at) >= 0;
  }

  /** Past the member of the set that stands there; -1 if none does. The caller has paid a step. */
  int after(CodePoints set, int at) {
    if (at == end) {
      return -1;
    }
    var c = text.codePointAt(at);
    if (c < CodePoints.TABLE) {
      return set.inTable(c) ? at + 1 : -1;
    }
    budget.spend(set.cost());
    return set.contains(c) ? at + Character.charCount(c) : -1;
  }

  /** Past so many members of the set in a row; -1 if there are not so many. */
  int afterAll(CodePoints set, int from, int count) {
    var at = from;
    for (int i = 0; i < count && at >= 0; i++) {
      budget.spend(1);
      at = after(set, at);
    }
    return at;
  }

  /** Past the members of the set in a row, so many at most. */
  int afterMost(CodePoints set, int from, int count) {
    var at = from;
    for (int i = 0; i < count; i++) {
      budget.spend(1);
      var next = after(set, at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** A code point further back, but not before {@code least}. */
  int before(int at, int least) {
    return Math.max(least, at - Character.charCount(text.codePointBefore(at)));
  }

  /** Past the literal if it stands there; otherwise -1. */
  int afterLiteral(String literal, int at) {
    budget.spend(literal.length() >> 3);
    return text.startsWith(literal, at) ? at + literal.length() : -1;
  }

  /** Past a second occurrence, at {@code at}, of what stands between two places; or -1. */
  int afterSame(int from, int to, int at, boolean ignoreCase, boolean unicodeCase) {
    var length = to - from;
    if (length > end - at) {
      return -1;
    }
    budget.spend(length);
    for (int i = 0; i < length; i++) {
      var a = text.charAt(from + i);
      var b = text.charAt(at + i);
      if (a != b && !(ignoreCase && isSameLetter(a, b, unicodeCase))) {
        return -1;
      }
    }
    return at + length;
  }

  private static boolean isSameLetter(char a, char b, boolean unicodeCase) {
    return unicodeCase
        ? Letters.fold(a) == Letters.fold(b)
        : Letters.foldAscii(a) == Letters.foldAscii(b);
  }

  /** Whether a place is between the halves of a surrogate pair. */
  boolean isInsidePair(int at) {
    return at > 0
        && at < end
        && Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1));
  }
}

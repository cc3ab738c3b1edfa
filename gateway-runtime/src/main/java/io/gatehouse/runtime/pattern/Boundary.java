package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;

/** Places of a text that are asked for without taking a character. */
enum Boundary {
  BEGIN,
  LINE_BEGIN,
  UNIX_LINE_BEGIN,
  END,
  LAST_LINE_END,
  UNIX_LAST_LINE_END,
  LINE_END,
  UNIX_LINE_END,
  PREVIOUS_END,
  WORD,
  NOT_WORD,
  UNICODE_WORD,
  NOT_UNICODE_WORD;

  /**
   * @param previousEnd where the match before this one ended
   */
  boolean at(String text, int pos, int previousEnd, Budget budget) {
    return switch (this) {
      case BEGIN -> pos == 0;
      case LINE_BEGIN -> pos < text.length() && (pos == 0 || afterLine(text, pos));
      case UNIX_LINE_BEGIN -> pos < text.length() && (pos == 0 || text.charAt(pos - 1) == '\n');
      case END -> pos == text.length();
      case LAST_LINE_END -> beforeLast(text, pos);
      case UNIX_LAST_LINE_END ->
          pos == text.length() || (pos == text.length() - 1 && text.charAt(pos) == '\n');
      case LINE_END -> pos == text.length() || beforeLine(text, pos);
      case UNIX_LINE_END -> pos == text.length() || text.charAt(pos) == '\n';
      case PREVIOUS_END -> pos == previousEnd;
      case WORD -> isEdge(text, pos, false, budget);
      case NOT_WORD -> !isEdge(text, pos, false, budget);
      case UNICODE_WORD -> isEdge(text, pos, true, budget);
      case NOT_UNICODE_WORD -> !isEdge(text, pos, true, budget);
    };
  }

  private static boolean afterLine(String text, int pos) {
    var before = text.charAt(pos - 1);
    return isTerminator(before) && !(before == '\r' && text.charAt(pos) == '\n');
  }

  private static boolean beforeLine(String text, int pos) {
    var next = text.charAt(pos);
    return isTerminator(next) && !(next == '\n' && pos > 0 && text.charAt(pos - 1) == '\r');
  }

  private static boolean beforeLast(String text, int pos) {
    var left = text.length() - pos;
    return left == 0
        || (left == 1 && beforeLine(text, pos))
        || (left == 2 && text.charAt(pos) == '\r' && text.charAt(pos + 1) == '\n');
  }

  static boolean isTerminator(int c) {
    return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isEdge(String text, int pos, boolean unicode, Budget budget) {
    var left = pos > 0 && isWord(text, pos - 1, text.codePointBefore(pos), unicode, budget);
    var right = pos < text.length() && isWord(text, pos, text.codePointAt(pos), unicode, budget);
    return left != right;
  }

  private static boolean isWord(String text, int pos, int c, boolean unicode, Budget budget) {
    return (unicode ? Properties.isUnicodeWord(c) : Properties.isWord(c))
        || (Character.getType(c) == Character.NON_SPACING_MARK && hasLetter(text, pos, budget));
  }

  /** Whether a mark belongs to a letter or digit; a text may be a long row of marks. */
  private static boolean hasLetter(String text, int pos, Budget budget) {
    for (int i = pos; i >= 0; i--) {
      budget.spend(1);
      var c = text.codePointAt(i);
      if (Character.isLetterOrDigit(c)) {
        return true;
      }
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        return false;
      }
    }
    return false;
  }
}

package io.gatehouse.runtime.pattern;

/** What a literal or a range takes in, by the flags about case. */
final class Letters {

  private Letters() {}

  static CodePoints single(int c, Flags flags) {
    if (flags.ignoreCase() && flags.unicodeCase()) {
      var folded = fold(c);
      if (folded != Character.toUpperCase(c) || folded != c) {
        return CodePoints.where(x -> x == folded || fold(x) == folded);
      }
    } else if (flags.ignoreCase() && Properties.isAlpha(c)) {
      return CodePoints.where(x -> (x | 0x20) == (c | 0x20) && x < 0x80, true);
    }
    return CodePoints.single(c);
  }

  static CodePoints range(int low, int high, Flags flags) {
    var plain = CodePoints.range(low, high);
    if (!flags.ignoreCase()) {
      return plain;
    }
    if (flags.unicodeCase()) {
      return CodePoints.where(c -> inFolded(low, c, high), plain.basic());
    }
    return CodePoints.where(
        c -> isIn(low, c, high) || (Properties.isAlpha(c) && isIn(low, c ^ 0x20, high)),
        plain.basic());
  }

  /** Equal for letters that differ in case alone. */
  static int fold(int c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /** Equal for letters of ASCII that differ in case alone. */
  static int foldAscii(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  private static boolean inFolded(int low, int c, int high) {
    if (isIn(low, c, high)) {
      return true;
    }
    var upper = Character.toUpperCase(c);
    return isIn(low, upper, high) || isIn(low, Character.toLowerCase(upper), high);
  }

  private static boolean isIn(int low, int c, int high) {
    return low <= c && c <= high;
  }
}

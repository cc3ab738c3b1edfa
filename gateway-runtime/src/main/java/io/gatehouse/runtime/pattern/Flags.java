package io.gatehouse.runtime.pattern;

/** The embedded flags in force at a place of a pattern. */
record Flags(int bits) {

  static final Flags NONE = new Flags(0);

  private static final int IGNORE_CASE = 1;
  private static final int UNIX_LINES = 2;
  private static final int MULTILINE = 4;
  private static final int DOT_ALL = 8;
  private static final int UNICODE_CASE = 16;
  private static final int COMMENTS = 32;
  private static final int UNICODE_CLASSES = 64;

  /** What a letter switches, or 0 if it is no flag's. */
  static int bitsOf(int letter) {
    return switch (letter) {
      case 'i' -> IGNORE_CASE;
      case 'd' -> UNIX_LINES;
      case 'm' -> MULTILINE;
      case 's' -> DOT_ALL;
      case 'u' -> UNICODE_CASE;
      case 'x' -> COMMENTS;
      case 'U' -> UNICODE_CLASSES | UNICODE_CASE;
      default -> 0;
    };
  }

  Flags with(int more) {
    return new Flags(bits | more);
  }

  Flags without(int less) {
    return new Flags(bits & ~less);
  }

  boolean ignoreCase() {
    return (bits & IGNORE_CASE) != 0;
  }

  boolean unixLines() {
    return (bits & UNIX_LINES) != 0;
  }

  boolean multiline() {
    return (bits & MULTILINE) != 0;
  }

  boolean dotAll() {
    return (bits & DOT_ALL) != 0;
  }

  boolean unicodeCase() {
    return (bits & UNICODE_CASE) != 0;
  }

  boolean comments() {
    return (bits & COMMENTS) != 0;
  }

  boolean unicodeClasses() {
    return (bits & UNICODE_CLASSES) != 0;
  }
}

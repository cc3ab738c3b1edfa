package io.gatehouse.runtime.pattern;

/** Reads what a backslash stands for when it is a character or a set of characters. */
final class EscapeParser {

  private static final int MAX_NAME = 100;

  private final Source source;

  EscapeParser(Source source) {
    this.source = source;
  }

  /**
   * The set a letter after a backslash names; null if it names none, and then nothing but the
   * letter is looked at.
   */
  CodePoints set(Flags flags) throws InvalidPattern {
    var letter = source.peekRaw();
    if (letter == 'p' || letter == 'P') {
      source.nextRaw();
      var named = property(flags);
      return letter == 'P' ? named.negate() : named;
    }
    var positive = Properties.shorthand(letter, flags.unicodeClasses());
    if (positive != null) {
      source.nextRaw();
      return positive;
    }
    var isUpper = letter >= 'A' && letter <= 'Z';
    var negative =
        isUpper ? Properties.shorthand(Letters.foldAscii(letter), flags.unicodeClasses()) : null;
    if (negative == null) {
      return null;
    }
    source.nextRaw();
    return negative.negate();
  }

  /** The character that is meant; the backslash is taken. */
  int character() throws InvalidPattern {
    var at = source.cursor();
    var letter = source.nextRaw();
    return switch (letter) {
      case Source.END -> throw source.invalid("a backslash with nothing after it");
      case '0' -> octal();
      case 'a' -> 0x07;
      case 'e' -> 0x1B;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'c' -> control();
      case 'x' -> hexadecimal();
      case 'u' -> unicode();
      case 'N' -> unicodeName();
      default -> {
        if (Properties.isAlpha(letter) || (letter >= '1' && letter <= '9')) {
          throw source.invalid("\\" + (char) letter + " means nothing here", at);
        }
        yield Source.codePoint(letter);
      }
    };
  }

  private CodePoints property(Flags flags) throws InvalidPattern {
    var at = source.cursor();
    String name;
    if (source.take('{')) {
      name = upTo('}');
    } else {
      var letter = source.next();
      name = letter == Source.END ? "" : Character.toString(Source.codePoint(letter));
    }
    var named = Properties.named(name, flags);
    if (named == null) {
      throw source.invalid("no property has the name \"" + name + "\"", at);
    }
    return named;
  }

  private int octal() throws InvalidPattern {
    var value = octalDigit();
    if (value < 0) {
      throw source.invalid("\\0 wants an octal digit");
    }
    for (int max = value <= 3 ? 2 : 1; max > 0; max--) {
      var digit = octalDigit();
      if (digit < 0) {
        break;
      }
      value = value * 8 + digit;
    }
    return value;
  }

  private int octalDigit() {
    var symbol = source.peekRaw();
    if (symbol < '0' || symbol > '7') {
      return -1;
    }
    return source.nextRaw() - '0';
  }

  private int control() throws InvalidPattern {
    var symbol = source.nextRaw();
    if (symbol == Source.END) {
      throw source.invalid("\\c wants a character");
    }
    return Source.codePoint(symbol) ^ 0x40;
  }

  private int hexadecimal() throws InvalidPattern {
    if (source.peekRaw() != '{') {
      return hexDigits(2, "\\x");
    }
    var at = source.cursor();
    source.nextRaw();
    var digits = upTo('}');
    var value = 0;
    for (int i = 0; i < digits.length(); i++) {
      var digit = hexDigit(digits.charAt(i));
      value = value * 16 + digit;
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        throw source.invalid("\\x{...} wants a code point in hexadecimal", at);
      }
    }
    if (digits.isEmpty()) {
      throw source.invalid("\\x{...} wants a code point in hexadecimal", at);
    }
    return value;
  }

  /** Two such escapes may be the halves of one code point. */
  private int unicode() throws InvalidPattern {
    var first = hexDigits(4, "\\u");
    var before = source.cursor();
    if (Character.isHighSurrogate((char) first)
        && source.nextRaw() == '\\'
        && source.nextRaw() == 'u') {
      var second = hexDigits(4, "\\u");
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
    }
    source.backTo(before);
    return first;
  }

  private int hexDigits(int count, String escape) throws InvalidPattern {
    var value = 0;
    for (int i = 0; i < count; i++) {
      var digit = hexDigit(source.peekRaw());
      if (digit < 0) {
        throw source.invalid(escape + " wants " + count + " hexadecimal digits");
      }
      source.nextRaw();
      value = value * 16 + digit;
    }
    return value;
  }

  private static int hexDigit(int symbol) {
    var c = Source.codePoint(symbol);
    return c >= 0 && c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private int unicodeName() throws InvalidPattern {
    var at = source.cursor();
    if (source.nextRaw() != '{') {
      throw source.invalid("\\N wants the name of a character in braces", at);
    }
    var name = upTo('}');
    try {
      return Character.codePointOf(name);
    } catch (IllegalArgumentException unknown) {
      throw source.invalid("no character has the name \"" + name + "\"", at);
    }
  }

  /** Takes the end too. */
  private String upTo(char end) throws InvalidPattern {
    var at = source.cursor();
    var text = new StringBuilder();
    for (var symbol = source.nextRaw(); symbol != end; symbol = source.nextRaw()) {
      if (symbol == Source.END || text.length() > MAX_NAME) {
        throw source.invalid("a name in braces without its " + end, at);
      }
      text.appendCodePoint(Source.codePoint(symbol));
    }
    return text.toString();
  }
}

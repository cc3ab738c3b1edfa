package io.gatehouse.runtime.pattern;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * The sets of code points that have names: {@code \d}, <code>\p{L}</code>, <code>\p{IsGreek}</code>
 * .
 */
final class Properties {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Properties() {}

  static boolean isWord(int c) {
    return isAlnum(c) || c == '_';
  }

  static boolean isUnicodeWord(int c) {
    return Character.isAlphabetic(c)
        || isJoinControl(c)
        || ofTypes(
            c,
            Character.NON_SPACING_MARK,
            Character.ENCLOSING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.DECIMAL_DIGIT_NUMBER,
            Character.CONNECTOR_PUNCTUATION);
  }

  /** {@code \d}, {@code \s}, {@code \w}, {@code \h} and {@code \v} by their letter; or null. */
  static CodePoints shorthand(int letter, boolean unicode) {
    return switch (letter) {
      case 'd' -> unicode ? CodePoints.where(Character::isDigit) : CodePoints.range('0', '9');
      case 's' ->
          unicode
              ? CodePoints.where(Properties::isWhiteSpace)
              : CodePoints.where(Properties::isSpace, true);
      case 'w' ->
          unicode
              ? CodePoints.where(Properties::isUnicodeWord)
              : CodePoints.where(Properties::isWord, true);
      case 'h' -> CodePoints.where(Properties::isHorizontal, true);
      case 'v' -> CodePoints.where(c -> (c >= '\n' && c <= '\r') || Boundary.isTerminator(c), true);
      default -> null;
    };
  }

  /** What stands between the braces of {@code \p}; null if nothing has that name. */
  static CodePoints named(String name, Flags flags) {
    var equals = name.indexOf('=');
    if (equals >= 0) {
      return assigned(name.substring(0, equals), name.substring(equals + 1), flags);
    }
    if (name.startsWith("In")) {
      return block(name.substring(2));
    }
    if (name.startsWith("Is")) {
      return unicode(name.substring(2), flags);
    }
    var predicate = flags.unicodeClasses() ? unicodePosix(name, flags.ignoreCase()) : null;
    if (predicate != null) {
      return CodePoints.where(predicate);
    }
    var ascii = asciiPosix(name, flags.ignoreCase());
    return ascii != null ? CodePoints.where(ascii, true) : plain(name, flags);
  }

  private static CodePoints assigned(String key, String value, Flags flags) {
    return switch (key.toLowerCase(Locale.ROOT)) {
      case "sc", "script" -> script(value);
      case "blk", "block" -> block(value);
      case "gc", "general_category" -> plain(value, flags);
      default -> null;
    };
  }

  private static CodePoints unicode(String name, Flags flags) {
    var binary = binary(name.toUpperCase(Locale.ROOT), flags.ignoreCase());
    var predicate = binary != null ? binary : unicodePosix(name, flags.ignoreCase());
    if (predicate != null) {
      return CodePoints.where(predicate);
    }
    var general = plain(name, flags);
    return general != null ? general : script(name);
  }

  private static CodePoints plain(String name, Flags flags) {
    var ascii = asciiPosix(name, flags.ignoreCase());
    if (ascii != null) {
      return CodePoints.where(ascii, true);
    }
    var predicate = name.startsWith("java") ? JavaProperties.named(name, flags.ignoreCase()) : null;
    if (predicate == null) {
      predicate = GeneralCategories.named(name, flags.ignoreCase());
    }
    return predicate == null ? null : CodePoints.where(predicate);
  }

  private static CodePoints script(String name) {
    try {
      var script = Character.UnicodeScript.forName(name);
      return CodePoints.where(c -> Character.UnicodeScript.of(c) == script);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private static CodePoints block(String name) {
    try {
      var block = Character.UnicodeBlock.forName(name);
      return CodePoints.where(c -> Character.UnicodeBlock.of(c) == block);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private static IntPredicate binary(String name, boolean ignoreCase) {
    return switch (name) {
      case "ALPHABETIC" -> Character::isAlphabetic;
      case "LETTER" -> Character::isLetter;
      case "IDEOGRAPHIC" -> Character::isIdeographic;
      case "LOWERCASE" -> ignoreCase ? Properties::isCased : Character::isLowerCase;
      case "UPPERCASE" -> ignoreCase ? Properties::isCased : Character::isUpperCase;
      case "TITLECASE" -> ignoreCase ? Properties::isCased : Character::isTitleCase;
      case "WHITE_SPACE", "WHITESPACE" -> Properties::isWhiteSpace;
      case "CONTROL" -> c -> ofTypes(c, Character.CONTROL);
      case "PUNCTUATION" -> Properties::isPunctuation;
      case "HEX_DIGIT", "HEXDIGIT" -> Properties::isHexDigit;
      case "ASSIGNED" -> c -> !ofTypes(c, Character.UNASSIGNED);
      case "NONCHARACTER_CODE_POINT", "NONCHARACTERCODEPOINT" ->
          c -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
      case "DIGIT" -> Character::isDigit;
      case "ALNUM" -> c -> Character.isAlphabetic(c) || Character.isDigit(c);
      case "BLANK" -> Properties::isBlank;
      case "GRAPH" -> Properties::isGraph;
      case "PRINT" -> Properties::isPrint;
      case "WORD" -> Properties::isUnicodeWord;
      case "JOIN_CONTROL", "JOINCONTROL" -> Properties::isJoinControl;
      case "EMOJI" -> Character::isEmoji;
      case "EMOJI_PRESENTATION" -> Character::isEmojiPresentation;
      case "EMOJI_MODIFIER" -> Character::isEmojiModifier;
      case "EMOJI_MODIFIER_BASE" -> Character::isEmojiModifierBase;
      case "EMOJI_COMPONENT" -> Character::isEmojiComponent;
      case "EXTENDED_PICTOGRAPHIC" -> Character::isExtendedPictographic;
      default -> null;
    };
  }

  private static IntPredicate unicodePosix(String name, boolean ignoreCase) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ALPHA" -> Character::isAlphabetic;
      case "LOWER" -> binary("LOWERCASE", ignoreCase);
      case "UPPER" -> binary("UPPERCASE", ignoreCase);
      case "SPACE" -> Properties::isWhiteSpace;
      case "PUNCT" -> Properties::isPunctuation;
      case "XDIGIT" -> Properties::isHexDigit;
      case "ALNUM" -> binary("ALNUM", false);
      case "CNTRL" -> binary("CONTROL", false);
      case "DIGIT" -> Character::isDigit;
      case "BLANK" -> Properties::isBlank;
      case "GRAPH" -> Properties::isGraph;
      case "PRINT" -> Properties::isPrint;
      default -> null;
    };
  }

  private static IntPredicate asciiPosix(String name, boolean ignoreCase) {
    return switch (name) {
      case "ASCII" -> c -> c < 0x80;
      case "Alnum" -> Properties::isAlnum;
      case "Alpha" -> Properties::isAlpha;
      case "Blank" -> c -> c == ' ' || c == '\t';
      case "Cntrl" -> c -> c < ' ' || c == 0x7F;
      case "Digit" -> c -> c >= '0' && c <= '9';
      case "Graph" -> c -> c > ' ' && c < 0x7F;
      case "Lower" -> ignoreCase ? Properties::isAlpha : c -> c >= 'a' && c <= 'z';
      case "Print" -> c -> c >= ' ' && c < 0x7F;
      case "Punct" -> c -> c > ' ' && c < 0x7F && !isAlnum(c);
      case "Space" -> Properties::isSpace;
      case "Upper" -> ignoreCase ? Properties::isAlpha : c -> c >= 'A' && c <= 'Z';
      case "XDigit" -> c -> c < 0x80 && Character.digit(c, 16) >= 0;
      default -> null;
    };
  }

  static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  static boolean isAlpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAlnum(int c) {
    return isAlpha(c) || (c >= '0' && c <= '9');
  }

  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isHorizontal(int c) {
    return c == '\t'
        || c == ' '
        || c == 0xA0
        || c == 0x1680
        || c == 0x180E
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  private static boolean isWhiteSpace(int c) {
    return isSpace(c) || c == 0x85 || Character.isSpaceChar(c);
  }

  private static boolean isBlank(int c) {
    return c == '\t' || ofTypes(c, Character.SPACE_SEPARATOR);
  }

  private static boolean isGraph(int c) {
    return !ofTypes(
        c,
        Character.SPACE_SEPARATOR,
        Character.LINE_SEPARATOR,
        Character.PARAGRAPH_SEPARATOR,
        Character.CONTROL,
        Character.SURROGATE,
        Character.UNASSIGNED);
  }

  private static boolean isPrint(int c) {
    return (isGraph(c) || isBlank(c)) && !ofTypes(c, Character.CONTROL);
  }

  private static boolean isPunctuation(int c) {
    return ofTypes(
        c,
        Character.CONNECTOR_PUNCTUATION,
        Character.DASH_PUNCTUATION,
        Character.START_PUNCTUATION,
        Character.END_PUNCTUATION,
        Character.OTHER_PUNCTUATION,
        Character.INITIAL_QUOTE_PUNCTUATION,
        Character.FINAL_QUOTE_PUNCTUATION);
  }

  private static boolean isHexDigit(int c) {
    return Character.isDigit(c)
        || (c < 0x80 || (c >= 0xFF21 && c <= 0xFF46)) && Character.digit(c, 16) >= 0;
  }

  private static boolean isJoinControl(int c) {
    return c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
  }

  static boolean ofTypes(int c, byte... types) {
    var mask = 0;
    for (var type : types) {
      mask |= 1 << type;
    }
    return (mask & 1 << Character.getType(c)) != 0;
  }
}

package io.gatehouse.runtime.pattern;

import java.util.function.IntPredicate;

/** The sets named after the methods of {@link Character}: <code>\p{javaLowerCase}</code>. */
final class JavaProperties {

  private JavaProperties() {}

  /** Null if nothing has that name. */
  static IntPredicate named(String name, boolean ignoreCase) {
    return switch (name) {
      case "javaLowerCase" -> ignoreCase ? Properties::isCased : Character::isLowerCase;
      case "javaUpperCase" -> ignoreCase ? Properties::isCased : Character::isUpperCase;
      case "javaTitleCase" -> ignoreCase ? Properties::isCased : Character::isTitleCase;
      case "javaAlphabetic" -> Character::isAlphabetic;
      case "javaIdeographic" -> Character::isIdeographic;
      case "javaDigit" -> Character::isDigit;
      case "javaDefined" -> Character::isDefined;
      case "javaLetter" -> Character::isLetter;
      case "javaLetterOrDigit" -> Character::isLetterOrDigit;
      case "javaJavaIdentifierStart" -> Character::isJavaIdentifierStart;
      case "javaJavaIdentifierPart" -> Character::isJavaIdentifierPart;
      case "javaUnicodeIdentifierStart" -> Character::isUnicodeIdentifierStart;
      case "javaUnicodeIdentifierPart" -> Character::isUnicodeIdentifierPart;
      case "javaIdentifierIgnorable" -> Character::isIdentifierIgnorable;
      case "javaSpaceChar" -> Character::isSpaceChar;
      case "javaWhitespace" -> Character::isWhitespace;
      case "javaISOControl" -> Character::isISOControl;
      case "javaMirrored" -> Character::isMirrored;
      default -> null;
    };
  }
}

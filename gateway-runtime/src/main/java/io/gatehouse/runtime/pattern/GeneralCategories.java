package io.gatehouse.runtime.pattern;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** The general categories of Unicode: <code>\p{Lu}</code>, <code>\p{L}</code>. */
final class GeneralCategories {

  private static final int CASED = mask("Lu") | mask("Ll") | mask("Lt");

  private static final Map<String, Integer> MASKS = masks();

  private GeneralCategories() {}

  /** Null if nothing has that name. */
  static IntPredicate named(String name, boolean ignoreCase) {
    switch (name) {
      case "all":
        return c -> true;
      case "L1":
        return c -> c < 0x100;
      default:
        var found = MASKS.get(name);
        if (found == null) {
          return null;
        }
        var single = Integer.bitCount(found) == 1;
        var mask = ignoreCase && single && (found & CASED) != 0 ? CASED : found;
        return c -> (mask & 1 << Character.getType(c)) != 0;
    }
  }

  /** Two letters; one letter stands for all that begin with it. */
  private static Map<String, Integer> masks() {
    var masks = new HashMap<String, Integer>();
    for (var two :
        ("Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi"
                + " Pf")
            .split(" ")) {
      masks.put(two, mask(two));
      masks.merge(two.substring(0, 1), mask(two), (a, b) -> a | b);
    }
    masks.put("LC", CASED);
    masks.put("LD", masks.get("L") | masks.get("Nd"));
    return Map.copyOf(masks);
  }

  private static int mask(String two) {
    return 1
        << switch (two) {
          case "Cn" -> Character.UNASSIGNED;
          case "Lu" -> Character.UPPERCASE_LETTER;
          case "Ll" -> Character.LOWERCASE_LETTER;
          case "Lt" -> Character.TITLECASE_LETTER;
          case "Lm" -> Character.MODIFIER_LETTER;
          case "Lo" -> Character.OTHER_LETTER;
          case "Mn" -> Character.NON_SPACING_MARK;
          case "Me" -> Character.ENCLOSING_MARK;
          case "Mc" -> Character.COMBINING_SPACING_MARK;
          case "Nd" -> Character.DECIMAL_DIGIT_NUMBER;
          case "Nl" -> Character.LETTER_NUMBER;
          case "No" -> Character.OTHER_NUMBER;
          case "Zs" -> Character.SPACE_SEPARATOR;
          case "Zl" -> Character.LINE_SEPARATOR;
          case "Zp" -> Character.PARAGRAPH_SEPARATOR;
          case "Cc" -> Character.CONTROL;
          case "Cf" -> Character.FORMAT;
          case "Co" -> Character.PRIVATE_USE;
          case "Cs" -> Character.SURROGATE;
          case "Pd" -> Character.DASH_PUNCTUATION;
          case "Ps" -> Character.START_PUNCTUATION;
          case "Pe" -> Character.END_PUNCTUATION;
          case "Pc" -> Character.CONNECTOR_PUNCTUATION;
          case "Po" -> Character.OTHER_PUNCTUATION;
          case "Sm" -> Character.MATH_SYMBOL;
          case "Sc" -> Character.CURRENCY_SYMBOL;
          case "Sk" -> Character.MODIFIER_SYMBOL;
          case "So" -> Character.OTHER_SYMBOL;
          case "Pi" -> Character.INITIAL_QUOTE_PUNCTUATION;
          case "Pf" -> Character.FINAL_QUOTE_PUNCTUATION;
          default -> throw new IllegalArgumentException(two);
        };
  }
}

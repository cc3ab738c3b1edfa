package io.gatehouse.runtime.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PropertiesTest {

  private static final String NAMES =
      """
      Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf
      C L M N P S Z LC LD L1 all ASCII Alnum Alpha Blank Cntrl Digit Graph Lower Print Punct Space
      Upper XDigit javaLowerCase javaUpperCase javaTitleCase javaAlphabetic javaIdeographic
      javaDigit javaDefined javaLetter javaLetterOrDigit javaJavaIdentifierStart
      javaJavaIdentifierPart javaUnicodeIdentifierStart javaUnicodeIdentifierPart
      javaIdentifierIgnorable javaSpaceChar javaWhitespace javaISOControl javaMirrored
      IsAlphabetic IsLetter IsIdeographic IsLowercase IsUppercase IsTitlecase IsWhite_Space
      IsWhiteSpace IsControl IsPunctuation IsHex_Digit IsAssigned IsNoncharacter_Code_Point IsDigit
      IsAlnum IsBlank IsGraph IsPrint IsWord IsJoin_Control IsEmoji IsEmoji_Presentation
      IsEmoji_Modifier IsEmoji_Modifier_Base IsEmoji_Component IsExtended_Pictographic
      IsLu IsL IsGreek IsHan InGreek InHiragana sc=Cyrl script=Latin blk=Thai block=Arabic gc=Nd
      general_category=L IsLower isalphabetic Isalphabetic alpha LOWER InNothing Isnothing sc=Foo
      x=y IsASCII
      """;

  static Stream<String> patterns() {
    var sets =
        Stream.concat(
            Stream.of(NAMES.strip().split("\\s+")).map(name -> "\\p{" + name + "}"),
            Stream.of(
                "\\d", "\\s", "\\w", "\\h", "\\v", "\\D", "\\S", "\\W", "\\H", "\\V", ".", "[k-s]",
                "[^K-S]", "k", "s", "é", "[é-ÿ]", "[ks]", "µ", "[µ]", "ß", "[å]", "ſ"));
    return sets.flatMap(set -> Stream.of("", "(?i)", "(?U)", "(?iU)", "(?iu)").map(f -> f + set));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void aNamedSetHasTheMembersItHasInJava(String regex) {
    var javas = javas(regex);

    if (javas == null) {
      assertThrows(InvalidPattern.class, () -> JavaPattern.compile(regex));
      return;
    }
    var ours = ours(regex);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x800 ? 1 : 97) {
      var text = Character.toString(c);
      var at = c;
      assertEquals(
          javas.matcher(text).matches(),
          ours.contains(c),
          () -> regex + " and U+" + Integer.toHexString(at));
    }
  }

  private static Pattern javas(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  private static CodePoints ours(String regex) {
    try {
      return ((Node.OneOf) PatternParser.parse(regex).root()).set();
    } catch (InvalidPattern refused) {
      throw new AssertionError(refused);
    }
  }
}

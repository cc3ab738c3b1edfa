package io.gatehouse.runtime.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaPatternTest {

  /** A row of {@code patterns.tsv}. */
  record Row(String pattern, String text, boolean matches, String replaced) {

    static Row of(String line) {
      var columns = line.replace('⏎', '\n').split("\t", -1);
      return new Row(columns[0], columns[1], columns[2].equals("yes"), columns[3]);
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var table = JavaPatternTest.class.getResourceAsStream("patterns.tsv")) {
      var text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(Row::of);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aPatternMatchesWhatTheTableSays(Row row) throws InvalidPattern {
    var pattern = JavaPattern.compile(row.pattern);
    var groups = Pattern.compile(row.pattern).matcher("").groupCount();
    var replacement = groups > 0 ? "<$0:$1>" : "<$0>";

    assertEquals(row.matches, pattern.matches(row.text, budget()));
    assertEquals(row.replaced, pattern.replaceAll(row.text, replacement, budget()));
    assertEquals(row.replaced.contains("<"), pattern.find(row.text, budget()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theTableSaysWhatJavaSays(Row row) {
    var pattern = Pattern.compile(row.pattern);
    var matcher = pattern.matcher(row.text);

    assertEquals(row.matches, matcher.matches());
    assertEquals(row.replaced, matcher.replaceAll(matcher.groupCount() > 0 ? "<$0:$1>" : "<$0>"));
  }

  @Test
  void theTableHasRows() throws IOException {
    assertTrue(rows().count() > 150);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      value = {
        "a**\t2\t* with nothing before it to repeat at position 2",
        "(ab\t1\ta ( without its ) at position 1",
        "ab)\t2\ta ) without its ( at position 2",
        "x[a\t2\ta class without its ] at position 2",
        "[b-a]\t1\ta range from a greater to a lesser character at position 1",
        "😀a{2,1}\t4\ta repeat of more than its greatest number at position 4",
        "a{\t2\ta { that is no counted repeat at position 2",
        "\\p{Foo}\t2\tno property has the name \"Foo\" at position 2",
        "(?<=(a|b){2})c\t3\ta look-behind of no obvious greatest length at position 3",
        "\\k<x>\t1\tno group has the name \"x\" yet at position 1",
        "ab\\\t3\ta backslash with nothing after it at position 3",
        "\\y\t1\t\\y means nothing here at position 1",
        "(?z)\t2\t(? with neither a flag nor a kind of group after it at position 2",
        "\\X\t1\t\\X (grapheme clusters) is not supported at position 1",
        "a\\b{g}\t2\t\\b{g} (grapheme boundaries) is not supported at position 2",
        "a{2147483648}\t2\ta repeat of more than 2147483647 at position 2"
      })
  void anInvalidPatternSaysWhatAndWhere(String regex, int position, String message) {
    var invalid = assertThrows(InvalidPattern.class, () -> JavaPattern.compile(regex));

    assertEquals(message, invalid.getMessage());
    assertEquals(position, invalid.position());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<$0>", "$1$2", "${x}!", "\\$1", "$12", "a\\\\b", "[$3]", "", "\\x"})
  void aReplacementIsReadAsJavaReadsIt(String replacement) throws InvalidPattern {
    var regex = "(a)(?<x>b)?(c)?";
    var text = "abc-a-ac";

    assertEquals(
        text.replaceAll(regex, replacement),
        JavaPattern.compile(regex).replaceAll(text, replacement, budget()));
    assertEquals(
        text.replaceFirst(regex, replacement),
        JavaPattern.compile(regex).replaceFirst(text, replacement, budget()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$x", "$2", "${y}", "${x", "a\\"})
  void aReplacementThatRefersToNothingIsRefusedAtTheFirstMatch(String replacement)
      throws InvalidPattern {
    var pattern = JavaPattern.compile("(?<x>a)");

    assertThrows(InvalidReplacement.class, () -> pattern.replaceAll("a", replacement, budget()));
    assertEquals("b", pattern.replaceAll("b", replacement, budget()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ",|a,b,,",
        ",|,a",
        ",|~~",
        ",|,",
        "|abc",
        ",?|a,b",
        "x|abc",
        "(?=b)|abab",
        "b*|abbbc",
        "\\s+| a  b "
      })
  void splittingIsJavas(String regex, String text) throws InvalidPattern {
    var pattern = JavaPattern.compile(regex == null ? "" : regex);
    for (int limit = -1; limit < 5; limit++) {
      assertEquals(
          List.of(text.split(regex == null ? "" : regex, limit)),
          pattern.split(text, limit, budget()));
    }
  }

  @Test
  void aStatusIsMatchedInAFewSteps() throws InvalidPattern {
    var budget = budget();

    assertTrue(JavaPattern.compile("4\\d{2}").matches("404", budget));

    assertTrue(budget.spent() <= 10, () -> "spent " + budget.spent());
  }

  @Test
  void onePatternMayBeUsedByManyThreads() throws InvalidPattern {
    var pattern = JavaPattern.compile("(a|b(c))*\\2");

    var matched =
        Stream.generate(() -> "abcbcc")
            .limit(10_000)
            .parallel()
            .filter(text -> pattern.matches(text, budget()))
            .count();

    assertEquals(10_000, matched);
  }

  private static Budget budget() {
    return Budget.of(1_000_000);
  }
}

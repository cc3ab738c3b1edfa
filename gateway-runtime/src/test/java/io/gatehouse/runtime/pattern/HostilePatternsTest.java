package io.gatehouse.runtime.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePatternsTest {

  private static final int STEPS = 1_000_000;
  private static final int SMALL_STACK = 512 * 1024;
  private static final String LONG = "a".repeat(256 * 1024);
  private static final String SHORT = "a".repeat(40) + "!";

  static Stream<Arguments> patterns() {
    return Stream.of(
        Arguments.of("(a+)+$", LONG + "!"),
        Arguments.of("(a|a)*b", LONG),
        Arguments.of("(.*)*x", LONG),
        Arguments.of(".*.*.*.*x", LONG),
        Arguments.of("(?=(a+)+$)b", SHORT),
        Arguments.of("(?>(?:a+)+$|b)", SHORT),
        Arguments.of("((a+)+)\\1b", SHORT),
        Arguments.of("(a*)\\1b", LONG),
        Arguments.of("(?:|||)".repeat(580) + "b", LONG),
        Arguments.of("(?:(?:|a)(?:|a)){2,}b", LONG),
        Arguments.of("(?:".repeat(199) + "a" + ")*".repeat(199), LONG + "b"),
        Arguments.of("(".repeat(199) + "a|" + ")*".repeat(199) + "b", LONG),
        Arguments.of("(".repeat(199) + "|a" + "){2,9}+".repeat(199) + "b", LONG),
        Arguments.of("(?=".repeat(200) + "a" + ")".repeat(200), LONG),
        Arguments.of("(?<!".repeat(200) + "a" + ")".repeat(200), LONG),
        Arguments.of("(?:){2000000000}", LONG),
        Arguments.of("((a{1,1000}){1,1000}){1,1000}", SHORT),
        Arguments.of("(?:(?:(?:a?){0,2000000000}){0,2000000000}){0,2000000000}b", SHORT),
        Arguments.of("a{2000000000}", LONG),
        Arguments.of("(?:ab?){2000000000}", LONG),
        Arguments.of("(?:(?<=a*)a)*b", LONG),
        Arguments.of("(?<!.{1,2000000000}b)c", LONG + "c"),
        Arguments.of("(?:(?=.*)a)*b", LONG),
        Arguments.of("()".repeat(2000) + "x|y", LONG),
        Arguments.of("[" + "\\p{L}\\P{IsGreek}".repeat(255) + "]*x", "中".repeat(256 * 1024)),
        Arguments.of("\\b", "\u0301".repeat(256 * 1024)),
        Arguments.of("(?:" + "ab|".repeat(1300) + "c)*", LONG),
        Arguments.of("(?:ab|a)*", LONG),
        Arguments.of("(?:ab|a)*?b", LONG),
        Arguments.of("", LONG));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void whateverTheWorkTheBudgetEndsIt(String regex, String text) throws InterruptedException {
    onASmallStack(
        () -> {
          var pattern = JavaPattern.compile(regex);
          within(budget -> pattern.matches(text, budget));
          within(budget -> pattern.find(text, budget));
          within(budget -> pattern.replaceAll(text, "$0$0", budget));
          within(budget -> pattern.split(text, 0, budget));
        });
  }

  static Stream<Arguments> affordable() {
    return Stream.of(
        Arguments.of("(a+)+$", SHORT, 20_000),
        Arguments.of("(a|aa)+$", SHORT, 20_000),
        Arguments.of("(a*)*b", SHORT, 20_000),
        Arguments.of("((a*)*)*b", SHORT, 40_000),
        Arguments.of("(.*)*x", SHORT, 20_000),
        Arguments.of("([a-z]+|\\d+)*x", SHORT, 40_000),
        Arguments.of("(?:|||)".repeat(300) + "b", "aaa", 20_000),
        Arguments.of("(a|aa)+$", "a".repeat(1000) + "!", 100_000));
  }

  @ParameterizedTest
  @MethodSource("affordable")
  void aPatternThatIsExponentialInJavaIsNotHere(String regex, String text, int steps)
      throws InvalidPattern {
    var budget = Budget.of(steps);

    assertFalse(JavaPattern.compile(regex).matches(text, budget));
    assertFalse(JavaPattern.compile(regex).find(text, budget));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".*", "(\\n|.)+", "(.|\\n)*a", "[\\s\\S]*", "(?s).*a.*", "(a|b)*", "^.*$", "a+"})
  void aLongErrorMessageIsMatchedForLessThanAMillionSteps(String regex) throws InvalidPattern {
    assertTrue(JavaPattern.compile(regex).matches(LONG, Budget.of(STEPS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {".*b", "(?s).*?b", "a+b", "a*b", "[a-z]{2,}b", "b", "aaab"})
  void aLongTextIsSearchedOnceAndNotFromEveryPlace(String regex) throws InvalidPattern {
    assertFalse(JavaPattern.compile(regex).find(LONG, Budget.of(STEPS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {".*", ".*?", ".*+", "a{3,}", "(?:ab?)*", "(a*)*", "(?s:.)*", "a*(?<=a*)"})
  void everyCharacterLookedAtIsPaidFor(String regex) throws InvalidPattern {
    var budget = Budget.of(Long.MAX_VALUE);

    assertTrue(JavaPattern.compile(regex).matches(LONG, budget));

    assertTrue(budget.spent() >= LONG.length(), () -> "spent " + budget.spent());
  }

  @Test
  void whatNestsTooDeeplyIsRefused() throws InterruptedException {
    onASmallStack(
        () -> {
          for (var regex :
              new String[] {
                "(".repeat(201) + ")".repeat(201),
                "(".repeat(4_000),
                "(?:".repeat(1_300),
                "[".repeat(2_000) + "a" + "]".repeat(2_000),
                "[a" + "&&a".repeat(1_300) + "]",
                "[a" + "&&[a]b".repeat(600) + "]"
              }) {
            assertThrows(InvalidPattern.class, () -> JavaPattern.compile(regex), regex);
          }
        });
  }

  @Test
  void aPatternHasAGreatestLength() throws InvalidPattern {
    JavaPattern.compile("a".repeat(4_096));

    var invalid = assertThrows(InvalidPattern.class, () -> JavaPattern.compile("a".repeat(4_097)));
    assertEquals("more than 4096 characters at position 4096", invalid.getMessage());
  }

  @Test
  void theStackOnTheHeapHasAnEndToo() throws InvalidPattern {
    var pattern = JavaPattern.compile("(?:ab?)*c");
    var text = "a".repeat(2_000_000);

    var budget = Budget.of(Long.MAX_VALUE);
    assertThrows(BudgetExhausted.class, () -> pattern.matches(text, budget));
  }

  private static void within(Consumer<Budget> work) {
    var budget = Budget.of(STEPS);
    try {
      work.accept(budget);
    } catch (BudgetExhausted exhausted) {
      assertEquals(STEPS, budget.spent());
    }
  }

  private interface Work {
    void run() throws InvalidPattern;
  }

  /** Half of what an event loop has: nothing here may call itself as deep as a text is long. */
  private static void onASmallStack(Work work) throws InterruptedException {
    var thrown = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable t) {
                thrown.set(t);
              }
            },
            "hostile",
            SMALL_STACK);
    thread.start();
    thread.join();
    if (thrown.get() != null) {
      throw new AssertionError(thrown.get());
    }
  }
}

package io.gatehouse.runtime.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.pattern.InvalidPattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionPatternsTest {

  private final SelectionPatterns patterns = new SelectionPatterns();

  private int[] selected(String pattern) throws InvalidPattern {
    return IntStream.range(-1, 2000).filter(patterns.compile(pattern)).toArray();
  }

  /** Thousands of steps on every status, none of them a match. */
  private static String costly(int number) {
    return "(?:" + "\\dx|".repeat(1000) + number + "y" + ")";
  }

  @Test
  void aPatternSelectsTheStatusesOfWhichItMatchesAll() throws InvalidPattern {
    assertArrayEquals(new int[] {404}, selected("404"));
    assertArrayEquals(IntStream.range(400, 500).toArray(), selected("4\\d{2}"));
    assertArrayEquals(new int[] {}, selected("4"));
  }

  @Test
  void whatIsNoStatusIsSelectedByNothing() throws InvalidPattern {
    var everything = patterns.compile(".*");
    assertTrue(everything.test(200));
    assertFalse(everything.test(-1));
    assertFalse(everything.test(99));
    assertFalse(everything.test(1000));
    assertFalse(everything.test(Integer.MAX_VALUE));
  }

  @Test
  void whatManyMethodsWriteIsDecidedOnce() throws InvalidPattern {
    for (int method = 0; method < 1000; method++) {
      assertFalse(patterns.compile(costly(1)).test(200));
    }
  }

  @Test
  void allTheCostlyPatternsOfADefinitionTogetherAreTooMuch() {
    assertThrows(
        BudgetExhausted.class,
        () -> {
          for (int method = 0; method < 1000; method++) {
            patterns.compile(costly(method));
          }
        });
  }

  @Test
  void whatIsNoPatternIsInvalid() {
    assertThrows(InvalidPattern.class, () -> patterns.compile("(4"));
  }
}

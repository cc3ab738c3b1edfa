package io.gatehouse.runtime.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** Holds random patterns and texts against {@link Pattern}. */
class RandomPatternsTest {

  private static final long SEED = 4;
  private static final int PATTERNS = 10_000;
  private static final int TEXTS = 4;

  private int accepted;
  private int refused;
  private int acceptedByUsAlone;
  private int compared;
  private int found;

  @Test
  void whatIsAPatternForJavaIsOneForUs() {
    var random = new RandomPatterns(SEED, false);

    for (int i = 0; i < PATTERNS; i++) {
      compareAcceptance(random.broken());
    }

    assertTrue(accepted > PATTERNS / 4, () -> accepted + " accepted");
    assertTrue(refused > PATTERNS / 4, () -> refused + " refused");
    assertTrue(acceptedByUsAlone < PATTERNS / 500, () -> acceptedByUsAlone + " by us alone");
  }

  @Test
  void aPatternMatchesAndSplitsWhatItDoesInJava() {
    compareMatches(new RandomPatterns(SEED, false), "<$0>");
  }

  @Test
  void aPatternWithReferencesMatchesAndCapturesWhatItDoesInJava() {
    compareMatches(new RandomPatterns(SEED, true), "<$1>");
  }

  private void compareAcceptance(String regex) {
    // Flag c, \X and \b{g} are refused; that is said where the pattern is read.
    if (regex.contains("c)") || regex.contains("\\X") || regex.contains("\\b{g")) {
      return;
    }
    var javas = javas(regex);
    var ours = ours(regex);
    accepted += javas != null && ours != null ? 1 : 0;
    refused += javas == null && ours == null ? 1 : 0;
    acceptedByUsAlone += javas == null && ours != null ? 1 : 0;
    assertTrue(javas == null || ours != null, () -> "refused by us alone: " + regex);
  }

  private void compareMatches(RandomPatterns random, String replacement) {
    for (int i = 0; i < PATTERNS; i++) {
      var regex = random.pattern();
      var javas = javas(regex);
      var ours = ours(regex);
      if (javas == null || ours == null) {
        continue;
      }
      for (int j = 0; j < TEXTS; j++) {
        var groups = javas.matcher("").groupCount();
        compare(javas, ours, random.text(regex), groups > 0 ? replacement : "<$0>", random.limit());
      }
    }
    assertTrue(compared > 2 * PATTERNS, () -> compared + " compared");
    assertTrue(found > PATTERNS, () -> found + " found");
    assertTrue(found < compared - PATTERNS / 2, () -> found + " of " + compared + " found");
  }

  private void compare(
      Pattern javas, JavaPattern ours, String text, String replacement, int limit) {
    var matcher = javas.matcher(text);
    var message =
        javas.pattern() + " on " + text.codePoints().mapToObj(Integer::toHexString).toList();
    compared++;
    found += matcher.find() ? 1 : 0;

    assertEquals(matcher.reset().matches(), ours.matches(text, budget()), message);
    assertEquals(matcher.reset().find(), ours.find(text, budget()), message);
    assertEquals(
        matcher.replaceAll(replacement), ours.replaceAll(text, replacement, budget()), message);
    assertEquals(
        matcher.replaceFirst(replacement), ours.replaceFirst(text, replacement, budget()), message);
    assertEquals(List.of(javas.split(text, limit)), ours.split(text, limit, budget()), message);
  }

  private static Pattern javas(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException refused) {
      return null;
    }
  }

  private static JavaPattern ours(String regex) {
    try {
      return JavaPattern.compile(regex);
    } catch (InvalidPattern refused) {
      return null;
    }
  }

  private static Budget budget() {
    return Budget.of(1_000_000);
  }
}

package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GlobTest {

  private static final Random RANDOM = new Random(42);

  @Test
  void what_matches_is_what_the_slow_obvious_way_finds() {
    int matched = 0;
    for (int i = 0; i < 200_000; i++) {
      String pattern = text("ab*?", 8);
      String text = text("ab", 8);
      boolean fast = Glob.of(pattern).matches(text, asked());
      assertEquals(slowly(pattern, text), fast, () -> "'" + pattern + "' and '" + text + "'");
      matched += fast ? 1 : 0;
    }
    assertTrue(matched > 20_000, "too few matches to mean anything: " + matched);
  }

  private static boolean slowly(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    String rest = pattern.substring(1);
    return switch (pattern.charAt(0)) {
      case '*' -> slowly(rest, text) || !text.isEmpty() && slowly(pattern, text.substring(1));
      case '?' -> !text.isEmpty() && slowly(rest, text.substring(1));
      default ->
          !text.isEmpty() && text.charAt(0) == pattern.charAt(0) && slowly(rest, text.substring(1));
    };
  }

  @Test
  void a_pattern_made_to_be_slow_is_given_up() {
    Glob hostile = Glob.of("*" + "a".repeat(3000) + "b");
    PolicyRequest request = asked();

    assertThrows(
        PolicyRequest.OutOfSteps.class, () -> hostile.matches("a".repeat(100_000), request));
    assertEquals(0, request.stepsLeft());
  }

  @Test
  void a_pattern_that_begins_or_ends_plainly_takes_hardly_a_step() {
    PolicyRequest request = asked();

    assertTrue(Glob.of("arn:*").matches("arn:" + "a".repeat(100_000), request));
    assertFalse(Glob.of("arm:*b").matches("arn:" + "a".repeat(100_000), request));
    assertEquals(PolicyRequest.MOST_STEPS - 2, request.stepsLeft());
  }

  @Test
  void a_literal_star_is_a_star() {
    Glob glob = new Glob.Parts().pattern("a*").literal("*?").glob();

    assertTrue(glob.matches("axx*?", asked()));
    assertFalse(glob.matches("axxyz", asked()));
  }

  @Test
  void splitting_keeps_the_rest_whole_and_its_wildcards() {
    assertEquals(3, Glob.of("a:*:c:d").split(':', 3).size());
    assertTrue(Glob.of("a:*:c?:d").split(':', 3).get(1).matches("anything", asked()));
    assertTrue(Glob.of("a:*:c?:d").split(':', 3).get(2).matches("cc:d", asked()));
  }

  private static PolicyRequest asked() {
    return new PolicyRequest(Principal.ANONYMOUS, "x:y", "", PolicyContext.NONE);
  }

  private static String text(String letters, int most) {
    StringBuilder text = new StringBuilder();
    int length = RANDOM.nextInt(most + 1);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(RANDOM.nextInt(letters.length())));
    }
    return text.toString();
  }
}

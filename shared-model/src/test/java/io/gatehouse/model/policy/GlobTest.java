package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
      boolean fast = Glob.of(pattern).matches(text);
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
  void a_pattern_made_to_be_slow_is_not() {
    Glob hostile = Glob.of("*a".repeat(3000) + "b");
    String text = "a".repeat(100_000);

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertFalse(hostile.matches(text)));
  }

  @Test
  void a_literal_star_is_a_star() {
    Glob glob = new Glob.Parts().pattern("a*").literal("*?").glob();

    assertTrue(glob.matches("axx*?"));
    assertFalse(glob.matches("axxyz"));
  }

  @Test
  void splitting_keeps_the_rest_whole_and_its_wildcards() {
    assertEquals(3, Glob.of("a:*:c:d").split(':', 3).size());
    assertTrue(Glob.of("a:*:c?:d").split(':', 3).get(1).matches("anything"));
    assertTrue(Glob.of("a:*:c?:d").split(':', 3).get(2).matches("cc:d"));
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

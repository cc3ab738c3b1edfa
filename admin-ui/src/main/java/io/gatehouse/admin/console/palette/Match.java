package io.gatehouse.admin.console.palette;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/** How well a text fits what somebody has typed. */
final class Match {

  private static final int MOST_WORDS = 8;
  private static final int EXACT = 100;
  private static final int BEGINS = 80;
  private static final int BEGINS_A_WORD = 60;
  private static final int CONTAINS = 40;
  private static final int SCATTERED = 10;

  /** Fewer letters are scattered over nearly every text. */
  private static final int LEAST_SCATTERED = 3;

  private Match() {}

  /** The higher the better; empty when a word of what is typed is not in it. */
  static OptionalInt score(String typed, String text) {
    String in = text.toLowerCase(Locale.ROOT);
    int total = 0;
    for (String word :
        Arrays.stream(typed.toLowerCase(Locale.ROOT).strip().split("\\s+"))
            .limit(MOST_WORDS)
            .toList()) {
      int score = ofWord(word, in);
      if (score == 0) {
        return OptionalInt.empty();
      }
      total += score;
    }
    return OptionalInt.of(total);
  }

  private static int ofWord(String word, String text) {
    if (word.isEmpty()) {
      return 0;
    }
    if (text.equals(word)) {
      return EXACT;
    }
    if (text.startsWith(word)) {
      return BEGINS;
    }
    for (int at = text.indexOf(word); at > 0; at = text.indexOf(word, at + 1)) {
      if (!Character.isLetterOrDigit(text.charAt(at - 1))) {
        return BEGINS_A_WORD;
      }
    }
    if (text.contains(word)) {
      return CONTAINS;
    }
    return word.length() >= LEAST_SCATTERED && isScattered(word, text) ? SCATTERED : 0;
  }

  /** As {@code ptst} in {@code pet store}. */
  private static boolean isScattered(String word, String text) {
    int from = 0;
    for (char letter : word.toCharArray()) {
      from = text.indexOf(letter, from) + 1;
      if (from == 0) {
        return false;
      }
    }
    return true;
  }
}

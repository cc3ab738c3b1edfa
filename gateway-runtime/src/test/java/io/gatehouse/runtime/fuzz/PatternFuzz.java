package io.gatehouse.runtime.fuzz;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.InvalidReplacement;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A pattern, then a text that it is matched against, then a replacement. */
public final class PatternFuzz {

  private static final long STEPS = 200_000;

  /** Longer ones are not held against Java's: its engine may take for ever. */
  private static final int SHORT_PATTERN = 40;

  private static final int SHORT_TEXT = 20;

  /** Java's parser takes it for canonical equivalence, but its documentation denies that. */
  private static final Pattern UNDOCUMENTED_FLAG = Pattern.compile("\\(\\?[a-zA-Z-]*c");

  private static final String REFUSED = "!! refused";

  private PatternFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    String source = parts.part(0);
    Pattern java = isComparable(source) ? java(source) : null;
    JavaPattern ours;
    try {
      ours = JavaPattern.compile(source);
    } catch (InvalidPattern e) {
      if (java != null && !e.getMessage().contains("is not supported")) {
        throw new AssertionError("Java accepts " + source, e);
      }
      return;
    }
    String text = parts.part(1);
    String replacement = parts.part(2);
    List<Supplier<Object>> results =
        List.of(
            () -> ours.matches(text, Budget.of(STEPS)),
            () -> ours.find(text, Budget.of(STEPS)),
            () -> ours.replaceAll(text, replacement, Budget.of(STEPS)),
            () -> ours.split(text, 0, Budget.of(STEPS)));
    List<Supplier<Object>> expected =
        java == null || text.length() > SHORT_TEXT
            ? List.of()
            : List.of(
                () -> java.matcher(new Paid(text)).matches(),
                () -> java.matcher(new Paid(text)).find(),
                () -> java.matcher(new Paid(text)).replaceAll(replacement),
                () -> List.of(java.split(new Paid(text))));
    for (int i = 0; i < results.size(); i++) {
      Object result = outcome(results.get(i));
      Object javas = i < expected.size() ? javas(expected.get(i)) : null;
      if (javas != null && result != null && !Objects.equals(result, javas)) {
        throw new AssertionError(i + ": Java says " + javas + ", we say " + result);
      }
    }
  }

  private static Object outcome(Supplier<Object> of) {
    try {
      return of.get();
    } catch (InvalidReplacement e) {
      return REFUSED;
    } catch (BudgetExhausted e) {
      return null;
    }
  }

  /** Null where Java does not say. */
  private static Object javas(Supplier<Object> of) {
    try {
      return of.get();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return REFUSED;
    } catch (TooCostly | StackOverflowError e) {
      return null;
    }
  }

  private static Pattern java(String source) {
    try {
      return Pattern.compile(source);
    } catch (RuntimeException | StackOverflowError e) {
      return null; // refused, or Java's own parser has failed over it
    }
  }

  /**
   * Repeats of nothing at all cost Java time that no text can count, and its parser takes a NUL in
   * a comment for the pattern's end.
   */
  private static boolean isComparable(String source) {
    int digits = 0;
    for (int i = 0; i < source.length(); i++) {
      boolean digit = Character.isDigit(source.charAt(i));
      digits = digit ? digits + 1 : 0;
      if (digits > 2 || source.charAt(i) == 0) {
        return false;
      }
    }
    return source.length() <= SHORT_PATTERN && !UNDOCUMENTED_FLAG.matcher(source).find();
  }

  /** Thrown where Java's engine takes too long. */
  private static final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that can be looked at only so often. */
  private static final class Paid implements CharSequence {

    private final String text;
    private int left = 20_000;

    Paid(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooCostly();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}

package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;
import java.util.List;

/**
 * Java's regular expressions, as templates call them on strings. Pattern and input are both
 * hostile: whoever matches spends for what it looks at and for what it appends.
 *
 * <p>Each may throw IllegalArgumentException for a pattern or a replacement that is none.
 */
public interface Patterns {

  /** As {@link String#matches}. */
  boolean matches(String pattern, String input, Budget budget);

  /** As {@link String#replaceAll}. */
  String replaceAll(String pattern, String input, String replacement, Budget budget);

  /** As {@link String#replaceFirst}. */
  String replaceFirst(String pattern, String input, String replacement, Budget budget);

  /** As {@link String#split(String, int)}. */
  List<String> split(String pattern, String input, int limit, Budget budget);
}

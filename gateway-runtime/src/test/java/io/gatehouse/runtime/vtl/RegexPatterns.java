package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;
import java.util.List;
import java.util.regex.Pattern;

/** Java's own regular expressions, good enough for patterns that we wrote ourselves. */
final class RegexPatterns implements Patterns {

  @Override
  public boolean matches(String pattern, String input, Budget budget) {
    budget.spend(input.length());
    return Pattern.matches(pattern, input);
  }

  @Override
  public String replaceAll(String pattern, String input, String replacement, Budget budget) {
    budget.spend(input.length());
    return Pattern.compile(pattern).matcher(input).replaceAll(replacement);
  }

  @Override
  public String replaceFirst(String pattern, String input, String replacement, Budget budget) {
    budget.spend(input.length());
    return Pattern.compile(pattern).matcher(input).replaceFirst(replacement);
  }

  @Override
  public List<String> split(String pattern, String input, int limit, Budget budget) {
    budget.spend(input.length());
    return List.of(Pattern.compile(pattern).split(input, limit));
  }
}

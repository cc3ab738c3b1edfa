package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.vtl.Patterns;
import java.util.List;

/**
 * The regular expressions of templates' string methods, run by our own engine. Compiling is paid
 * for by the pattern's length, for a template may make a new one for each request.
 */
final class TemplatePatterns implements Patterns {

  private static final int COMPILE_STEPS_PER_CHARACTER = 20;

  @Override
  public boolean matches(String pattern, String input, Budget budget) {
    return compiled(pattern, budget).matches(input, budget);
  }

  @Override
  public String replaceAll(String pattern, String input, String replacement, Budget budget) {
    return compiled(pattern, budget).replaceAll(input, replacement, budget);
  }

  @Override
  public String replaceFirst(String pattern, String input, String replacement, Budget budget) {
    return compiled(pattern, budget).replaceFirst(input, replacement, budget);
  }

  @Override
  public List<String> split(String pattern, String input, int limit, Budget budget) {
    return compiled(pattern, budget).split(input, limit, budget);
  }

  private static JavaPattern compiled(String pattern, Budget budget) {
    budget.spend((long) COMPILE_STEPS_PER_CHARACTER * pattern.length());
    try {
      return JavaPattern.compile(pattern);
    } catch (InvalidPattern e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

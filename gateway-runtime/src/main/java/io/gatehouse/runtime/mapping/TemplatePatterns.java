package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.vtl.Patterns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The regular expressions of one template's string methods, run by our own engine. Most stand in
 * the template as they are, so those that were met first stay compiled; a template may also make a
 * new one for each request, and pays for it by its length.
 */
public final class TemplatePatterns implements Patterns {

  private static final int COMPILE_STEPS_PER_CHARACTER = 20;
  private static final int MOST_KNOWN = 32;

  private final Map<String, JavaPattern> known = new ConcurrentHashMap<>();

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

  private JavaPattern compiled(String pattern, Budget budget) {
    JavaPattern met = known.get(pattern);
    if (met != null) {
      return met;
    }
    budget.spend((long) COMPILE_STEPS_PER_CHARACTER * pattern.length());
    try {
      JavaPattern compiled = JavaPattern.compile(pattern);
      if (known.size() < MOST_KNOWN) {
        known.put(pattern, compiled);
      }
      return compiled;
    } catch (InvalidPattern e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

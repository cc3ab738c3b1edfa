package io.gatehouse.runtime.fuzz;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.vtl.Patterns;
import java.util.List;

/** The engine for tenants' patterns as templates use it. */
final class TenantPatterns implements Patterns {

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
    budget.spend(20L * pattern.length());
    try {
      return JavaPattern.compile(pattern);
    } catch (InvalidPattern e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

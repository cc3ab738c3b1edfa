package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;

/**
 * The engine that runs the regular expressions of {@code pattern} and {@code patternProperties}.
 */
public interface Patterns {

  /**
   * @throws InvalidSchema with a sentence for the schema's author
   */
  Matcher compile(String pattern) throws InvalidSchema;

  /** A compiled pattern, safe to share between threads. */
  interface Matcher {

    /** Whether the pattern matches somewhere in the text. */
    boolean find(String text, Budget budget);
  }
}

package io.gatehouse.runtime.compile;

import java.util.List;

/**
 * A stage that this version cannot serve as its author means it; each problem names the place and
 * the reason.
 */
public final class CannotServe extends Exception {

  private final List<String> problems;

  public CannotServe(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}

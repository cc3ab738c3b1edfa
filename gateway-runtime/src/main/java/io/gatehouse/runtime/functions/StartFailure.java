package io.gatehouse.runtime.functions;

import java.util.List;

/** An execution environment that did not come up, as its function's caller is told. */
final class StartFailure extends Exception {

  private final Outcome outcome;
  private final List<String> lines;

  /**
   * @param lines what it wrote before it failed
   */
  StartFailure(Outcome outcome, List<String> lines) {
    super(outcome.error(), null, false, false);
    this.outcome = outcome;
    this.lines = lines;
  }

  static StartFailure of(String errorType, String message) {
    return new StartFailure(Outcome.failure(errorType, message), List.of());
  }

  Outcome outcome() {
    return outcome;
  }

  List<String> lines() {
    return lines;
  }
}

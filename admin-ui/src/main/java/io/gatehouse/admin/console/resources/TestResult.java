package io.gatehouse.admin.console.resources;

import io.gatehouse.admin.console.parts.Waterfall.Bar;
import java.util.List;
import java.util.Optional;

/**
 * What came of trying a method.
 *
 * @param refused whether the gateway itself gave the answer
 * @param headers one a line
 * @param body made readable where it is JSON, cut where it is long
 * @param bodyNote what was done to the body; empty for nothing
 * @param cli the same with the AWS CLI
 * @param curl the same call of a deployed stage, where there is one
 */
record TestResult(
    int status,
    long latencyMillis,
    boolean refused,
    List<Bar> bars,
    String headers,
    String body,
    String bodyNote,
    String log,
    String cli,
    Optional<String> curl) {

  TestResult {
    bars = List.copyOf(bars);
  }
}

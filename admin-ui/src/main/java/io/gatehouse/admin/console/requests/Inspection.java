package io.gatehouse.admin.console.requests;

import io.gatehouse.model.observed.RequestRecord;
import java.util.List;
import java.util.Optional;

/**
 * All that is shown of one request.
 *
 * @param verdict why the answer is what it is, in a sentence
 * @param advice what to look at, empty where nothing is to be mended
 * @param setting where that is
 * @param around of the same key or path at about the same time
 * @param curl a command that asks the same
 */
record Inspection(
    RequestRecord request,
    String verdict,
    String advice,
    Optional<Link> setting,
    List<PassedStep> steps,
    List<Fact> facts,
    List<RequestRecord> around,
    String curl) {

  /**
   * One step of the way through the gateway.
   *
   * @param refusedHere whether it is the one that has ended it
   */
  record PassedStep(String words, long micros, boolean refusedHere) {}
}

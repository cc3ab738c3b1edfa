package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.exchange.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found to be wrong with one method while it is compiled. */
final class Problems {

  private final List<String> notBuilt = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private Fault fault;

  /** The reason for a request's log, and the sentence for the API's author. */
  record Fault(Reason reason, String sentence) {}

  /** This version cannot do it: requests are refused with 501. */
  void notBuilt(String what) {
    notBuilt.add(StageCompiler.notBuilt(what));
  }

  /** The definition does not say what to do: requests are refused with 501. */
  void incomplete(String sentence) {
    notBuilt.add(sentence);
  }

  /**
   * The definition itself is wrong: each request fails because of it with 500, as on the vendor's.
   */
  void fault(Reason reason, String sentence) {
    faults.add(sentence);
    if (fault == null) {
      fault = new Fault(reason, sentence);
    }
  }

  /** The first fault, which every request is told. */
  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  boolean serves() {
    return notBuilt.isEmpty();
  }

  /** Sentences for the API's author. */
  List<String> all() {
    List<String> all = new ArrayList<>(notBuilt);
    all.addAll(faults);
    return all;
  }
}

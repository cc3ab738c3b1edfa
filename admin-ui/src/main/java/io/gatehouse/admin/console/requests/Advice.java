package io.gatehouse.admin.console.requests;

import io.gatehouse.runtime.exchange.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to look at when the gateway has answered by itself.
 *
 * @param sentence for whoever has to mend it
 * @param place where that is
 */
record Advice(String sentence, Place place) {

  private static final Map<Reason, Advice> ALL = all();

  private static Map<Reason, Advice> all() {
    Map<Reason, Advice> all = new EnumMap<>(Reason.class);
    CallerAdvice.addTo(all);
    RequestAdvice.addTo(all);
    MappingAdvice.addTo(all);
    BackendAdvice.addTo(all);
    return Collections.unmodifiableMap(all);
  }

  /** Every reason of this version has one. */
  static Optional<Advice> of(Reason reason) {
    return Optional.ofNullable(ALL.get(reason));
  }

  /**
   * @param reason a code that a node has told, perhaps of another version
   */
  static Optional<Advice> of(String reason) {
    return Arrays.stream(Reason.values())
        .filter(known -> known.name().equals(reason))
        .findFirst()
        .flatMap(Advice::of);
  }

  /** Writes the same for several reasons. */
  static void put(Map<Reason, Advice> all, Place place, String sentence, Reason... reasons) {
    for (Reason reason : reasons) {
      all.put(reason, new Advice(sentence, place));
    }
  }
}

package io.gatehouse.runtime.validate;

import java.util.List;

/**
 * A compiled schema. First come the keywords about the value itself and, only if they hold, those
 * about what is in it: the vendor tells nothing of the members of an object that is wrong as a
 * whole. Filled once by the compiler, since schemas may contain each other, and then only read.
 */
final class Schema {

  private Keyword[] own = {};
  private Keyword[] descending = {};

  void fill(List<Keyword> own, List<Keyword> descending) {
    this.own = own.toArray(new Keyword[0]);
    this.descending = descending.toArray(new Keyword[0]);
  }

  boolean admits(Object value, Run run) {
    run.enter();
    boolean valid = all(own, value, run) && all(descending, value, run);
    run.leave();
    return valid;
  }

  private static boolean all(Keyword[] keywords, Object value, Run run) {
    boolean valid = true;
    for (Keyword keyword : keywords) {
      run.spend(1);
      valid &= keyword.holds(value, run);
      if (!valid && run.hasEnough()) {
        return false;
      }
    }
    return valid;
  }
}

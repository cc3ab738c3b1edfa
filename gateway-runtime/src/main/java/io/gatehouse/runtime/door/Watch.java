package io.gatehouse.runtime.door;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps the deadlines of one event loop. Nearly every request is over long before its deadlines, so
 * instead of setting and taking back a timer for each, all that is open is looked at now and then.
 */
final class Watch {

  /** Something with a deadline; knows its own place so that it can leave at no cost. */
  abstract static class Watched {
    private int place = -1;

    /** Acts if a deadline has passed; may leave the watch. */
    abstract void glance(long nanos);
  }

  private final List<Watched> open = new ArrayList<>();
  private final LongSupplier nanos;

  Watch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  long nanos() {
    return nanos.getAsLong();
  }

  void enter(Watched watched) {
    watched.place = open.size();
    open.add(watched);
  }

  void leave(Watched watched) {
    int place = watched.place;
    if (place < 0) {
      return;
    }
    watched.place = -1;
    Watched last = open.removeLast();
    if (last != watched) {
      last.place = place;
      open.set(place, last);
    }
  }

  /** From the end, since who leaves is replaced by the last one. */
  void glance() {
    long now = nanos();
    for (int i = open.size() - 1; i >= 0; i--) {
      if (i < open.size()) {
        open.get(i).glance(now);
      }
    }
  }
}

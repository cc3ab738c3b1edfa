package io.gatehouse.runtime.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a function wrote while it served one exchange, up to a bound: the first of them,
 * and that there were more. May be added to by any thread.
 */
public final class FunctionLog {

  /** Of one exchange's lines together. */
  private static final int MOST_CHARACTERS = 64 << 10;

  private static final int LINE_COSTS = 16;

  private final List<String> lines = new ArrayList<>();
  private int left = MOST_CHARACTERS;

  /** Keeps the line, or as much of it as there is room for. */
  public synchronized void add(String line) {
    if (left < 0) {
      return;
    }
    int room = left - LINE_COSTS;
    left -= LINE_COSTS + line.length();
    if (left >= 0) {
      lines.add(line);
    } else {
      lines.add((room > 0 ? line.substring(0, room) : "") + "[TRUNCATED]");
    }
  }

  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}

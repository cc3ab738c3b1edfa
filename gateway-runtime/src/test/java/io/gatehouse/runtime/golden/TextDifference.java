package io.gatehouse.runtime.golden;

import java.util.List;

/** Two texts line by line: what is expected after {@code -}, what was found after {@code +}. */
final class TextDifference {

  private static final int LONGEST = 600;

  private TextDifference() {}

  static String of(String name, String expected, String found) {
    List<String> left = expected.lines().toList();
    List<String> right = found.lines().toList();
    int same = 0;
    while (same < Math.min(left.size(), right.size()) && left.get(same).equals(right.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < Math.min(left.size(), right.size()) - same
        && left.get(left.size() - 1 - tail).equals(right.get(right.size() - 1 - tail))) {
      tail++;
    }
    StringBuilder out = new StringBuilder("\n  ---- ").append(name).append('\n');
    lines(out, "    ", left.subList(0, same));
    lines(out, "  - ", left.subList(same, left.size() - tail));
    lines(out, "  + ", right.subList(same, right.size() - tail));
    lines(out, "    ", left.subList(left.size() - tail, left.size()));
    return out.toString();
  }

  private static void lines(StringBuilder out, String mark, List<String> lines) {
    for (String line : lines) {
      out.append(mark)
          .append(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line)
          .append('\n');
    }
  }
}

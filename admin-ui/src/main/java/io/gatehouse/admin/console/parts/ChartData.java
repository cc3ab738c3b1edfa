package io.gatehouse.admin.console.parts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lines over time: what a chart draws and its table tells.
 *
 * @param unit of all values, for the axis: empty for plain numbers
 * @param times of the points of every line, rising
 * @param marks things that happened, as deployments
 */
public record ChartData(
    String title, String unit, List<Instant> times, List<Line> lines, List<Mark> marks) {

  /**
   * @param values one for every time, null where there is none
   */
  public record Line(String label, List<Double> values) {

    public Line {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /** Something that happened. */
  public record Mark(Instant at, String label) {}

  public ChartData {
    times = List.copyOf(times);
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }
}

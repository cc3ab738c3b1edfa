package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a chart shows, as a table: for whoever cannot see it, and to copy from. */
public class ChartTable extends Details {

  private ChartData data;

  public ChartTable(ChartData data) {
    this.data = data;
    setSummaryText("Table of " + data.title().toLowerCase(Locale.ROOT));
    addClassName("gh-chart-table");
    addOpenedChangeListener(change -> fill());
  }

  public void show(ChartData newer) {
    data = newer;
    fill();
  }

  /** Only what is looked at is sent to the browser. */
  private void fill() {
    removeAll();
    if (isOpened()) {
      add(table());
    }
  }

  private Grid<Integer> table() {
    Grid<Integer> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", data.title());
    grid.addColumn(row -> Times.exact(data.times().get(row)))
        .setHeader("Time")
        .setWidth("192px")
        .setFlexGrow(0);
    for (ChartData.Line line : data.lines()) {
      grid.addColumn(row -> text(line.values().get(row)))
          .setHeader(data.unit().isEmpty() ? line.label() : line.label() + ", " + data.unit())
          .setTextAlign(ColumnTextAlign.END)
          .setFlexGrow(1);
    }
    List<Instant> times = data.times();
    grid.setItems(
        IntStream.range(0, times.size()).map(row -> times.size() - 1 - row).boxed().toList());
    return grid;
  }

  private static String text(Double value) {
    return value == null ? "–" : Rates.number(value);
  }
}

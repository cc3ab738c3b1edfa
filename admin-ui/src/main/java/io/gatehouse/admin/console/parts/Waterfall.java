package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;

/** Steps with when they began and how long they took: a table, with a bar in each row. */
public class Waterfall extends NativeTable {

  private static final double MICROS_OF_MILLI = 1000;

  /**
   * One step.
   *
   * @param endedHere whether nothing followed, because it refused
   * @param made what it made of the request, line by line
   */
  public record Bar(
      String step, long startMicros, long micros, boolean endedHere, List<String> made) {

    public Bar {
      made = List.copyOf(made);
    }
  }

  public Waterfall(List<Bar> bars) {
    addClassName("gh-waterfall");
    getElement().setAttribute("aria-label", "Steps and their times");
    NativeTableRow head = getHead().addRow();
    for (String title : List.of("Step", "Began at", "Took")) {
      NativeTableHeaderCell cell = head.addHeaderCell();
      cell.setText(title);
      cell.getElement().setAttribute("scope", "col");
    }
    head.addDataCell().getElement().setAttribute("aria-hidden", "true");
    long all = bars.stream().mapToLong(bar -> bar.startMicros() + bar.micros()).max().orElse(1);
    bars.forEach(bar -> add(bar, Math.max(1, all)));
  }

  private void add(Bar bar, long all) {
    NativeTableRow row = getBody().addRow();
    NativeTableCell name = row.addDataCell();
    name.add(new Span(bar.step()));
    if (bar.endedHere()) {
      name.add(new Badge("ended here", Tone.ERROR));
    }
    number(row, bar.startMicros());
    number(row, bar.micros());
    NativeTableCell picture = row.addDataCell();
    picture.getElement().setAttribute("aria-hidden", "true");
    Div line = new Div();
    line.addClassName("bar");
    if (bar.endedHere()) {
      line.addClassName("ended");
    }
    line.getStyle().set("--gh-from", percent(bar.startMicros(), all));
    line.getStyle().set("--gh-share", percent(bar.micros(), all));
    picture.add(line);
    if (!bar.made().isEmpty()) {
      made(bar);
    }
  }

  private static void number(NativeTableRow row, long micros) {
    NativeTableCell cell = row.addDataCell();
    cell.setText(millis(micros));
    cell.addClassName("gh-number");
  }

  private void made(Bar bar) {
    NativeTableRow row = getBody().addRow();
    row.addClassName("made");
    NativeTableCell cell = row.addDataCell();
    cell.getElement().setAttribute("colspan", "4");
    NativeDetails details = new NativeDetails("What it did");
    details.setContent(lines(bar.made()));
    // why it ended is what everybody looks for first
    details.setOpen(bar.endedHere());
    cell.add(details);
  }

  private static Div lines(List<String> made) {
    Div lines = new Div();
    for (String line : made) {
      int colon = line.indexOf(": ");
      Pre text = new Pre(colon > 0 ? "" : line);
      if (colon > 0) {
        Span word = new Span(line.substring(0, colon + 1));
        word.addClassName("gh-secondary");
        text.add(word, new Span(line.substring(colon + 1)));
      }
      lines.add(text);
    }
    return lines;
  }

  private static String percent(long part, long all) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / all);
  }

  private static String millis(long micros) {
    return String.format(
        Locale.ROOT, micros < 100_000 ? "%.2f ms" : "%,.0f ms", micros / MICROS_OF_MILLI);
  }
}

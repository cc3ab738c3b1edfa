package io.gatehouse.admin.console.apis;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.openapi.ReportLine;
import io.gatehouse.admin.openapi.ReportLine.Kind;
import java.util.Comparator;
import java.util.List;

/** What became of every place of an imported document; first what is not as it was written. */
class ImportReport extends Div {

  private static final int ROWS_SHOWN_WHOLE = 12;

  private final Grid<ReportLine> grid = new Grid<>();
  private final List<ReportLine> lines;

  ImportReport(List<ReportLine> report) {
    lines =
        report.stream()
            .sorted(
                Comparator.comparing(ReportLine::kind)
                    .reversed()
                    .thenComparing(ReportLine::pointer))
            .toList();
    addClassName("gh-form");
    Span summary =
        new Span(
            "The API was made: "
                + count(Kind.KEPT)
                + " places of the document were kept, "
                + count(Kind.CONVERTED)
                + " converted, "
                + count(Kind.DROPPED)
                + " dropped.");
    summary.getElement().setAttribute("role", "status");
    Checkbox kept = new Checkbox("Show also what was kept");
    kept.addValueChangeListener(change -> show(change.getValue()));
    Div line = new Div(summary, kept);
    line.addClassName("gh-toolbar");
    grid.getElement().setAttribute("aria-label", "Import report");
    grid.addComponentColumn(ImportReport::badge)
        .setHeader("Became")
        .setWidth("120px")
        .setFlexGrow(0);
    grid.addComponentColumn(ImportReport::pointer)
        .setHeader("Place in the document")
        .setFlexGrow(1);
    grid.addComponentColumn(ImportReport::why).setHeader("Why").setFlexGrow(1);
    add(line, grid);
    show(false);
  }

  private void show(boolean kept) {
    List<ReportLine> shown =
        lines.stream().filter(line -> kept || line.kind() != Kind.KEPT).toList();
    grid.setAllRowsVisible(shown.size() <= ROWS_SHOWN_WHOLE);
    grid.setItems(shown);
  }

  private long count(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).count();
  }

  private static Badge badge(ReportLine line) {
    return switch (line.kind()) {
      case KEPT -> new Badge("kept", Tone.OK);
      case CONVERTED -> new Badge("converted", Tone.INFO);
      case DROPPED -> new Badge("dropped", Tone.WARNING);
    };
  }

  private static Code pointer(ReportLine line) {
    String shown = line.pointer().isEmpty() ? "the document" : line.pointer();
    Code code = new Code(shown);
    code.getElement().setAttribute("title", shown);
    return code;
  }

  private static Span why(ReportLine line) {
    Span text = new Span(line.why());
    text.getElement().setAttribute("title", line.why());
    return text;
  }
}

package io.gatehouse.admin.console.logs;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.PathInStage;
import io.gatehouse.admin.console.parts.StatusBadge;
import io.gatehouse.admin.console.parts.WideOnly;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line for each request, which opens it. */
final class LogGrid extends Grid<LogRow> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String MONO =
      "<span class='gh-mono' title='${item.title}'>${item.text}</span>";

  LogGrid(String label) {
    addClassName("gh-log-grid");
    getElement().setAttribute("aria-label", label);
    addItemClickListener(
        click ->
            getUI().ifPresent(ui -> ui.navigate(Links.path("requests", click.getItem().id()))));
    // Rows are drawn by the browser: components of each cell would cost it and the session more.
    addColumn(
            cell("<a href='${item.href}'>${item.text}</a>", LogGrid::time)
                .withProperty("href", row -> Links.ROOT + Links.path("requests", row.id())))
        .setHeader("Time (UTC)")
        .setWidth("184px")
        .setFlexGrow(0);
    addColumn(
            cell(
                    "<span class='gh-badge ${item.tone} gh-number'>${item.text}</span>",
                    row -> Integer.toString(row.status()))
                .withProperty("tone", row -> StatusBadge.tone(row.status()).className()))
        .setHeader("Status")
        .setWidth("80px")
        .setFlexGrow(0);
    addColumn(
            cell("<span class='gh-verb ${item.verb}'>${item.text}</span>", LogRow::method)
                .withProperty("verb", row -> row.method().toLowerCase(Locale.ROOT)))
        .setHeader("Method")
        .setWidth("96px")
        .setFlexGrow(0);
    addColumn(
            cell(MONO, row -> PathInStage.of(row.apiId(), row.stage(), row.path()))
                .withProperty("title", LogRow::path))
        .setHeader("Path")
        .setFlexGrow(2);
    addColumn(cell(MONO, LogRow::reason).withProperty("title", LogRow::reason))
        .setHeader("Reason")
        .setWidth("184px")
        .setFlexGrow(1);
    addColumn(cell("<span class='gh-number'>${item.text}</span>", LogGrid::latency))
        .setHeader("Latency")
        .setWidth("96px")
        .setFlexGrow(0);
    WideOnly.column(addColumn(cell(MONO, LogGrid::stage).withProperty("title", LogGrid::stage)))
        .setHeader("API and stage")
        .setWidth("176px")
        .setFlexGrow(0);
  }

  private static LitRenderer<LogRow> cell(String template, ValueProvider<LogRow, String> text) {
    return LitRenderer.<LogRow>of(template).withProperty("text", text);
  }

  private static String time(LogRow row) {
    return TIME.format(Instant.ofEpochMilli(row.time()));
  }

  private static String latency(LogRow row) {
    return String.format(Locale.ROOT, "%,d ms", row.latencyMicros() / 1000);
  }

  private static String stage(LogRow row) {
    return row.apiId().isEmpty() ? "none" : row.apiId() + " " + row.stage();
  }
}

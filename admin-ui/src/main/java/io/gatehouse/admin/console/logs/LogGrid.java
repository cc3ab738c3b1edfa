package io.gatehouse.admin.console.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.PathInStage;
import io.gatehouse.admin.console.parts.StatusBadge;
import io.gatehouse.admin.console.parts.Verb;
import io.gatehouse.admin.console.parts.WideOnly;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line for each request, which opens it. */
final class LogGrid extends Grid<LogRow> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  LogGrid(String label) {
    addClassName("gh-log-grid");
    getElement().setAttribute("aria-label", label);
    addItemClickListener(
        click ->
            getUI().ifPresent(ui -> ui.navigate(Links.path("requests", click.getItem().id()))));
    addComponentColumn(LogGrid::time).setHeader("Time (UTC)").setWidth("184px").setFlexGrow(0);
    addComponentColumn(row -> new StatusBadge(row.status()))
        .setHeader("Status")
        .setWidth("80px")
        .setFlexGrow(0);
    addComponentColumn(row -> new Verb(row.method()))
        .setHeader("Method")
        .setWidth("96px")
        .setFlexGrow(0);
    addComponentColumn(LogGrid::path).setHeader("Path").setFlexGrow(2);
    addComponentColumn(row -> mono(row.reason()))
        .setHeader("Reason")
        .setWidth("184px")
        .setFlexGrow(1);
    addComponentColumn(LogGrid::latency).setHeader("Latency").setWidth("96px").setFlexGrow(0);
    WideOnly.column(addComponentColumn(LogGrid::stage))
        .setHeader("API and stage")
        .setWidth("176px")
        .setFlexGrow(0);
  }

  private static Component time(LogRow row) {
    return Links.to(TIME.format(Instant.ofEpochMilli(row.time())), "requests", row.id());
  }

  /** API and stage stand beside it. */
  private static Component path(LogRow row) {
    Span span = mono(row.path());
    span.setText(PathInStage.of(row.apiId(), row.stage(), row.path()));
    return span;
  }

  private static Component latency(LogRow row) {
    Span span = new Span(String.format(Locale.ROOT, "%,d ms", row.latencyMicros() / 1000));
    span.addClassName("gh-number");
    return span;
  }

  private static Component stage(LogRow row) {
    return mono(row.apiId().isEmpty() ? "none" : row.apiId() + " " + row.stage());
  }

  private static Span mono(String text) {
    Span span = new Span(text);
    span.addClassName("gh-mono");
    span.getElement().setAttribute("title", text);
    return span;
  }
}

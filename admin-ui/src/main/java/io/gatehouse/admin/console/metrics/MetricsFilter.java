package io.gatehouse.admin.console.metrics;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.gatehouse.admin.console.metrics.Question.Percentile;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.model.observed.Series;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What to look at: which API, stage and method, and what to compare. */
class MetricsFilter extends Div {

  private final Consumer<Question> changed;
  private final ComboBox<String> api = new ComboBox<>();
  private final ComboBox<String> stage = new ComboBox<>();
  private final ComboBox<String> method = new ComboBox<>();
  private final Select<Grouping> by = new Select<>();
  private final Select<Percentile> percentile = new Select<>();
  private List<Series> counted = List.of();
  private Question shown = Question.of(Map.of());

  MetricsFilter(Consumer<Question> changed) {
    this.changed = changed;
    addClassNames("gh-toolbar", "gh-metrics-filter");
    choice(api, "API", "All APIs");
    choice(stage, "Stage", "All stages");
    choice(method, "Method", "All methods");
    by.setAriaLabel("A line for each");
    by.setItems(Grouping.values());
    by.setItemLabelGenerator(MetricsFilter::words);
    percentile.setAriaLabel("Percentile of latencies");
    percentile.setItems(Percentile.values());
    percentile.setItemLabelGenerator(each -> each.name().toLowerCase(Locale.ROOT));
    api.addValueChangeListener(
        change -> byHand(change.isFromClient(), question -> question.withApi(text(api))));
    stage.addValueChangeListener(
        change -> byHand(change.isFromClient(), question -> question.withStage(text(stage))));
    method.addValueChangeListener(
        change -> byHand(change.isFromClient(), question -> question.withMethod(text(method))));
    by.addValueChangeListener(
        change -> byHand(change.isFromClient(), question -> question.with(by.getValue())));
    percentile.addValueChangeListener(
        change -> byHand(change.isFromClient(), question -> question.with(percentile.getValue())));
    add(api, stage, method, by, percentile);
  }

  private static void choice(ComboBox<String> box, String label, String all) {
    box.setAriaLabel(label);
    box.setPlaceholder(all);
    box.setClearButtonVisible(true);
    box.setAllowCustomValue(false);
  }

  private static String text(ComboBox<String> box) {
    return box.isEmpty() ? "" : box.getValue();
  }

  private void byHand(boolean fromClient, UnaryOperator<Question> change) {
    if (fromClient) {
      changed.accept(change.apply(shown));
    }
  }

  /**
   * @param names of APIs by their ids; those that were deleted have none
   */
  void offer(List<Series> series, Map<String, String> names) {
    counted = series;
    Set<String> ids = new TreeSet<>(names.keySet());
    series.forEach(one -> ids.add(one.apiId()));
    api.setItemLabelGenerator(
        id -> names.containsKey(id) ? names.get(id) + " · " + id : id + " (deleted)");
    api.setItems(ids);
  }

  void show(Question question) {
    shown = question;
    Set<String> stages = new TreeSet<>();
    Set<String> methods = new TreeSet<>();
    for (Series one : counted) {
      if (one.apiId().equals(question.api())) {
        stages.add(one.stageName());
        if (one.isOfMethod()
            && (question.stage().isEmpty() || question.stage().equals(one.stageName()))) {
          methods.add(one.httpMethod() + " " + one.resourcePath());
        }
      }
    }
    set(api, question.api());
    set(stage, stages, question.stage());
    set(method, methods, question.method());
    stage.setEnabled(!question.api().isEmpty());
    method.setEnabled(!methods.isEmpty());
    method.setPlaceholder(
        methods.isEmpty() && !question.api().isEmpty() ? "No detailed metrics" : "All methods");
    by.setValue(question.by());
    percentile.setValue(question.percentile());
    percentile.setVisible(question.by() != Grouping.NONE);
  }

  /** What is asked for is there to be chosen, whether it was counted lately or not. */
  private static void set(ComboBox<String> box, Set<String> items, String value) {
    if (!value.isEmpty()) {
      items.add(value);
    }
    box.setItems(items);
    set(box, value);
  }

  private static void set(ComboBox<String> box, String value) {
    box.setValue(value.isEmpty() ? null : value);
  }

  private static String words(Grouping grouping) {
    return switch (grouping) {
      case NONE -> "All together";
      case API -> "A line for each API";
      case STAGE -> "A line for each stage";
      case METHOD -> "A line for each method";
    };
  }
}

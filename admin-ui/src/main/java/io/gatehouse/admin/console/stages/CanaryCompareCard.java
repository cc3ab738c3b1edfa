package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.parts.Age;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.CanaryPresenter.Comparison;
import io.gatehouse.admin.console.stages.CanaryPresenter.Window;
import io.gatehouse.admin.console.stages.CanaryVerdict.Side;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a canary fares beside its stage, kept up to date while it is looked at. */
final class CanaryCompareCard extends Card {

  private static final int SECONDS = 5;

  private final CanaryPresenter presenter;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final Age age = new Age(SECONDS);
  private final Span verdict = new Span();
  private final Span since = new Span();
  private final Div badge = new Div();
  private final List<NativeTableCell> stage = new ArrayList<>();
  private final List<NativeTableCell> canary = new ArrayList<>();
  private final List<Button> windows = new ArrayList<>();
  private Window window = Window.QUARTER;

  CanaryCompareCard(CanaryPresenter presenter, ConsoleCaller console, LiveUpdates live) {
    super("Canary beside its stage");
    this.presenter = presenter;
    this.console = console;
    this.live = live;
    for (Window one : Window.values()) {
      Button button = new Button(one.word(), click -> choose(one));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.setAriaLabel("Compare the last " + one.word());
      windows.add(button);
      beside(button);
    }
    beside(age);
    mark();
    verdict.setId("canary-verdict");
    since.addClassName("gh-caption");
    Div said = new Div(badge, verdict);
    said.addClassName("gh-verdict");
    said.getElement().setAttribute("role", "status");
    add(said, table(), since);
  }

  private NativeTable table() {
    NativeTable table = new NativeTable();
    table.addClassName("gh-figures");
    table.getElement().setAttribute("aria-label", "Figures of the stage and of its canary");
    NativeTableRow head = table.getHead().addRow();
    for (String title : List.of("", "Stage without canary", "Canary")) {
      NativeTableHeaderCell cell = head.addHeaderCell();
      cell.setText(title);
      if (title.isEmpty()) {
        cell.getElement().setAttribute("aria-hidden", "true");
      } else {
        cell.getElement().setAttribute("scope", "col");
      }
    }
    for (String figure : List.of("Requests", "4xx", "5xx", "Latency p50", "Latency p95")) {
      NativeTableRow row = table.getBody().addRow();
      NativeTableHeaderCell name = row.addHeaderCell();
      name.setText(figure);
      name.getElement().setAttribute("scope", "row");
      stage.add(number(row));
      canary.add(number(row));
    }
    return table;
  }

  private static NativeTableCell number(NativeTableRow row) {
    NativeTableCell cell = row.addDataCell();
    cell.setText("–");
    cell.addClassName("gh-number");
    return cell;
  }

  private void choose(Window chosen) {
    window = chosen;
    mark();
    look(UI.getCurrent());
  }

  private void mark() {
    for (int i = 0; i < windows.size(); i++) {
      windows
          .get(i)
          .getElement()
          .setAttribute("aria-pressed", Boolean.toString(Window.values()[i] == window));
    }
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    UI ui = attach.getUI();
    look(ui);
    live.repeat(
        ui,
        Duration.ofSeconds(SECONDS),
        () -> {
          if (isAttached()) {
            look(ui);
          }
          return !isAttached();
        });
  }

  private void look(UI ui) {
    Caller caller;
    try {
      caller = console.caller();
    } catch (ApiError unknown) {
      // the age of the figures tells that there is no news
      return;
    }
    Window asked = window;
    live.behind(
        ui,
        () -> {
          Comparison found = presenter.compare(caller, asked);
          return () -> {
            if (asked == window) {
              show(found);
            }
          };
        });
  }

  private void show(Comparison found) {
    fill(stage, found.stage());
    fill(canary, found.canary());
    badge.removeAll();
    badge.add(new Badge(word(found.verdict().tone()), found.verdict().tone()));
    verdict.setText(found.verdict().words());
    since.setText("Requests since " + Times.exact(found.since()) + ".");
    age.isNow();
  }

  private static String word(Tone tone) {
    return switch (tone) {
      case OK -> "no worse";
      case ERROR -> "worse";
      default -> "cannot tell yet";
    };
  }

  private static void fill(List<NativeTableCell> cells, Side side) {
    List<String> texts =
        List.of(
            String.format(Locale.ROOT, "%,d", side.requests()),
            CanaryVerdict.rate(side.error4xx(), side.requests()),
            CanaryVerdict.rate(side.error5xx(), side.requests()),
            CanaryVerdict.millis(side.p50()),
            CanaryVerdict.millis(side.p95()));
    for (int i = 0; i < texts.size(); i++) {
      cells.get(i).setText(texts.get(i));
    }
  }
}

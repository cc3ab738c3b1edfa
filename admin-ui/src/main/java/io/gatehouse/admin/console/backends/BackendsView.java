package io.gatehouse.admin.console.backends;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.Backends;
import io.gatehouse.admin.operations.Backends.Backend;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How the backends of the tenant are, as nodes see them; kept up to date. */
@CdiComponent
@Route(value = "backends", layout = MainLayout.class)
public class BackendsView extends Page implements BeforeEnterObserver {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private static final String LEAD =
      "What nodes have found out about the backends that they call. A backend that failed several"
          + " times in a row is not called for a while: its circuit is open.";

  private final Backends backends;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final Grid<Backend> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("backends", text -> refresh());
  private List<Backend> shown = List.of();

  @Inject
  public BackendsView(
      Backends backends, ConsoleCaller console, LiveUpdates live, InstantSource clock) {
    super(Crumb.here("Backends"));
    this.backends = backends;
    this.console = console;
    this.live = live;
    this.clock = clock;
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    show(backends.backends(console.caller()));
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    live.repeat(attach.getUI(), BETWEEN_LOOKS, () -> !isAttached() || !look());
  }

  private boolean look() {
    List<Backend> now = backends.backends(console.caller());
    if (!now.equals(shown)) {
      show(now);
    }
    return true;
  }

  private void show(List<Backend> now) {
    shown = now;
    if (grid.getParent().isPresent() && !now.isEmpty()) {
      refresh();
      return;
    }
    clear();
    head("Backends", LEAD);
    if (now.isEmpty()) {
      add(
          new EmptyState(
              "Nothing to tell yet",
              "Backends are listed once nodes have called them or checked the targets of a VPC"
                  + " link. Call a deployed stage, then look here again."));
    } else {
      Div toolbar = new Div(filter);
      toolbar.addClassName("gh-toolbar");
      add(toolbar, grid);
      refresh();
    }
  }

  private void refresh() {
    grid.setItems(
        shown.stream()
            .filter(
                each -> filter.matches(each.backend(), each.address(), each.link().orElse(null)))
            .toList());
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Backends");
    grid.addComponentColumn(each -> new Copyable(each.backend(), "backend " + each.backend()))
        .setHeader("Backend")
        .setFlexGrow(2);
    grid.addComponentColumn(BackendWords::badge)
        .setHeader("State")
        .setWidth("136px")
        .setFlexGrow(0);
    grid.addComponentColumn(each -> Times.ago(Optional.of(each.since()), clock.instant()))
        .setHeader("Since")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addColumn(each -> each.address() + each.link().map(id -> " by link " + id).orElse(""))
        .setHeader("Address")
        .setFlexGrow(2);
    grid.addComponentColumn(BackendsView::failure).setHeader("Last failure").setFlexGrow(2);
    grid.addColumn(each -> String.join(", ", each.seenBy())).setHeader("Seen by").setFlexGrow(1);
  }

  private static Component failure(Backend backend) {
    if (backend.lastFailure().isEmpty()) {
      return new Span("–");
    }
    Span failure = new Span(backend.lastFailure());
    failure
        .getElement()
        .setAttribute("title", backend.lastFailure() + ", " + backend.failures() + " in a row");
    return failure;
  }
}

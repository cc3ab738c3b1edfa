package io.gatehouse.admin.console.ops;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.logs.LogStore.Counts;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.Nodes.NodeView;
import io.gatehouse.admin.operations.Nodes.SinkView;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The gateway nodes that are up, for the operator; kept up to date. */
@CdiComponent
@Route(value = "ops/nodes", layout = MainLayout.class)
public class NodesView extends Page implements BeforeEnterObserver {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Nodes nodes;
  private final Logs logs;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final Grid<NodeView> grid = new Grid<>();
  private final Grid<SinkView> sinks = new Grid<>();
  private List<NodeView> shown = List.of();
  private List<SinkView> shownSinks = List.of();

  @Inject
  public NodesView(Nodes nodes, Logs logs, ConsoleCaller console, LiveUpdates live) {
    super(Crumb.here("Nodes"));
    this.nodes = nodes;
    this.logs = logs;
    this.console = console;
    this.live = live;
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Nodes");
    grid.addColumn(NodeView::name).setHeader("Name").setFlexGrow(1);
    grid.addComponentColumn(
            node -> new Copyable("http://" + node.address(), "address of " + node.name()))
        .setHeader("Front door")
        .setFlexGrow(1);
    grid.addComponentColumn(node -> new Badge("in the cluster", Tone.OK))
        .setHeader("State")
        .setWidth("160px")
        .setFlexGrow(0);
    columnsOfSinks();
  }

  private void columnsOfSinks() {
    sinks.setAllRowsVisible(true);
    sinks.getElement().setAttribute("aria-label", "Log sinks");
    sinks.addColumn(SinkView::node).setHeader("Node").setFlexGrow(1);
    sinks.addColumn(SinkView::sink).setHeader("Sink").setFlexGrow(1);
    sinks.addColumn(sink -> Rates.number(sink.sent())).setHeader("Sent").setFlexGrow(1);
    sinks.addColumn(sink -> Rates.number(sink.waiting())).setHeader("Waiting").setFlexGrow(1);
    sinks.addColumn(sink -> Rates.number(sink.dropped())).setHeader("Dropped").setFlexGrow(1);
    sinks
        .addComponentColumn(
            sink ->
                sink.failing()
                    .map(why -> new Badge("fails: " + why, Tone.ERROR))
                    .orElseGet(() -> new Badge("takes records", Tone.OK)))
        .setHeader("State")
        .setFlexGrow(2);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show(nodes.nodes(console.platformCaller()));
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    live.repeat(attach.getUI(), BETWEEN_LOOKS, () -> !isAttached() || !look());
  }

  private boolean look() {
    List<NodeView> now = nodes.nodes(console.platformCaller());
    if (!now.equals(shown)) {
      show(now);
    }
    showSinks();
    return true;
  }

  private void showSinks() {
    List<SinkView> now = nodes.logSinks(console.platformCaller());
    if (!now.equals(shownSinks)) {
      shownSinks = now;
      sinks.setItems(now);
    }
  }

  private void show(List<NodeView> now) {
    shown = now;
    clear();
    head("Nodes", "The gateway nodes in the cluster. Each serves every deployed stage.");
    if (now.isEmpty()) {
      add(
          new EmptyState(
              "No node is up",
              "Nodes that run go on serving what they know, even when they cannot be seen from here."
                  + " Start one, or look at the cluster's addresses in the settings."));
    } else {
      grid.setItems(now);
      add(grid);
    }
    showSinks();
    add(
        new Card(
            "Log sinks",
            new Paragraph(
                "Where nodes send logs besides the control plane, since each of them started: what"
                    + " the operator has set, and the Firehose streams that tenants name."),
            sinks),
        logStore(logs.logStoreCounts(console.platformCaller())));
  }

  /** What has become of what the nodes have logged. */
  private static Card logStore(Counts counts) {
    return new Card(
        "Logs",
        new Facts()
            .add("On disk", Rates.number(counts.bytes() >> 20) + " MB")
            .add("Stored since the start", Rates.number(counts.stored()) + " requests")
            .add("Left out", Rates.number(counts.unreadable()) + " that could not be read")
            .add(
                "Dropped",
                Rates.number(counts.dropped()) + " pieces of days, as older or more than is kept"));
  }
}

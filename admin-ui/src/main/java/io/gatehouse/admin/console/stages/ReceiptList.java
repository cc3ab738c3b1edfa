package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.operations.Nodes.NodeView;
import io.gatehouse.admin.operations.Nodes.StageReceipt;
import io.gatehouse.model.snapshot.Acknowledgement;
import java.util.List;
import java.util.Optional;

/** What each node says about a stage: whether it serves the newest revision, and since when. */
public class ReceiptList extends Div {

  private final Span summary = new Span();
  private final UnorderedList list = new UnorderedList();

  public ReceiptList() {
    addClassName("gh-receipt");
    summary.addClassName("gh-receipt-summary");
    summary.getElement().setAttribute("aria-live", "polite");
    add(summary, list);
  }

  /** Nobody has answered yet. */
  public void waiting(List<NodeView> nodes) {
    summary.setText("Saving, then telling " + nodes(nodes.size()) + "…");
    list.removeAll();
    nodes.forEach(node -> list.add(line(node, new Badge("waiting", Tone.PLAIN), "", "")));
  }

  /**
   * @param sinceMillis epoch milliseconds that the nodes' times are counted from
   */
  public void show(StageReceipt receipt, Optional<Long> sinceMillis) {
    long serving = receipt.nodes().stream().filter(node -> serves(receipt, node)).count();
    summary.setText(
        receipt.nodes().isEmpty()
            ? "No node is up just now; each will serve it as soon as it is."
            : serving
                + " of "
                + nodes(receipt.nodes().size())
                + " serve revision "
                + receipt.revision());
    list.removeAll();
    list.setVisible(!receipt.nodes().isEmpty());
    for (NodeView node : receipt.nodes()) {
      Optional<Acknowledgement> heard = of(receipt, node);
      ListItem line =
          serves(receipt, node)
              ? line(
                  node,
                  new Badge("serving", Tone.OK),
                  shortHash(heard.orElseThrow().sha256()),
                  sinceMillis
                      .map(since -> Math.max(0, heard.orElseThrow().appliedAt() - since) + " ms")
                      .orElse(""))
              : line(node, state(heard), "", "");
      heard
          .flatMap(Acknowledgement::failure)
          .ifPresent(
              why -> {
                Span failure = new Span(why);
                failure.addClassName("failure");
                line.add(failure);
              });
      list.add(line);
    }
  }

  /** Whether there is nothing more to wait for. */
  public static boolean settled(StageReceipt receipt) {
    return receipt.nodes().stream()
        .allMatch(
            node ->
                serves(receipt, node)
                    || of(receipt, node).flatMap(Acknowledgement::failure).isPresent());
  }

  static boolean serves(StageReceipt receipt, NodeView node) {
    return of(receipt, node)
        .filter(heard -> heard.revision() >= receipt.revision() && heard.failure().isEmpty())
        .isPresent();
  }

  private static Optional<Acknowledgement> of(StageReceipt receipt, NodeView node) {
    return receipt.acknowledgements().stream()
        .filter(heard -> heard.node().equals(node.name()))
        .findFirst();
  }

  private static Badge state(Optional<Acknowledgement> heard) {
    if (heard.flatMap(Acknowledgement::failure).isPresent()) {
      return new Badge("refused", Tone.ERROR);
    }
    return heard.isPresent()
        ? new Badge("older revision", Tone.WARNING)
        : new Badge("waiting", Tone.PLAIN);
  }

  private static ListItem line(NodeView node, Badge state, String hash, String millis) {
    Span name = new Span(node.name());
    name.getElement().setAttribute("title", node.address());
    Span content = new Span(hash);
    content.addClassName("gh-mono");
    content.getElement().setAttribute("title", hash.isEmpty() ? "" : "Start of the content's hash");
    Span time = new Span(millis);
    time.addClassNames("gh-number", "ms");
    Div badge = new Div(state);
    return new ListItem(name, badge, content, time);
  }

  private static String shortHash(String sha256) {
    return sha256.substring(0, Math.min(8, sha256.length()));
  }

  private static String nodes(int count) {
    return count + (count == 1 ? " node" : " nodes");
  }
}

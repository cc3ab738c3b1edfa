package io.gatehouse.runtime.vtl;

import java.util.List;

/** Nodes one after the other. */
final class Block implements Node {

  private final Node[] nodes;

  Block(List<Node> nodes) {
    this.nodes = nodes.toArray(new Node[0]);
  }

  @Override
  public Flow render(Rendering r, Output out) {
    r.enter();
    for (Node node : nodes) {
      r.budget.spend(1);
      Flow flow = node.render(r, out);
      if (flow != Flow.NEXT) {
        r.leave();
        return flow;
      }
    }
    r.leave();
    return Flow.NEXT;
  }

  /** What it says if it {@link #isText}. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(((Directives.Text) node).text());
    }
    return text.toString();
  }

  /** Whether there is nothing in it but text. */
  boolean isText() {
    for (Node node : nodes) {
      if (!(node instanceof Directives.Text)) {
        return false;
      }
    }
    return true;
  }
}

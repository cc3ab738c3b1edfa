package io.gatehouse.runtime.cluster;

import io.gatehouse.model.seal.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whole nodes in processes of their own, which can be killed and cut off. */
final class WholeNodes implements AutoCloseable {

  /** Of the cluster. */
  static final String NAME = "whole-nodes";

  private final Path folder;
  private final String egress;
  private final Relays relays;
  private final NodeProcess[] nodes;

  /**
   * @param egress what backends they may call
   */
  WholeNodes(Path folder, int size, String egress) throws IOException {
    this.folder = folder;
    this.egress = egress;
    this.relays = Relays.between(size);
    this.nodes = new NodeProcess[size];
  }

  int size() {
    return nodes.length;
  }

  int doorPort(int node) {
    return relays.doorPort(node);
  }

  /** Where a client of the cluster finds the node, not by its relay. */
  String clusterAddress(int node) {
    return "127.0.0.1:" + relays.port(node);
  }

  static String name(int node) {
    return "node-" + node;
  }

  /** Also one that was killed. */
  void launch(int node) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("GATEHOUSE_NODE_NAME", name(node));
    environment.put("GATEHOUSE_LISTEN_PORT", Integer.toString(doorPort(node)));
    environment.put("GATEHOUSE_CLUSTER_NAME", NAME);
    environment.put("GATEHOUSE_CLUSTER_PORT", Integer.toString(relays.port(node)));
    environment.put(
        "GATEHOUSE_CLUSTER_MEMBERS",
        IntStream.range(0, nodes.length)
            .mapToObj(n -> "127.0.0.1:" + relays.relayPort(n))
            .collect(Collectors.joining(",")));
    environment.put("GATEHOUSE_DATA_DIR", folder.resolve(name(node)).toString());
    environment.put("GATEHOUSE_EGRESS_ALLOW", egress);
    environment.put("GATEHOUSE_FUNCTIONS", "off");
    environment.put(
        "GATEHOUSE_NODE_KEY", Base64.getEncoder().encodeToString(new byte[Seal.KEY_BYTES]));
    nodes[node] =
        NodeProcess.of(
            WholeNode.class,
            "256m",
            folder.resolve(name(node) + ".log"),
            environment,
            Integer.toString(relays.relayPort(node)),
            relays.outboundPorts(node));
  }

  /** Until each living node sees so many. */
  void awaitMembers(int count) throws Exception {
    for (int node = 0; node < nodes.length; node++) {
      if (nodes[node].isAlive()) {
        awaitMembers(node, count);
      }
    }
  }

  /** Until the node sees so many. */
  void awaitMembers(int node, int count) throws Exception {
    String seen = nodes[node].ask("members " + count);
    if (!seen.equals(count + ".0")) {
      throw new TimeoutException("node " + node + " sees " + seen + " instead of " + count);
    }
  }

  /** Until the node's door is open. */
  void awaitOpen(int node) throws Exception {
    String word = nodes[node].ask("open");
    if (!word.equals("open")) {
      throw new TimeoutException("node " + node + " is not open: " + word);
    }
  }

  /** As {@code kill -9}. */
  void kill(int node) throws InterruptedException {
    nodes[node].kill();
  }

  void cutOff(Set<Integer> side) {
    relays.cutOff(side);
  }

  void heal() {
    relays.heal();
  }

  @Override
  public void close() throws Exception {
    for (NodeProcess node : nodes) {
      if (node != null) {
        node.kill();
      }
    }
    relays.close();
  }
}

package io.gatehouse.runtime.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of nodes in processes of their own, which can be killed, paused and cut off. */
final class Members implements AutoCloseable {

  /**
   * What came of requests on one node, or on all.
   *
   * @param late passed after the time was over
   * @param ownShare passed on a node's own share, for the owner did not answer
   */
  record Tally(
      long admitted, long throttled, long exceeded, long unreachable, long late, long ownShare) {

    static final Tally NONE = ofOwnShare(0);

    static Tally ofOwnShare(long ownShare) {
      return new Tally(0, 0, 0, 0, 0, ownShare);
    }

    Tally plus(Tally other) {
      return new Tally(
          admitted + other.admitted,
          throttled + other.throttled,
          exceeded + other.exceeded,
          unreachable + other.unreachable,
          late + other.late,
          ownShare + other.ownShare);
    }
  }

  /**
   * Requests that callers make, each at its pace.
   *
   * @param key of bucket and quota
   * @param rate of the throttle; 0 for none
   * @param quota 0 for none
   * @param everyMicros from one request of a caller to its next
   */
  record Load(
      String key, long rate, long burst, long quota, int callers, long everyMicros, long millis) {

    String line(long startMillis, int callersHere) {
      return String.join(
          " ",
          "load",
          key,
          Long.toString(rate),
          Long.toString(burst),
          Long.toString(quota),
          Integer.toString(callersHere),
          Long.toString(everyMicros),
          Long.toString(startMillis),
          Long.toString(millis));
    }
  }

  private final Path folder;
  private final Relays relays;
  private final int size;
  private final NodeProcess[] nodes;
  private final Map<Integer, NodeProcess> loaded = new HashMap<>();

  Members(Path folder, int size) throws IOException {
    this.folder = folder;
    this.size = size;
    this.relays = Relays.between(size);
    this.nodes = new NodeProcess[size];
  }

  /** Starts all, and returns when they know each other. */
  Members start() throws Exception {
    for (int node = 0; node < size; node++) {
      launch(node);
    }
    for (int node = 0; node < size; node++) {
      nodes[node].answer();
    }
    awaitMembers(size);
    return this;
  }

  /** Starts one that was killed. */
  void restart(int node) throws Exception {
    launch(node);
    nodes[node].answer();
  }

  private void launch(int node) throws IOException {
    String members =
        IntStream.range(0, size)
            .mapToObj(n -> "127.0.0.1:" + relays.relayPort(n))
            .collect(Collectors.joining(","));
    nodes[node] =
        NodeProcess.of(
            LimitMember.class,
            "192m",
            folder.resolve("node-" + node + ".log"),
            Map.of(),
            "node-" + node,
            Integer.toString(relays.port(node)),
            Integer.toString(relays.relayPort(node)),
            relays.outboundPorts(node),
            members,
            Files.createDirectories(home(node)).toString());
  }

  /** Until each living node sees so many. */
  void awaitMembers(int count) throws Exception {
    for (int node = 0; node < size; node++) {
      if (isAlive(node)) {
        awaitMembers(node, count);
      }
    }
  }

  /** Until the node sees so many. */
  void awaitMembers(int node, int count) throws Exception {
    String seen = ask(node, "members " + count);
    if (!seen.equals("members " + count)) {
      throw new TimeoutException("node " + node + " sees " + seen + " instead of " + count);
    }
  }

  /** Until all hear each other say that they are there. */
  void awaitHeard() throws Exception {
    for (int node = 0; node < size; node++) {
      String heard = ask(node, "heard " + size);
      if (!heard.equals("heard " + size)) {
        throw new TimeoutException("node " + node + " has " + heard + " of " + size);
      }
    }
  }

  /** Until the cluster has counted so many requests of a quota. */
  void awaitUsed(String key, long count) throws Exception {
    awaitUsed(key, count, count);
  }

  /** Until the cluster has counted so many requests of a quota. */
  void awaitUsed(String key, long least, long most) throws Exception {
    String said = ask(0, "used " + key + " " + least + " " + most);
    long used = Long.parseLong(said.split(" ")[1]);
    if (used < least || used > most) {
      throw new TimeoutException(
          key + " should be from " + least + " to " + most + " and is: " + said);
    }
  }

  /** What the cluster has counted, when it is so many or time is up. */
  long used(String key, long least, long most) throws Exception {
    return Long.parseLong(ask(0, "used " + key + " " + least + " " + most).split(" ")[1]);
  }

  private String ask(int node, String line) throws Exception {
    return nodes[node].ask(line);
  }

  /** Begins requests on all nodes that live, at the same time; callers are spread over them. */
  void begin(Load load) {
    long start = System.currentTimeMillis() + 300;
    List<Integer> living = living();
    for (int i = 0; i < living.size(); i++) {
      NodeProcess node = nodes[living.get(i)];
      int callers = load.callers() / living.size() + (i < load.callers() % living.size() ? 1 : 0);
      node.tell(load.line(start, callers));
      loaded.put(living.get(i), node);
    }
  }

  /** What came of it, on nodes that were killed meanwhile, too. */
  Tally end(Load load) throws Exception {
    Tally sum = Tally.NONE;
    for (int i = 0; i < size; i++) {
      NodeProcess node = loaded.remove(i);
      if (node != null) {
        if (node.isAlive()) {
          String word = node.answer((int) (load.millis() / 1000));
          if (!word.startsWith("loaded ")) {
            throw new IllegalStateException(word);
          }
          sum = sum.plus(Tally.ofOwnShare(Long.parseLong(word.split(" ")[1])));
        }
        sum = sum.plus(TallyFile.read(home(i)));
      }
    }
    return sum;
  }

  private Path home(int node) {
    return folder.resolve("node-" + node);
  }

  Tally run(Load load) throws Exception {
    begin(load);
    return end(load);
  }

  private List<Integer> living() {
    List<Integer> living = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      if (isAlive(node)) {
        living.add(node);
      }
    }
    return living;
  }

  private boolean isAlive(int node) {
    return nodes[node] != null && nodes[node].isAlive();
  }

  /** As {@code kill -9}. */
  void kill(int node) throws InterruptedException {
    nodes[node].kill();
  }

  /** Stops a node in order. */
  void stop(int node) throws Exception {
    nodes[node].tell("quit");
    nodes[node].awaitEnd();
  }

  void pause(int node) throws Exception {
    nodes[node].signal("STOP");
  }

  void resume(int node) throws Exception {
    nodes[node].signal("CONT");
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

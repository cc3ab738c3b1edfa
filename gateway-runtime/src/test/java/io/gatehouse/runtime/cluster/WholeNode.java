package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.GatewayNode;
import io.gatehouse.runtime.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole node in a process of its own: takes commands on its standard input. */
final class WholeNode {

  private static final Logger LOG = LoggerFactory.getLogger(WholeNode.class);
  private static final int PATIENCE_SECONDS = 120;

  private final GatewayNode node;

  private WholeNode(GatewayNode node) {
    this.node = node;
  }

  /** Takes its public port and its outbound ports; all else is in the environment. */
  public static void main(String[] arguments) {
    try {
      GatewayNode node =
          new GatewayNode(
              Settings.fromEnvironment(System.getenv()),
              new BehindRelay(Integer.parseInt(arguments[0]), arguments[1]));
      node.start();
      new WholeNode(node).obey();
    } catch (Exception e) {
      LOG.error("this node cannot go on", e);
    }
    System.exit(1); // also where the test is gone
  }

  private void obey() throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "members" -> {
          await(() -> metric("gatehouse_cluster_members").equals(words[1] + ".0"));
          System.out.println(metric("gatehouse_cluster_members"));
        }
        case "open" -> {
          await(() -> node.notReady().isEmpty());
          System.out.println(node.notReady().orElse("open"));
        }
        case "metric" -> System.out.println(metric(words[1]));
        default -> System.out.println("unknown " + line);
      }
    }
  }

  private static void await(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!there.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String metric(String name) {
    return node.scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("none");
  }
}

package io.gatehouse.admin.publish;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import com.hazelcast.map.IMap;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.ClusterClient.Node;
import io.gatehouse.model.snapshot.ClusterNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How the log sinks of the nodes that are up fare. */
@ApplicationScoped
public class SinkHealth {

  private static final Logger LOG = Logger.getLogger(SinkHealth.class.getName());

  /**
   * What one node says of one of its sinks.
   *
   * @param sink {@code kafka}, {@code otlp}, {@code files} or {@code firehose}
   * @param sent records since the node started, as {@code dropped}
   * @param waiting records on the node's disk
   * @param waitingBytes what the sink has on the node's disk
   * @param failing one of few words; empty while records arrive
   * @param lastFailure in words; empty for none since the node started
   */
  public record Seen(
      String node,
      String sink,
      long sent,
      long dropped,
      long waiting,
      long waitingBytes,
      String failing,
      String lastFailure,
      Optional<Instant> lastFailureAt) {}

  private ClusterClient cluster;

  protected SinkHealth() {}

  @Inject
  public SinkHealth(ClusterClient cluster) {
    this.cluster = cluster;
  }

  /** In the order of nodes; none when no node can be reached. */
  public List<Seen> seen() {
    try {
      List<String> nodes = cluster.nodes().stream().map(Node::name).toList();
      Map<String, String> said =
          cluster.ask(
              instance -> {
                IMap<String, String> map = instance.getMap(ClusterNames.SINKS);
                return map.getAll(Set.copyOf(nodes));
              });
      List<Seen> seen = new ArrayList<>();
      for (String node : nodes) {
        String json = said.get(node);
        if (json != null) {
          seen.addAll(read(node, json));
        }
      }
      return seen;
    } catch (ClusterUnavailable none) {
      return List.of();
    }
  }

  /** A node of another version may say what cannot be read here; that much is left out. */
  private static List<Seen> read(String node, String json) {
    List<Seen> seen = new ArrayList<>();
    try (JsonReader reader = JSON.createReader(new StringReader(json))) {
      for (JsonValue each : reader.readArray()) {
        seen.add(seen(node, each.asJsonObject()));
      }
    } catch (RuntimeException unreadable) {
      LOG.log(Level.FINE, unreadable, () -> node + " says of its sinks what cannot be read");
    }
    return seen;
  }

  private static Seen seen(String node, JsonObject in) {
    long at = number(in, "lastFailureAt");
    return new Seen(
        node,
        in.getString("sink"),
        number(in, "sent"),
        number(in, "dropped"),
        number(in, "waiting"),
        number(in, "waitingBytes"),
        in.getString("failing", ""),
        in.getString("lastFailure", ""),
        at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at)));
  }

  private static long number(JsonObject in, String name) {
    return in.containsKey(name) ? in.getJsonNumber(name).longValue() : 0;
  }
}

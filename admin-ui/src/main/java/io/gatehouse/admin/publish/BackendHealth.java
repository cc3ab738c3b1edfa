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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What the nodes that are up see of the backends that they call. */
@ApplicationScoped
public class BackendHealth {

  private static final Logger LOG = Logger.getLogger(BackendHealth.class.getName());

  /** How a backend is, to a node. */
  public enum State {
    HEALTHY,
    /** Its health check fails. */
    UNHEALTHY,
    /** It failed so often that it is not called for a while. */
    OPEN,
    /** It is tried again with a few calls. */
    HALF_OPEN
  }

  /**
   * What one node sees of one address.
   *
   * @param backend as {@code https://host:443}
   * @param link the VPC link that leads there
   * @param address {@code host:port}, as it was connected to
   * @param failures in a row
   */
  public record Seen(
      String node,
      String backend,
      Optional<String> link,
      String address,
      State state,
      Instant since,
      int failures,
      String lastFailure) {}

  private ClusterClient cluster;

  protected BackendHealth() {}

  @Inject
  public BackendHealth(ClusterClient cluster) {
    this.cluster = cluster;
  }

  /** Of an account, in the order of nodes; none when no node can be reached. */
  public List<Seen> seen(String account) {
    try {
      List<String> nodes = cluster.nodes().stream().map(Node::name).toList();
      Map<String, String> said =
          cluster.ask(
              instance -> {
                IMap<String, String> map = instance.getMap(ClusterNames.BACKENDS);
                return map.getAll(
                    nodes.stream().map(node -> key(node, account)).collect(Collectors.toSet()));
              });
      List<Seen> seen = new ArrayList<>();
      for (String node : nodes) {
        String json = said.get(key(node, account));
        if (json != null) {
          seen.addAll(read(node, json));
        }
      }
      return seen;
    } catch (ClusterUnavailable none) {
      return List.of();
    }
  }

  private static String key(String node, String account) {
    return node + "/" + account;
  }

  /** A node of another version may say what cannot be read here; that much is left out. */
  private static List<Seen> read(String node, String json) {
    List<Seen> seen = new ArrayList<>();
    try (JsonReader reader = JSON.createReader(new StringReader(json))) {
      for (JsonValue each : reader.readArray()) {
        seen.add(seen(node, each.asJsonObject()));
      }
    } catch (RuntimeException unreadable) {
      LOG.log(Level.FINE, unreadable, () -> node + " says of its backends what cannot be read");
    }
    return seen;
  }

  private static Seen seen(String node, JsonObject in) {
    return new Seen(
        node,
        in.getString("backend"),
        Optional.ofNullable(in.getString("link", null)),
        in.getString("address", ""),
        State.valueOf(in.getString("state").toUpperCase(Locale.ROOT).replace('-', '_')),
        Instant.ofEpochMilli(in.getJsonNumber("since").longValue()),
        in.getInt("failures", 0),
        in.getString("lastFailure", ""));
  }
}

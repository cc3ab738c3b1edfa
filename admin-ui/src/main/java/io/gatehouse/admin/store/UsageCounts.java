package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each node has counted in one period. Numbers only grow, so whoever has heard from several
 * sides takes the larger ones, in any order and as often as it likes.
 */
public record UsageCounts(Map<String, OfNode> nodes) {

  public static final UsageCounts NONE = new UsageCounts(Map.of());

  /**
   * @param leased requests that the node was allowed in advance
   * @param returned those of them that it gave back
   * @param used requests by day, counted from the epoch
   */
  public record OfNode(long leased, long returned, Map<Long, Long> used) {

    public OfNode {
      used = Map.copyOf(used);
    }

    OfNode merge(OfNode other) {
      Map<Long, Long> days = new HashMap<>(used);
      other.used.forEach((day, count) -> days.merge(day, count, Math::max));
      return new OfNode(
          Math.max(leased, other.leased), Math.max(returned, other.returned), days);
    }
  }

  public UsageCounts {
    nodes = Map.copyOf(nodes);
  }

  /** Of both the larger numbers. */
  public UsageCounts merge(UsageCounts other) {
    Map<String, OfNode> all = new HashMap<>(nodes);
    other.nodes.forEach((node, counts) -> all.merge(node, counts, OfNode::merge));
    return new UsageCounts(all);
  }

  /** Requests by day, of all nodes. */
  public Map<Long, Long> used() {
    Map<Long, Long> days = new TreeMap<>();
    nodes.values().forEach(node -> node.used().forEach((day, n) -> days.merge(day, n, Long::sum)));
    return days;
  }

  JsonObject toJson() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    new TreeMap<>(nodes)
        .forEach(
            (name, node) -> {
              JsonObjectBuilder days = JSON.createObjectBuilder();
              new TreeMap<>(node.used()).forEach((day, count) -> days.add("" + day, count));
              all.add(
                  name,
                  JSON.createObjectBuilder()
                      .add("leased", node.leased())
                      .add("returned", node.returned())
                      .add("used", days));
            });
    return all.build();
  }

  static UsageCounts of(JsonObject in) {
    Map<String, OfNode> all = new HashMap<>();
    in.forEach((name, node) -> all.put(name, node(node.asJsonObject())));
    return new UsageCounts(all);
  }

  private static OfNode node(JsonObject in) {
    Map<Long, Long> days = new HashMap<>();
    in.getJsonObject("used")
        .forEach((day, count) -> days.put(Long.valueOf(day), ((JsonNumber) count).longValue()));
    return new OfNode(
        in.getJsonNumber("leased").longValue(), in.getJsonNumber("returned").longValue(), days);
  }
}

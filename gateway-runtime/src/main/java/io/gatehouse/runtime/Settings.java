package io.gatehouse.runtime;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.runtime.backend.AddressRange;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's configuration, read once from the environment when it starts.
 *
 * @param nodeKey what the control plane seals for nodes opens under it; without it, stages that
 *     show a client certificate are not served
 */
public record Settings(
    String nodeName,
    String listenHost,
    int listenPort,
    String clusterName,
    String clusterHost,
    int clusterPort,
    List<String> clusterMembers,
    Path dataDirectory,
    List<AddressRange> egressAllow,
    boolean accessLog,
    int mostInFlight,
    Optional<Seal> nodeKey) {

  /**
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static Settings fromEnvironment(Map<String, String> env) {
    String clusterHost = env.getOrDefault("GATEHOUSE_CLUSTER_HOST", "127.0.0.1");
    int clusterPort = number(env, "GATEHOUSE_CLUSTER_PORT", 5701, 65_535);
    return new Settings(
        env.getOrDefault("GATEHOUSE_NODE_NAME", "node-1"),
        env.getOrDefault("GATEHOUSE_LISTEN_HOST", "127.0.0.1"),
        number(env, "GATEHOUSE_LISTEN_PORT", 8081, 65_535),
        env.getOrDefault("GATEHOUSE_CLUSTER_NAME", "gatehouse"),
        clusterHost,
        clusterPort,
        list(env.getOrDefault("GATEHOUSE_CLUSTER_MEMBERS", clusterHost + ":" + clusterPort)),
        Path.of(env.getOrDefault("GATEHOUSE_DATA_DIR", ".gatehouse/node")).toAbsolutePath(),
        egress(env.getOrDefault("GATEHOUSE_EGRESS_ALLOW", "")),
        Boolean.parseBoolean(env.getOrDefault("GATEHOUSE_ACCESS_LOG", "true")),
        number(env, "GATEHOUSE_MAX_IN_FLIGHT", 10_000, 1_000_000),
        nodeKey(env.getOrDefault("GATEHOUSE_NODE_KEY", "")));
  }

  private static Optional<Seal> nodeKey(String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(new Seal(Base64.getDecoder().decode(text.strip())));
    } catch (IllegalArgumentException e) {
      // Without the value: it is a secret.
      throw new IllegalArgumentException("GATEHOUSE_NODE_KEY must be 32 random bytes in base64");
    }
  }

  private static List<AddressRange> egress(String text) {
    try {
      return AddressRange.parseList(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("GATEHOUSE_EGRESS_ALLOW: " + e.getMessage());
    }
  }

  private static int number(Map<String, String> env, String name, int otherwise, int most) {
    String text = env.get(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, with the range
    }
    throw new IllegalArgumentException(
        name + " is " + text + " and must be a number from 1 to " + most);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(s -> !s.isEmpty()).toList();
  }

  Optional<String> reasonHeader() {
    return Optional.of("x-gatehouse-reason");
  }
}

package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads from the environment how nodes are found. What is set for another way than the chosen one
 * is a mistake and refused; only the list of members may stand there always.
 */
public final class DiscoverySettings {

  private static final String WAY = "GATEHOUSE_CLUSTER_DISCOVERY";
  private static final String PORT = "GATEHOUSE_CLUSTER_PORT";
  private static final String MEMBERS = "GATEHOUSE_CLUSTER_MEMBERS";
  private static final String KUBERNETES = "GATEHOUSE_CLUSTER_KUBERNETES_";
  private static final String DNS = KUBERNETES + "DNS";
  private static final String SERVICE = KUBERNETES + "SERVICE";
  private static final String NAMESPACE = KUBERNETES + "NAMESPACE";
  private static final String MULTICAST = "GATEHOUSE_CLUSTER_MULTICAST_";
  private static final String GROUP = MULTICAST + "GROUP";
  private static final String GROUP_PORT = MULTICAST + "PORT";
  private static final String TIME_TO_LIVE = MULTICAST + "TTL";

  private static final Pattern MEMBER =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9-]{1,63})*");
  private static final Pattern GROUP_ADDRESS =
      Pattern.compile("(22[4-9]|23\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  private final Map<String, String> env;

  private DiscoverySettings(Map<String, String> env) {
    this.env = env;
  }

  /**
   * @param members what the list of addresses is when nothing is said
   * @param port of members that are found by their address alone
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static Discovery ofNode(Map<String, String> env, String members, int port) {
    DiscoverySettings in = new DiscoverySettings(env);
    return switch (in.way()) {
      case "tcp" -> in.addresses(in.text(MEMBERS).orElse(members));
      case "kubernetes" -> in.kubernetes(port);
      default ->
          new Multicast(
              in.matching(GROUP, GROUP_ADDRESS, "a multicast address as 224.2.2.3")
                  .orElse("224.2.2.3"),
              in.number(GROUP_PORT, 1, 54_327, 65_535),
              in.number(TIME_TO_LIVE, 0, 32, 255));
    };
  }

  /**
   * As {@link #ofNode}; but Hazelcast's clients do not take part in multicast, so where nodes find
   * each other in that way the control plane is told at least one of them.
   */
  public static Discovery ofControlPlane(Map<String, String> env, String members) {
    DiscoverySettings in = new DiscoverySettings(env);
    if (!in.way().equals("multicast")) {
      return ofNode(env, members, in.number(PORT, 1, 5701, 65_535));
    }
    return in.addresses(
        in.text(MEMBERS)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        MEMBERS
                            + " is not set and must name at least one node as host:port: nodes"
                            + " find each other by multicast, the control plane does not")));
  }

  private String way() {
    String way = text(WAY).orElse("tcp");
    if (!List.of("tcp", "kubernetes", "multicast").contains(way)) {
      throw wrong(WAY, way, "tcp, kubernetes or multicast");
    }
    for (String name : List.of(DNS, SERVICE, NAMESPACE, GROUP, GROUP_PORT, TIME_TO_LIVE)) {
      String needs = name.startsWith(KUBERNETES) ? "kubernetes" : "multicast";
      if (!way.equals(needs) && text(name).isPresent()) {
        throw new IllegalArgumentException(
            WAY + " is " + way + " and must be " + needs + " where " + name + " is set");
      }
    }
    return way;
  }

  private Addresses addresses(String list) {
    List<String> members =
        Arrays.stream(list.split("[,\\s]+")).filter(member -> !member.isEmpty()).toList();
    for (String member : members) {
      if (!MEMBER.matcher(member).matches() || port(member) > 65_535) {
        throw wrong(MEMBERS, member, "a list of host:port, as node-1:5701,node-2:5701");
      }
    }
    if (members.isEmpty()) {
      throw wrong(MEMBERS, list, "a list of host:port, as node-1:5701,node-2:5701");
    }
    return new Addresses(members);
  }

  private static int port(String member) {
    int colon = member.lastIndexOf(':');
    return colon < 0 || member.endsWith("]") ? 0 : Integer.parseInt(member.substring(colon + 1));
  }

  private Discovery kubernetes(int port) {
    Optional<String> dns =
        matching(DNS, DNS_NAME, "the DNS name of a headless service, as nodes.apis.svc");
    Optional<String> service = matching(SERVICE, LABEL, "the name of a service, as nodes");
    Optional<String> namespace = matching(NAMESPACE, LABEL, "the name of a namespace, as apis");
    if (dns.isPresent() == service.isPresent()) {
      throw new IllegalArgumentException(
          (dns.isPresent() ? "both " : "neither ")
              + DNS
              + (dns.isPresent() ? " and " : " nor ")
              + SERVICE
              + (dns.isPresent() ? " are set" : " is set")
              + " and one of them must be: the DNS name of a headless service, or the name of a"
              + " service that is looked up in Kubernetes' API");
    }
    if (dns.isPresent() && namespace.isPresent()) {
      throw new IllegalArgumentException(
          NAMESPACE + " is set and must not be with " + DNS + ", whose name holds the namespace");
    }
    return dns.isPresent()
        ? new KubernetesDns(dns.get(), port)
        : new KubernetesApi(service.get(), namespace, port);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(env.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private Optional<String> matching(String name, Pattern pattern, String right) {
    Optional<String> text = text(name);
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      throw wrong(name, text.get(), right);
    }
    return text;
  }

  private int number(String name, int least, int otherwise, int most) {
    String text = text(name).orElse(Integer.toString(otherwise));
    if (text.matches("\\d{1,6}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw wrong(name, text, "a number from " + least + " to " + most);
  }

  private static IllegalArgumentException wrong(String name, String value, String right) {
    return new IllegalArgumentException(name + " is " + value + " and must be " + right);
  }
}

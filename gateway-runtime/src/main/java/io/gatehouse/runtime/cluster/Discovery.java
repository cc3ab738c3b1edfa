package io.gatehouse.runtime.cluster;

import java.util.List;
import java.util.Optional;

/** How a node finds the other nodes of its cluster, and the control plane any of them. */
public sealed interface Discovery {

  /**
   * By a list that the operator wrote.
   *
   * @param members each {@code host} or {@code host:port}
   */
  record Addresses(List<String> members) implements Discovery {
    public Addresses {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return String.join(",", members);
    }
  }

  /** Pods of a headless service of Kubernetes, by its DNS name; needs no permission. */
  record KubernetesDns(String name, int port) implements Discovery {
    @Override
    public String toString() {
      return "the pods that " + name + " names, port " + port;
    }
  }

  /**
   * Pods of a service of Kubernetes, by its API; the service account must be allowed to read
   * endpoints.
   *
   * @param namespace of the service; that of the own pod where it is empty
   */
  record KubernetesApi(String service, Optional<String> namespace, int port) implements Discovery {
    @Override
    public String toString() {
      return "the pods of service "
          + service
          + namespace.map(n -> " in namespace " + n).orElse("")
          + ", port "
          + port;
    }
  }

  /** Whoever answers in a multicast group. */
  record Multicast(String group, int port, int timeToLive) implements Discovery {
    @Override
    public String toString() {
      return "multicast group " + group + ":" + port + ", time to live " + timeToLive;
    }
  }
}

package io.gatehouse.admin.publish;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig;
import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.gatehouse.admin.Settings;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The control plane's way into the nodes' cluster. It is a client, so starting and stopping it
 * moves no data; while no node is up it keeps looking for one, and every question meanwhile throws
 * {@link ClusterUnavailable}.
 */
@ApplicationScoped
public class ClusterClient {

  private static final Logger LOG = Logger.getLogger(ClusterClient.class.getName());
  private static final int FIRST_RETRY_MILLIS = 500;
  private static final int LAST_RETRY_MILLIS = 5_000;

  /** A node that is a member of the cluster now. */
  public record Node(String name, String address) {}

  /** No node can be reached now. */
  public static final class ClusterUnavailable extends Exception {
    ClusterUnavailable(Throwable cause) {
      super("no gateway node can be reached: " + cause.getMessage(), cause);
    }
  }

  /** A question to the cluster. */
  public interface Question<R> {
    R ask(HazelcastInstance cluster);
  }

  private final List<Runnable> onConnect = new ArrayList<>();
  private boolean connected;
  private final List<Consumer<Acknowledgement>> onAcknowledgement = new CopyOnWriteArrayList<>();
  private Optional<HazelcastInstance> instance = Optional.empty();
  private volatile boolean listening;

  protected ClusterClient() {}

  @Inject
  public ClusterClient(Settings settings) {
    this(settings.clusterName(), settings.discovery());
  }

  public ClusterClient(String clusterName, Discovery discovery) {
    ClientConfig config = config(clusterName, discovery);
    // Part of the configuration, for a client may be connected before it is returned.
    config.addListenerConfig(new ListenerConfig((LifecycleListener) this::stateChanged));
    instance = Optional.of(HazelcastClient.newHazelcastClient(config));
  }

  private void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case CLIENT_CONNECTED -> connected().forEach(Runnable::run);
      case CLIENT_DISCONNECTED -> disconnected();
      default -> {
        // of no concern to anybody
      }
    }
  }

  private synchronized List<Runnable> connected() {
    connected = true;
    return List.copyOf(onConnect);
  }

  private synchronized void disconnected() {
    connected = false;
  }

  static ClientConfig config(String clusterName, Discovery discovery) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(clusterName);
    config.setClassLoader(ClusterClient.class.getClassLoader());
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.client.statistics.enabled", "false");
    config.setProperty("hazelcast.client.invocation.timeout.seconds", "5");
    config.getMetricsConfig().setEnabled(false);
    config.getNetworkConfig().setSmartRouting(true);
    find(config.getNetworkConfig(), discovery);
    config
        .getConnectionStrategyConfig()
        .setAsyncStart(true)
        .setReconnectMode(ClientConnectionStrategyConfig.ReconnectMode.ASYNC)
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(FIRST_RETRY_MILLIS)
        .setMaxBackoffMillis(LAST_RETRY_MILLIS)
        .setMultiplier(1.5)
        .setClusterConnectTimeoutMillis(Long.MAX_VALUE);
    return config;
  }

  private static void find(ClientNetworkConfig network, Discovery discovery) {
    switch (discovery) {
      case Addresses list -> network.setAddresses(list.members());
      case KubernetesDns pods ->
          network
              .getKubernetesConfig()
              .setEnabled(true)
              .setProperty("service-dns", pods.name())
              .setProperty("service-port", Integer.toString(pods.port()));
      case KubernetesApi pods -> {
        network
            .getKubernetesConfig()
            .setEnabled(true)
            .setProperty("service-name", pods.service())
            .setProperty("service-port", Integer.toString(pods.port()));
        pods.namespace()
            .ifPresent(name -> network.getKubernetesConfig().setProperty("namespace", name));
      }
      case Multicast group ->
          throw new IllegalArgumentException("clients do not take part in " + group);
    }
  }

  @PreDestroy
  public void close() {
    instance.ifPresent(HazelcastInstance::shutdown);
  }

  /** Runs the work, briefly, at every connection, and at once where there is one. */
  public void onConnect(Runnable work) {
    if (isConnectedFor(work)) {
      work.run();
    }
  }

  private synchronized boolean isConnectedFor(Runnable work) {
    onConnect.add(work);
    return connected;
  }

  /** Tells of every acknowledgement from now on. */
  public void onAcknowledgement(Consumer<Acknowledgement> work) {
    onAcknowledgement.add(work);
  }

  /** Snapshot key to bytes. */
  public IMap<String, byte[]> snapshots() throws ClusterUnavailable {
    return ask(cluster -> cluster.getMap(ClusterNames.SNAPSHOTS));
  }

  /** What all nodes have said about all snapshots. */
  public IMap<String, String> acknowledgements() throws ClusterUnavailable {
    return ask(
        cluster -> {
          IMap<String, String> map = cluster.getMap(ClusterNames.ACKNOWLEDGEMENTS);
          listen(map);
          return map;
        });
  }

  /** Of these keys, what nodes have said. */
  public List<Acknowledgement> acknowledgements(Set<String> mapKeys) throws ClusterUnavailable {
    IMap<String, String> map = acknowledgements();
    Map<String, String> found = ask(cluster -> map.getAll(mapKeys));
    return found.values().stream().map(Acknowledgement::fromJson).toList();
  }

  /** The nodes that are members now, by name. */
  public List<Node> nodes() throws ClusterUnavailable {
    return ask(
        cluster ->
            cluster.getCluster().getMembers().stream()
                .filter(member -> member.getAttribute(ClusterNames.NODE_NAME) != null)
                .map(ClusterClient::node)
                .sorted(Comparator.comparing(Node::name))
                .toList());
  }

  /** Asks, if there is a node to be asked. */
  public <R> R ask(Question<R> question) throws ClusterUnavailable {
    HazelcastInstance cluster =
        instance.orElseThrow(
            () -> new IllegalStateException("the container's proxy was asked, not the client"));
    try {
      return question.ask(cluster);
    } catch (HazelcastClientOfflineException
        | HazelcastInstanceNotActiveException
        | HazelcastException e) {
      throw new ClusterUnavailable(e);
    }
  }

  private static Node node(Member member) {
    return new Node(
        member.getAttribute(ClusterNames.NODE_NAME),
        Optional.ofNullable(member.getAttribute(ClusterNames.NODE_ADDRESS)).orElse(""));
  }

  /** Once; the client itself registers again whenever it has lost the cluster. */
  private synchronized void listen(IMap<String, String> map) {
    if (!listening) {
      map.addEntryListener(new Ears(), true);
      listening = true;
    }
  }

  private final class Ears
      implements EntryAddedListener<String, String>, EntryUpdatedListener<String, String> {
    @Override
    public void entryAdded(EntryEvent<String, String> event) {
      tell(event.getValue());
    }

    @Override
    public void entryUpdated(EntryEvent<String, String> event) {
      tell(event.getValue());
    }

    private void tell(String json) {
      try {
        Acknowledgement acknowledgement = Acknowledgement.fromJson(json);
        onAcknowledgement.forEach(work -> work.accept(acknowledgement));
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "An acknowledgement in the cluster is unreadable: " + json, e);
      }
    }
  }
}

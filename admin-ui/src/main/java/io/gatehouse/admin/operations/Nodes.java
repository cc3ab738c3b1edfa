package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.SinkHealth;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.compile.Unserved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which gateway nodes are up, and what each of them serves. */
@ApplicationScoped
public class Nodes implements Operations {

  /**
   * A node that is up.
   *
   * @param address where its front door listens, {@code host:port}
   */
  public record NodeView(String name, String address) {}

  /**
   * How far a stage has travelled.
   *
   * @param revision the one that nodes should serve
   * @param acknowledgements of the nodes that have said something about it
   */
  public record StageReceipt(
      long revision, List<NodeView> nodes, List<Acknowledgement> acknowledgements) {}

  /**
   * What a node says of one of the engines that it sends logs to.
   *
   * @param sink {@code kafka}, {@code otlp}, {@code files} or {@code firehose}
   * @param sent records since the node started, as {@code dropped}
   * @param waiting records on the node's disk
   * @param failing why it takes none at the moment, in few words; empty while it does
   */
  public record SinkView(
      String node, String sink, long sent, long dropped, long waiting, Optional<String> failing) {}

  private ClusterClient cluster;
  private SinkHealth sinks;
  private StageStore stages;
  private SnapshotBuilder snapshots;

  protected Nodes() {}

  @Inject
  public Nodes(
      ClusterClient cluster, SinkHealth sinks, StageStore stages, SnapshotBuilder snapshots) {
    this.cluster = cluster;
    this.sinks = sinks;
    this.stages = stages;
    this.snapshots = snapshots;
  }

  /** None, when no node can be reached. */
  @ConsoleQuery
  public List<NodeView> nodes(Caller caller) {
    return live();
  }

  /** How what the nodes send logs to fares, of all tenants; none, when no node can be reached. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public List<SinkView> logSinks(Caller caller) {
    return sinks.seen().stream()
        .map(
            one ->
                new SinkView(
                    one.node(),
                    one.sink(),
                    one.sent(),
                    one.dropped(),
                    one.waiting(),
                    Optional.of(one.failing()).filter(text -> !text.isEmpty())))
        .toList();
  }

  /** What the live nodes have said about a stage. */
  @ConsoleQuery
  public List<Acknowledgement> acknowledgements(Caller caller, String apiId, String stageName) {
    return said(StageSnapshot.key(caller.account(), apiId, stageName), live());
  }

  @ConsoleQuery
  public StageReceipt receipt(Caller caller, String apiId, String stageName) {
    long revision = stages.get(caller, apiId, stageName).revision();
    List<NodeView> nodes = live();
    return new StageReceipt(
        revision, nodes, said(StageSnapshot.key(caller.account(), apiId, stageName), nodes));
  }

  /** What nodes of this version do not do of what a stage asks for. */
  @ConsoleQuery
  public List<Unserved> unserved(Caller caller, String apiId, String stageName) {
    return StageCompiler.unserved(snapshots.stage(stages.get(caller, apiId, stageName)));
  }

  private List<NodeView> live() {
    try {
      return cluster.nodes().stream()
          .map(node -> new NodeView(node.name(), node.address()))
          .toList();
    } catch (ClusterUnavailable none) {
      return List.of();
    }
  }

  private List<Acknowledgement> said(String key, List<NodeView> nodes) {
    Set<String> mapKeys =
        nodes.stream()
            .map(node -> Acknowledgement.mapKey(node.name(), key))
            .collect(Collectors.toSet());
    try {
      return cluster.acknowledgements(mapKeys).stream()
          .sorted(Comparator.comparing(Acknowledgement::node))
          .toList();
    } catch (ClusterUnavailable none) {
      return List.of();
    }
  }
}

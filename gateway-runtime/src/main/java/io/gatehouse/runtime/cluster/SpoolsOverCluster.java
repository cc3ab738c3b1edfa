package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes' spools, as the control plane empties them. Waits for the nodes, so it is for threads
 * that may.
 */
public final class SpoolsOverCluster {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolsOverCluster.class);
  private static final int PATIENCE_SECONDS = 5;

  /**
   * Up to where a node's records are stored.
   *
   * @param spool the spool's id: a node whose disk was emptied begins another
   */
  public record Position(String spool, long number) {

    /** Nothing is stored. */
    public static final Position NONE = new Position("", 0);
  }

  /**
   * What a node gave.
   *
   * @param first number of the first record; the others follow one by one
   */
  public record Delivery(String node, String spool, long first, List<byte[]> records) {

    /** What is stored when all of it is. */
    public Position position() {
      return new Position(spool, first + records.size() - 1);
    }
  }

  private final HazelcastInstance cluster;

  /**
   * @param cluster a member or a client
   */
  public SpoolsOverCluster(HazelcastInstance cluster) {
    this.cluster = cluster;
  }

  /**
   * Asks every node for what follows what is stored of it, which the node forgets. Nodes that do
   * not answer now are asked the next time.
   *
   * @param stored by the nodes' names
   * @param mostBytes of each node
   */
  public List<Delivery> fetch(String kind, Map<String, Position> stored, int mostBytes) {
    Map<String, Future<FetchRecords.Answer>> asked = new LinkedHashMap<>();
    for (Member member : cluster.getCluster().getMembers()) {
      String node = member.getAttribute(ClusterNames.NODE_NAME);
      if (node != null) {
        Position position = stored.getOrDefault(node, Position.NONE);
        FetchRecords ask = new FetchRecords(kind, position.spool(), position.number(), mostBytes);
        try {
          asked.put(
              node, cluster.getExecutorService(ClusterNames.SPOOLS).submitToMember(ask, member));
        } catch (RejectedExecutionException | HazelcastException e) {
          LOG.debug("node {} cannot be asked now: {}", node, e.toString());
        }
      }
    }
    List<Delivery> deliveries = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    asked.forEach((node, answer) -> await(node, answer, end, deliveries));
    return deliveries;
  }

  private static void await(
      String node, Future<FetchRecords.Answer> asked, long end, List<Delivery> into) {
    try {
      FetchRecords.Answer answer =
          asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!answer.records().isEmpty()) {
        into.add(new Delivery(node, answer.spool(), answer.first(), answer.records()));
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("node {} gave nothing: {}", node, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastException;
import io.gatehouse.runtime.limit.JournalFile;
import io.gatehouse.runtime.limit.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of this node as they are in operation: with their journal on its disk, their owners in
 * the cluster, and a thread of their own that asks them.
 */
public final class ClusterLimits implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterLimits.class);

  /** Differs from one start of the machine to the next. */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private static final long ALIVE_MILLIS = 500;
  private static final int LAST_WORD_SECONDS = 2;

  private final JournalFile journal;
  private final NodeLimits limits;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("limits").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy()); // the node is stopping

  /**
   * @param directory of the journal; one node's only
   * @param node its name
   * @param random a number that no other node, nor this one before, has drawn
   * @throws IOException where the journal cannot be kept
   */
  public ClusterLimits(
      Path directory,
      String node,
      LimitsMember cluster,
      InstantSource clock,
      LongSupplier nanos,
      LongSupplier random)
      throws IOException {
    journal =
        new JournalFile(directory, boot(), () -> node + "-" + Long.toHexString(random.getAsLong()));
    limits =
        new NodeLimits(
            new NodeLimits.Parts(
                cluster.owners(), journal.journal(), nanos, clock, thread, random.getAsLong()));
    thread.scheduleWithFixedDelay(
        this::tick, NodeLimits.TICK_MILLIS, NodeLimits.TICK_MILLIS, TimeUnit.MILLISECONDS);
    thread.scheduleWithFixedDelay(
        () -> sayAlive(cluster), ALIVE_MILLIS, ALIVE_MILLIS, TimeUnit.MILLISECONDS);
    cluster.onChange(() -> thread.execute(limits::membersChanged));
  }

  /** Empty where the machine does not say. */
  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private void tick() {
    try {
      limits.tick();
    } catch (RuntimeException e) {
      LOG.error("the limits could not be looked after; it is tried again", e);
    }
  }

  private static void sayAlive(LimitsMember cluster) {
    try {
      cluster.sayAlive();
      cluster.look();
    } catch (HazelcastException | IllegalStateException e) {
      LOG.debug("this node is leaving or between two clusters", e);
    }
  }

  /** What decides about requests. */
  public NodeLimits limits() {
    return limits;
  }

  /** Nobody may count any more. To be called before the node leaves the cluster. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(LAST_WORD_SECONDS, TimeUnit.SECONDS)) {
        journal.close();
      } else {
        LOG.error("the journal of quotas is left as it is: something still writes it");
      }
    } catch (IOException e) {
      LOG.error("the journal of quotas could not be closed: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.limit.BucketAnswer;
import io.gatehouse.runtime.limit.BucketAsk;
import io.gatehouse.runtime.limit.JournalFile;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.NodeLimits;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import io.gatehouse.runtime.limit.Throttle;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitMetersTest {

  @TempDir Path folder;

  /** Whom nobody asks here. */
  private static final class Silent implements LimitOwners {
    @Override
    public String ownerOf(String key) {
      return "";
    }

    @Override
    public int nodes() {
      return 1;
    }

    @Override
    public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {}

    @Override
    public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {}
  }

  @Test
  void whatLimitsDidIsInTheMetrics() throws Exception {
    Metrics metrics = new Metrics();
    try (JournalFile journal = new JournalFile(folder, "boot", () -> "node-1")) {
      NodeLimits limits =
          new NodeLimits(
              new NodeLimits.Parts(
                  new Silent(),
                  journal.journal(),
                  System::nanoTime,
                  InstantSource.system(),
                  Runnable::run,
                  1));
      LimitMeters.register(metrics, limits, () -> 2);

      limits.take(List.of(Throttle.of("a", 0, 0)), null, verdict -> {});
      limits.take(List.of(Throttle.of("b", 10, 5)), null, verdict -> {});

      System.gc(); // what meters read from is held by nobody else
      String told = metrics.scrape();
      for (String line :
          List.of(
              "gatehouse_limit_nodes_missed 2.0",
              "gatehouse_limit_throttled_total 1.0",
              "gatehouse_limit_lease_wait_total 1.0",
              "gatehouse_limit_waiting 1.0",
              "gatehouse_limit_buckets 1.0",
              "gatehouse_limit_overdraft_total 0.0")) {
        assertTrue(told.contains(line + "\n"), () -> line + " is not in " + told);
      }
    } finally {
      metrics.close();
    }
  }
}

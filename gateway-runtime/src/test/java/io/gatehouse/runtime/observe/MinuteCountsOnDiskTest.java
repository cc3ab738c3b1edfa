package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was counted outlives the node that counted it. */
class MinuteCountsOnDiskTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

  @TempDir private Path directory;

  private Spool spool() throws IOException {
    return new Spool(directory, 1 << 20, () -> "one");
  }

  @Test
  void whatWasHandedOverIsThereAfterARestart() throws IOException {
    for (int run = 0; run < 3; run++) {
      try (Spool spool = spool()) {
        MinuteCounts counts = new MinuteCounts(spool::offer, NOON, 1);
        for (int i = 0; i < 1_000; i++) {
          counts.over(MinuteCountsTest.plain(), 5_000_000, 0);
          if (i % 100 == 99) {
            counts.handOver();
          }
        }
      }
    }
    long counted = 0;
    long stored = 0;
    try (Spool spool = spool()) {
      Spool.Batch batch = spool.read(stored, 1_000);
      while (!batch.records().isEmpty()) {
        for (byte[] record : batch.records()) {
          counted +=
              MinuteRecord.decode(record).figures().values().stream()
                  .mapToLong(Figures::count)
                  .sum();
        }
        stored = batch.first() + batch.records().size() - 1;
        batch = spool.read(stored, 1_000);
      }
    }
    assertEquals(3_000, counted);
  }
}

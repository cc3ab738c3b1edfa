package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.cluster.Members.Tally;
import io.gatehouse.runtime.limit.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What came of the requests of a process, in a mapped file, where it is known even when the process
 * was killed. Each caller has a row of its own.
 */
final class TallyFile {

  private static final int COLUMNS = 5;
  private static final int ROW = COLUMNS * Long.BYTES;

  private final ByteBuffer rows;

  private TallyFile(ByteBuffer rows) {
    this.rows = rows;
  }

  static TallyFile create(Path folder, int callers) throws IOException {
    Path file = folder.resolve("tally");
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new TallyFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) callers * ROW));
    }
  }

  static Tally read(Path folder) throws IOException {
    return new TallyFile(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("tally")))).sum();
  }

  void count(int caller, Verdict verdict, boolean inTime) {
    int column =
        switch (verdict) {
          case Verdict.Admitted yes -> inTime ? 0 : 4;
          case Verdict.Throttled no -> 1;
          case Verdict.QuotaExceeded no -> 2;
          case Verdict.QuotaUnreachable no -> 3;
          case Verdict.Waiting never -> throw new IllegalStateException("no verdict");
        };
    int at = caller * ROW + column * Long.BYTES;
    rows.putLong(at, rows.getLong(at) + 1);
  }

  Tally sum() {
    long[] sums = new long[COLUMNS];
    for (int at = 0; at + ROW <= rows.limit(); at += ROW) {
      for (int column = 0; column < COLUMNS; column++) {
        sums[column] += rows.getLong(at + column * Long.BYTES);
      }
    }
    return new Tally(sums[0], sums[1], sums[2], sums[3], sums[4], 0);
  }
}

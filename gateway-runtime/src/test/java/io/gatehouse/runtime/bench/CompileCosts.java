package io.gatehouse.runtime.bench;

import static io.gatehouse.runtime.SampleApi.NO_BACKENDS;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import io.gatehouse.runtime.bench.BenchApi.Kind;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.CompiledStage;
import java.util.Arrays;
import java.util.Locale;

/** What a stage costs before its first request: reading its snapshot, compiling it, keeping it. */
final class CompileCosts {

  private static final int RESOURCES = 3000;
  private static final int STAGES = 10_000;
  private static final int TURNS = 15;
  private static final int COLLECTIONS = 3;

  void print() throws UnreadableSnapshot {
    System.out.printf(
        "%n%-52s %9s %9s %11s %11s%n",
        "one stage of 3,000 resources with a method each",
        "first ms",
        "CPU ms",
        "us/method",
        "B/method");
    for (Kind kind : Kind.values()) {
      ofOneStage(kind);
    }
    System.out.printf(
        "%n%-52s %9s %9s %11s %11s%n",
        "10,000 stages of 10 resources, the kinds in turn", "", "CPU ms", "us/stage", "B/stage");
    ofManyStages();
  }

  private static void ofOneStage(Kind kind) {
    StageSnapshot snapshot = BenchApi.stage("api", RESOURCES / BenchApi.SHAPES.size(), kind);
    long begin = CpuTime.nanos();
    StageCompiler.compile(snapshot, NO_BACKENDS);
    double first = millisSince(begin);
    CompiledStage[] compiled = new CompiledStage[TURNS];
    double[] millis = new double[TURNS];
    long before = used();
    for (int turn = 0; turn < TURNS; turn++) {
      begin = CpuTime.nanos();
      compiled[turn] = StageCompiler.compile(snapshot, NO_BACKENDS);
      millis[turn] = millisSince(begin);
    }
    long bytes = used() - before;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "  %-50s %9.0f %9.0f %11.1f %11d%n",
        kind.label,
        first,
        millis[TURNS / 2],
        millis[TURNS / 2] * 1000 / RESOURCES,
        kept(compiled, bytes) / RESOURCES / TURNS);
  }

  private static void ofManyStages() throws UnreadableSnapshot {
    LiveSnapshots live = new LiveSnapshots();
    long before = used();
    double reading = 0;
    double compiling = 0;
    for (int i = 0; i < STAGES; i++) {
      byte[] sent = SnapshotCodec.encode(BenchApi.stage("api" + i, 1, Kind.values()));
      long begin = CpuTime.nanos();
      StageSnapshot snapshot = (StageSnapshot) SnapshotCodec.decode(sent);
      reading += millisSince(begin);
      begin = CpuTime.nanos();
      live.put(StageCompiler.compile(snapshot, NO_BACKENDS));
      compiling += millisSince(begin);
    }
    long bytes = used() - before;
    System.out.printf(
        Locale.ROOT, "  %-50s %9s %9.0f %11.1f%n", "reading", "", reading, reading * 1000 / STAGES);
    System.out.printf(
        Locale.ROOT,
        "  %-50s %9s %9.0f %11.1f %11d%n",
        "compiling and keeping",
        "",
        compiling,
        compiling * 1000 / STAGES,
        kept(live, bytes) / STAGES);
  }

  /** The bytes, of which it is certain that they were still in use when they were counted. */
  private static long kept(Object held, long bytes) {
    if (held == null) {
      throw new IllegalStateException("nothing was compiled");
    }
    return bytes;
  }

  private static double millisSince(long nanos) {
    return (CpuTime.nanos() - nanos) / 1e6;
  }

  /** Bytes of the heap in use, after it was collected. */
  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.functions.TestHost.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A program, not a test: how long an invocation of each kind of function takes, when its process
 * has to be started and when it waits already. Without a gateway in front.
 */
public final class FunctionsBench {

  private static final int WARM_UP = 300;
  private static final int WARM = 2_000;

  /**
   * @param runtime in the vendor's words
   */
  private record Kind(String runtime, String handler, byte[] archive, int memory) {}

  private final TestHost host;
  private final int rounds;

  private FunctionsBench(TestHost host, int rounds) {
    this.host = host;
    this.rounds = rounds;
  }

  /** Takes the number of cold starts of each kind. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("gatehouse-functions-bench");
    try (TestHost host = TestHost.in(folder)) {
      FunctionsBench bench = new FunctionsBench(host, Integer.parseInt(arguments[0]));
      System.out.printf(
          "%n%-24s %10s %10s %10s %10s %10s %10s %12s%n",
          "kind",
          "first ms",
          "cold p50",
          "cold max",
          "warm p50",
          "warm p99",
          "warm max",
          "warm/s, one");
      for (Kind kind : kinds()) {
        bench.measure(kind);
      }
    } finally {
      DiskUse.delete(folder);
    }
  }

  private static List<Kind> kinds() throws IOException {
    String sample = JavaSample.class.getName().replace('.', '/') + ".class";
    return List.of(
        new Kind(
            "nodejs20.x",
            "index.handler",
            new Zips().file("index.js", "exports.handler = async (e) => e;").bytes(),
            128),
        new Kind(
            "python3.11",
            "app.handler",
            new Zips().file("app.py", "def handler(e, c):\n  return e\n").bytes(),
            128),
        new Kind(
            "java21",
            JavaSample.class.getName() + "::handleRequest",
            new Zips().file(sample, resource("/" + sample)).bytes(),
            512),
        new Kind(
            "provided.al2023",
            "none",
            new Zips().file("bootstrap", resource("/functions/bootstrap.sh")).bytes(),
            128));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FunctionsBench.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private void measure(Kind kind) {
    double first = cold(kind, -1);
    double[] cold = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      cold[round] = cold(kind, round);
    }
    // A script starts several programs for each event.
    int many = kind.runtime().startsWith("provided") ? WARM / 20 : WARM;
    for (int i = 0; i < Math.min(many, WARM_UP); i++) {
      invoke(kind);
    }
    double[] warm = new double[many];
    long begin = System.nanoTime();
    for (int i = 0; i < many; i++) {
      warm[i] = invoke(kind);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(cold);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%-24s %10.0f %10.0f %10.0f %10.2f %10.2f %10.2f %12.0f%n",
        kind.runtime() + ", " + kind.memory() + " MB",
        first,
        cold[rounds / 2],
        cold[rounds - 1],
        warm[many / 2],
        warm[many * 99 / 100],
        warm[many - 1],
        many / seconds);
  }

  /** Milliseconds of the first invocation of another version of the function. */
  private double cold(Kind kind, int round) {
    host.new Made(name(kind), kind.runtime(), kind.handler(), kind.archive())
        .memory(kind.memory())
        .variables(Map.of("ROUND", Integer.toString(round)))
        .live();
    return invoke(kind);
  }

  private double invoke(Kind kind) {
    long begin = System.nanoTime();
    Answer answer = host.invoke(name(kind), "{\"id\":1,\"type\":\"dog\",\"price\":249.99}");
    double took = (System.nanoTime() - begin) / 1e6;
    if (answer.status() != 200 || answer.header("X-Amz-Function-Error") != null) {
      throw new IllegalStateException(kind.runtime() + " answers " + answer.body());
    }
    return took;
  }

  private static String name(Kind kind) {
    return kind.runtime().replace('.', '-');
  }
}

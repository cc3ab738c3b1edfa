package io.gatehouse.runtime.bench;

import static io.gatehouse.runtime.SampleApi.NO_BACKENDS;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.admit.FindMethod;
import io.gatehouse.runtime.admit.FindStage;
import io.gatehouse.runtime.bench.BenchApi.Kind;
import io.gatehouse.runtime.bench.BenchApi.Shape;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A program, not a test: what it costs to find a request's stage and method by how much is loaded,
 * and what the loaded stages cost in memory and in time to compile. Runs the steps that serve
 * traffic, alone, on requests made beforehand, and counts the CPU time of its own thread.
 */
public final class RoutingBench {

  /** Different ones, as many in every case: what a case costs more is not the requests' own. */
  private static final int REQUESTS = 1 << 14;

  private static final int PASSES = 2;
  private static final int WARM_TURNS = 20;

  /**
   * What is loaded and what is asked of it.
   *
   * @param resources paths of the resources that have to be found
   */
  private record Case(String name, Steps steps, Request[] requests, String[] resources) {}

  /** The routing half of a node's admission. */
  private record Steps(FindStage findStage, FindMethod findMethod) {

    static Steps of(LiveSnapshots live) {
      return new Steps(new FindStage(live, () -> 1), new FindMethod());
    }

    Exchange route(Request request, Timeline timeline) {
      Exchange x = new Exchange(request, "id", "extended", "trace", 0, timeline);
      findStage.apply(x);
      findMethod.apply(x);
      return x;
    }
  }

  private final Random random = new Random(4);
  private final Timeline timeline = new Timeline(0);
  private final int rounds;
  private long found;

  private RoutingBench(int rounds) {
    this.rounds = rounds;
  }

  /** Takes the number of rounds. */
  public static void main(String[] arguments) throws Exception {
    RoutingBench bench = new RoutingBench(Integer.parseInt(arguments[0]));
    bench.stages();
    bench.resources();
    new CompileCosts().print();
  }

  private void stages() {
    LiveSnapshots ten = loaded(10_000);
    measure(
        "by the number of stages, each of an API of 10 resources",
        List.of(
            ofStages("1 stage", loaded(1), 1),
            ofStages("1,000 stages, all called", loaded(1000), 1000),
            ofStages("10,000 stages, all called", ten, 10_000),
            ofStages("10,000 stages, one called", ten, 1)));
  }

  private void resources() {
    measure(
        "by the number of resources of one API",
        List.of(
            ofResources("10 resources", 1, 1),
            ofResources("3,000 resources, all called", 300, 300),
            ofResources("3,000 resources, 10 called", 300, 1),
            labyrinth()));
  }

  private static LiveSnapshots loaded(int stages) {
    LiveSnapshots live = new LiveSnapshots();
    for (int i = 0; i < stages; i++) {
      load(live, BenchApi.stage(apiId(i), 1, Kind.MOCK));
    }
    return live;
  }

  private static void load(LiveSnapshots live, StageSnapshot snapshot) {
    live.put(StageCompiler.compile(snapshot, NO_BACKENDS));
  }

  private static String apiId(int number) {
    return "api%07d".formatted(number);
  }

  private Case ofStages(String name, LiveSnapshots live, int called) {
    return randomly(name, live, () -> apiId(random.nextInt(called)), () -> 0);
  }

  private Case ofResources(String name, int groups, int called) {
    LiveSnapshots live = new LiveSnapshots();
    load(live, BenchApi.stage(apiId(0), groups, Kind.MOCK));
    return randomly(name, live, () -> apiId(0), () -> random.nextInt(called));
  }

  private Case randomly(
      String name, LiveSnapshots live, Supplier<String> apiId, IntSupplier group) {
    Request[] requests = new Request[REQUESTS];
    String[] resources = new String[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      String below = "/" + BenchApi.group(group.getAsInt());
      Shape shape = BenchApi.SHAPES.get(random.nextInt(BenchApi.SHAPES.size()));
      requests[i] = request(apiId.get(), below + shape.request());
      resources[i] = below + shape.resource();
    }
    return new Case(name, Steps.of(live), requests, resources);
  }

  private static Case labyrinth() {
    LiveSnapshots live = new LiveSnapshots();
    StageSnapshot snapshot = BenchApi.labyrinth(apiId(0));
    load(live, snapshot);
    Request[] requests = new Request[REQUESTS];
    String[] resources = new String[REQUESTS];
    Arrays.fill(requests, request(apiId(0), "/a".repeat(BenchApi.LABYRINTH_DEPTH)));
    Arrays.fill(resources, BenchApi.labyrinthPath(-1));
    return new Case(
        "a labyrinth: the worst that 1,022 can do", Steps.of(live), requests, resources);
  }

  private static Request request(String apiId, String path) {
    return new Request(
        "GET",
        "/_aws/execute-api/" + apiId + "/" + BenchApi.STAGE + path,
        "",
        "localhost",
        new HeaderList(),
        Body.EMPTY,
        "127.0.0.1",
        "http",
        "HTTP/1.1");
  }

  private void measure(String title, List<Case> cases) {
    cases.forEach(this::check);
    for (int turn = 0; turn < WARM_TURNS; turn++) {
      cases.forEach(this::nanosPerRequest);
    }
    List<double[]> nanos = new ArrayList<>();
    cases.forEach(c -> nanos.add(new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < cases.size(); i++) {
        nanos.get(i)[round] = nanosPerRequest(cases.get(i));
      }
    }
    System.out.printf(
        "%n%-52s %11s %11s %18s%n", title, "CPU ns", ": smallest", "fastest, slowest");
    nanos.forEach(Arrays::sort);
    for (int i = 0; i < cases.size(); i++) {
      double[] sorted = nanos.get(i);
      System.out.printf(
          Locale.ROOT,
          "  %-50s %11.0f %11.2f %9.0f%9.0f%n",
          cases.get(i).name(),
          sorted[rounds / 2],
          sorted[rounds / 2] / nanos.getFirst()[rounds / 2],
          sorted[0],
          sorted[rounds - 1]);
    }
  }

  /** A figure means nothing where the wrong method is found. */
  private void check(Case c) {
    for (int i = 0; i < REQUESTS; i++) {
      String resource = c.steps().route(c.requests()[i], timeline).method().resourcePath();
      if (!resource.equals(c.resources()[i])) {
        throw new IllegalStateException(
            c.requests()[i].path() + " found " + resource + " instead of " + c.resources()[i]);
      }
    }
  }

  private double nanosPerRequest(Case c) {
    long begin = CpuTime.nanos();
    for (int pass = 0; pass < PASSES; pass++) {
      for (Request request : c.requests()) {
        Exchange x = c.steps().route(request, timeline);
        // Used, so that the compiler cannot leave the search out.
        found += x.method().resourcePath().length();
      }
    }
    long took = CpuTime.nanos() - begin;
    if (found == 0) {
      throw new IllegalStateException("nothing was found");
    }
    return (double) took / (PASSES * REQUESTS);
  }
}

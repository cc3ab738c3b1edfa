package io.gatehouse.runtime.bench;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.observe.MinuteCounts;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** A program, not a test: what counting costs a request, on one event loop and on two at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class MinuteCountsBench {

  private final MinuteCounts counts = new MinuteCounts(record -> true, InstantSource.system(), 2);
  private final Exchange plain = exchange(false);
  private final Exchange detailed = exchange(true);

  private static Exchange exchange(boolean detailed) {
    CompiledStage stage =
        StageCompiler.compile(
            SampleApi.api("pets", detailed ? "detailed" : "plain")
                .mock("GET", "/pets", 200, "ok")
                .stage(
                    s ->
                        s.methodSettings(
                            Map.of(
                                "*/*", MethodSetting.builder().metricsEnabled(detailed).build())))
                .snapshot(1),
            SampleApi.NO_BACKENDS,
            SampleApi.NO_AUTHORIZERS);
    Request request =
        new Request(
            "GET", "/", "", "x", new HeaderList(), Body.EMPTY, "10.0.0.9", "https", "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "extended", "Root=1-2-3", 0, new Timeline(0));
    x.stage(stage, "/pets");
    x.method(stage.routes().find("/pets", found -> true).value().method("GET"), List.of());
    x.response(new Response(200, new HeaderList(), Body.EMPTY));
    x.backendStarted(1_000);
    x.backendEnded(2_000_000);
    return x;
  }

  @Benchmark
  @Threads(1)
  public void ofItsStage() {
    counts.over(plain, 3_000_000, 0);
  }

  @Benchmark
  @Threads(2)
  public void ofItsStageOnTwoLoops() {
    counts.over(plain, 3_000_000, 0);
  }

  @Benchmark
  @Threads(1)
  public void ofItsMethodToo() {
    counts.over(detailed, 3_000_000, 0);
  }

  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(MinuteCountsBench.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}

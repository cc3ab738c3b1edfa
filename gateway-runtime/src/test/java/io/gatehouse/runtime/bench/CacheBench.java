package io.gatehouse.runtime.bench;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.cache.KeepResponse;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.cache.SharedResponses;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/**
 * What it costs to find a kept answer, without the door. A program for people: it prints, and fails
 * nothing.
 */
public final class CacheBench implements ResponseCache.Reply {

  private static final int REQUESTS = 200_000;
  private static final int WARM_TURNS = 20;
  private static final Instant NOW = Instant.ofEpochSecond(1_714_571_999);

  private record Case(String name, CompiledStage stage, CompiledMethod method, Request request) {}

  private final ResponseCache cache =
      new ResponseCache(
          new ResponseCache.Parts(
              "bench",
              64 << 20,
              Optional.empty(),
              SharedResponses.NONE,
              () -> Runnable::run,
              (millis, work) -> {},
              () -> NOW,
              System::nanoTime,
              () -> 1));
  private final KeepResponse keep = new KeepResponse();
  private final Timeline timeline = new Timeline(0);
  private Response served;
  private boolean asked;

  private CacheBench() {}

  /**
   * @param arguments the number of rounds
   */
  public static void main(String[] arguments) {
    new CacheBench().measure(Integer.parseInt(arguments[0]));
  }

  private void measure(int rounds) {
    List<Case> cases = cases();
    for (int turn = 0; turn < WARM_TURNS; turn++) {
      cases.forEach(this::nanosPerRequest);
    }
    System.out.printf(
        "%n%-46s %11s %18s%n", "a hit, without the door", "CPU ns", "fastest, slowest");
    for (Case c : cases) {
      double[] nanos = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        nanos[round] = nanosPerRequest(c);
      }
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "  %-44s %11.0f %9.0f%9.0f%n",
          c.name(),
          nanos[rounds / 2],
          nanos[0],
          nanos[rounds - 1]);
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(of("no parameters", "", ""));
    cases.add(of("a query parameter in the key", "page=12", "", "method.request.querystring.page"));
    cases.add(
        of(
            "a path variable and two query parameters",
            "page=12&limit=50",
            "",
            "method.request.path.id",
            "method.request.querystring.page",
            "method.request.querystring.limit"));
    cases.add(of("who calls in the key", "", "Bearer abcdefghijklmnopqrstuvwxyz0123456789"));
    return cases;
  }

  private static Case of(String name, String query, String authorization, String... parameters) {
    Method plain = SampleApi.proxyMethod("/pets/{id}", "http://10.0.0.1/pets/{id}").build();
    Method method =
        plain.toBuilder()
            .methodIntegration(
                plain.methodIntegration().toBuilder().cacheKeyParameters(parameters).build())
            .build();
    StageSnapshot snapshot =
        SampleApi.api("bench", "dev")
            .method("GET", "/pets/{id}", method)
            .stage(
                stage ->
                    stage
                        .cacheClusterEnabled(true)
                        .deploymentId(name)
                        .methodSettings(
                            Map.of("*/*", MethodSetting.builder().cachingEnabled(true).build())))
            .snapshot(1);
    CompiledStage stage = StageCompiler.compile(snapshot, SampleApi.NO_BACKENDS);
    HeaderList headers =
        new HeaderList()
            .add("Host", "bench.execute-api.us-east-1.amazonaws.com")
            .add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101")
            .add("Accept", "application/json")
            .add("Accept-Language", "en-US,en;q=0.5")
            .add("Accept-Encoding", "gzip, deflate, br")
            .add("X-Forwarded-For", "192.0.2.1")
            .add("X-Forwarded-Proto", "https");
    if (!authorization.isEmpty()) {
      headers.add("Authorization", authorization);
    }
    Request request =
        new Request(
            "GET",
            "/dev/pets/1",
            query,
            "bench",
            headers,
            Body.EMPTY,
            "127.0.0.1",
            "http",
            "HTTP/1.1");
    return new Case(
        name, stage, stage.routes().find("/pets/1", found -> true).value().method("GET"), request);
  }

  private double nanosPerRequest(Case c) {
    long begin = CpuTime.nanos();
    int hits = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Exchange x =
          new Exchange(c.request(), "id", "extended", "trace", NOW.toEpochMilli(), timeline);
      x.stage(c.stage(), "/pets/1");
      x.method(c.method(), List.of("1"));
      served = null;
      asked = false;
      cache.lookUp(x, this);
      if (served != null) {
        hits++;
      } else if (asked) {
        fill(x);
      }
    }
    long took = CpuTime.nanos() - begin;
    if (hits < REQUESTS - 1) {
      throw new IllegalStateException("only " + hits + " hits");
    }
    return (double) took / REQUESTS;
  }

  private void fill(Exchange x) {
    byte[] body = "{\"id\": 1, \"type\": \"dog\", \"price\": 249.99}".getBytes();
    HeaderList headers = new HeaderList().add("Content-Type", "application/json");
    x.backendResponse(new BackendResponse(200, headers, new Body.Bytes(body)));
    x.response(new Response(200, headers, new Body.Bytes(body)));
    keep.apply(x);
  }

  @Override
  public void serve(Response kept) {
    served = kept;
  }

  @Override
  public void ask() {
    asked = true;
  }

  @Override
  public void refuse(GatewayException refusal) {
    throw refusal;
  }
}

package io.gatehouse.runtime.fuzz;

import static io.gatehouse.runtime.SampleApi.api;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.RequestTarget;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Timeline;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.apigateway.model.Method;

/** A stage with one method, and exchanges that have found it. */
final class Served {

  private static final long STEPS = 200_000;

  private final CompiledStage stage;

  private Served(CompiledStage stage) {
    this.stage = stage;
  }

  static Served method(String resourcePath, Method method) {
    return of(api("abc123", "dev").method("ANY", resourcePath, method).snapshot(1));
  }

  static Served of(StageSnapshot snapshot) {
    return new Served(StageCompiler.compile(snapshot, SampleApi.NO_BACKENDS));
  }

  /** Null where the target leads to no method. */
  Exchange exchange(RequestTarget target, HeaderList headers, String body) {
    var match = stage.routes().find(target.path(), resource -> true);
    if (match == null) {
      return null;
    }
    for (String capture : match.captures()) {
      if (!target.path().contains(capture)) {
        throw new AssertionError(capture + " is captured, which is not in " + target.path());
      }
    }
    Request request =
        new Request(
            "POST",
            target.path(),
            target.query(),
            "example.com",
            headers,
            new Body.Bytes(body.getBytes(StandardCharsets.UTF_8)),
            "192.0.2.7",
            "http",
            "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "extended=", "Root=1-a-b", 1000, new Timeline(0));
    x.stage(stage, target.path());
    x.method(match.value().method("POST"), match.captures());
    x.budget(Budget.of(STEPS));
    return x;
  }
}

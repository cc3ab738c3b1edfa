package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.runtime.exchange.Trace;
import io.gatehouse.runtime.log.Logged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Logged requests, and patience. */
final class SinkSamples {

  static final String ACCOUNT = "123456789012";

  private SinkSamples() {}

  static RequestRecord record(String id, String stage) {
    return new RequestRecord(
        id,
        "ext",
        "Root=1-5759e988-bd862e3fe1be46a994272793",
        1_700_000_000_123L,
        new Place(ACCOUNT, "api0000001", stage, false, "dep1", "res1", "/pets/{id}"),
        new Call("GET", "/pets/1", "192.0.2.1", "key1"),
        new Answer(
            504,
            new Refusal("BACKEND_TIMEOUT", "it was late", "INTEGRATION_TIMEOUT", null),
            29_000_000,
            new Integration(28_999_000, 0),
            "MISS",
            41),
        List.of(new Step("FindStage", 12), new Step("CallBackend", 28_999_000)),
        Level.ERROR,
        List.of(new Line(1_700_000_000_124L, "(" + id + ") Starting execution")),
        "line of " + id);
  }

  static Logged logged(String id, String stage, Trace trace, DeliveryStream stream) {
    RequestRecord record = record(id, stage);
    return new Logged(record, record.toJson(), trace, stream);
  }

  static byte[] written(String id) {
    return SinkRecord.write(logged(id, "prod", null, null));
  }

  static String id(SinkRecord record) {
    return RequestRecord.fromJson(record.json()).requestId();
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("still not: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}

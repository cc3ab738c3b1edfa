package io.gatehouse.runtime.sink;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArrayBuilder;
import java.util.List;

/** How sinks fare, as nodes tell the control plane. */
public final class SinkReport {

  private SinkReport() {}

  /** A JSON array. */
  public static String of(List<SinkStatus> statuses) {
    JsonArrayBuilder all = JSON.createArrayBuilder();
    for (SinkStatus one : statuses) {
      all.add(
          JSON.createObjectBuilder()
              .add("sink", one.sink())
              .add("sent", one.sent())
              .add("dropped", one.dropped())
              .add("waiting", one.waiting())
              .add("waitingBytes", one.waitingBytes())
              .add("failing", one.failing())
              .add("lastFailure", one.lastFailure())
              .add("lastFailureAt", one.lastFailureAt()));
    }
    return all.build().toString();
  }
}

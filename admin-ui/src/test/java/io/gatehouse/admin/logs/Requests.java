package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.runtime.exchange.Reason;
import java.time.Instant;
import java.util.List;

/** Records as nodes write them. */
public final class Requests {

  public static final String ANN = "111111111111";
  public static final String BEN = "222222222222";

  private Requests() {}

  /** One whose answer was the backend's. */
  public static RequestRecord served(String account, String id, Instant time, int status) {
    return new RequestRecord(
        id,
        "Extended-" + id + "=",
        "Root=1-2-3",
        time.toEpochMilli(),
        new Place(account, "api1", "prod", false, "dep1", "res1", "/pets/{petId}"),
        new Call("GET", "/prod/pets/" + id, "198.51.100.7", "key1"),
        new Answer(status, null, 12_345, new Integration(9_000, status), "MISS", 17),
        List.of(new Step("FindStage", 10), new Step("CallBackend", 9_100)),
        status >= 500 ? Level.ERROR : Level.INFO,
        List.of(
            new Line(time.toEpochMilli(), "(" + id + ") Starting execution"),
            new Line(time.toEpochMilli(), "(" + id + ") The cat said miau_42 to 10.0.0.5")),
        "198.51.100.7 GET " + status);
  }

  /** One that the gateway has refused. */
  public static RequestRecord refused(String account, String id, Instant time, Reason reason) {
    RequestRecord served = served(account, id, time, 403);
    return new RequestRecord(
        id,
        served.extendedRequestId(),
        served.xrayTraceId(),
        served.time(),
        served.place(),
        served.call(),
        new Answer(
            429,
            new Refusal(reason.name(), reason.text(), "THROTTLED", "10 a second"),
            700,
            null,
            null,
            30),
        List.of(new Step("FindStage", 10), new Step("Throttle", 20)),
        Level.ERROR,
        List.of(),
        null);
  }
}

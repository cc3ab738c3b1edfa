package io.gatehouse.model.observed;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads records; one that is damaged is told by its member. */
final class RecordReader {

  private final JsonObject in;

  private RecordReader(JsonObject in) {
    this.in = in;
  }

  static RequestRecord read(byte[] json) {
    JsonValue value;
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(json))) {
      value = reader.readValue();
    } catch (JsonException | IllegalStateException e) {
      throw new IllegalArgumentException("the record is no JSON: " + e.getMessage(), e);
    }
    if (value instanceof JsonObject object) {
      return new RecordReader(object).record();
    }
    throw new IllegalArgumentException("the record is no JSON object");
  }

  private RequestRecord record() {
    return new RequestRecord(
        text("requestId"),
        text("extendedRequestId"),
        text("xrayTraceId"),
        number("time"),
        place(),
        new Call(text("httpMethod"), text("path"), text("ip"), textOrNull("apiKeyId")),
        answer(),
        all("steps", step -> new Step(step.text("step"), step.number("micros"))),
        level(),
        all("execution", line -> new Line(line.number("time"), line.text("text"))),
        textOrNull("access"));
  }

  private Place place() {
    return new Place(
        text("accountId"),
        text("apiId"),
        text("stage"),
        in.get("canary") == JsonValue.TRUE,
        text("deploymentId"),
        textOrNull("resourceId"),
        textOrNull("resourcePath"));
  }

  private Answer answer() {
    Refusal refusal =
        in.containsKey("reason")
            ? new Refusal(
                text("reason"), text("because"), text("responseType"), textOrNull("detail"))
            : null;
    Integration integration =
        in.containsKey("integrationLatencyMicros")
            ? new Integration(
                number("integrationLatencyMicros"),
                in.containsKey("integrationStatus") ? (int) number("integrationStatus") : 0)
            : null;
    return new Answer(
        (int) number("status"),
        refusal,
        number("latencyMicros"),
        integration,
        textOrNull("cache"),
        number("responseLength"));
  }

  private Level level() {
    String name = text("level");
    try {
      return Level.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the record's level is " + name, e);
    }
  }

  private <T> List<T> all(String name, Function<RecordReader, T> one) {
    if (!(in.get(name) instanceof JsonArray array)) {
      throw wrong(name, "a list");
    }
    List<T> all = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      if (!(value instanceof JsonObject object)) {
        throw wrong(name, "a list of objects");
      }
      all.add(one.apply(new RecordReader(object)));
    }
    return all;
  }

  private String text(String name) {
    if (in.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw wrong(name, "a text");
  }

  private String textOrNull(String name) {
    return in.containsKey(name) ? text(name) : null;
  }

  private long number(String name) {
    if (in.get(name) instanceof JsonNumber number && number.isIntegral()) {
      return number.longValue();
    }
    throw wrong(name, "a whole number");
  }

  private IllegalArgumentException wrong(String name, String wanted) {
    return new IllegalArgumentException("the record's " + name + " must be " + wanted);
  }
}

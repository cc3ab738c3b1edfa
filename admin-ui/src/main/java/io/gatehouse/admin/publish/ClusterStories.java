package io.gatehouse.admin.publish;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.runtime.cluster.StoriesOverCluster;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Logger;

/** The stories of the nodes in the cluster, told as the records that logs are made of. */
@ApplicationScoped
public class ClusterStories implements NodeStories {

  private static final Logger LOG = Logger.getLogger(ClusterStories.class.getName());

  private ClusterClient cluster;

  protected ClusterStories() {}

  @Inject
  public ClusterStories(ClusterClient cluster) {
    this.cluster = cluster;
  }

  @Override
  public Optional<RequestRecord> story(String requestId) {
    try {
      return cluster
          .ask(instance -> new StoriesOverCluster(instance).of(requestId))
          .flatMap(ClusterStories::record);
    } catch (ClusterUnavailable none) {
      return Optional.empty();
    }
  }

  /** Empty for what a node of another version tells otherwise. */
  static Optional<RequestRecord> record(String story) {
    try (JsonReader reader = JSON.createReader(new StringReader(story))) {
      return Optional.of(record(reader.readObject()));
    } catch (JsonException | DateTimeException | ClassCastException | NullPointerException e) {
      LOG.fine(() -> "A node tells a story that is not understood: " + e);
      return Optional.empty();
    }
  }

  private static RequestRecord record(JsonObject in) {
    long time = Instant.parse(in.getString("requestTime")).toEpochMilli();
    return new RequestRecord(
        in.getString("requestId"),
        "",
        "",
        time,
        new Place(
            in.getString("accountId", ""),
            in.getString("apiId", ""),
            in.getString("stage", ""),
            false,
            in.getString("deploymentId", ""),
            null,
            null),
        new Call(in.getString("httpMethod"), in.getString("path"), "", null),
        answer(in),
        objects(in, "steps").stream()
            .map(s -> new Step(s.getString("step"), s.getJsonNumber("micros").longValue()))
            .toList(),
        Level.ERROR,
        texts(in, "functionLog").stream().map(text -> new Line(time, text)).toList(),
        null);
  }

  private static Answer answer(JsonObject in) {
    return new Answer(
        in.getInt("status"),
        new Refusal(
            in.getString("reason"),
            in.getString("because"),
            in.getString("responseType"),
            in.getString("detail", null)),
        in.getJsonNumber("responseLatencyMicros").longValue(),
        in.containsKey("integrationLatencyMicros")
            ? new Integration(in.getJsonNumber("integrationLatencyMicros").longValue(), 0)
            : null,
        in.containsKey("cache") ? in.getString("cache").toUpperCase(Locale.ROOT) : null,
        0);
  }

  private static List<JsonObject> objects(JsonObject in, String name) {
    return in.getJsonArray(name).getValuesAs(JsonObject.class);
  }

  private static List<String> texts(JsonObject in, String name) {
    JsonArray texts = in.containsKey(name) ? in.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
    return texts.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}

package io.gatehouse.runtime.observe;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Timeline;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why the last refused or failed requests were: found by the id that the caller was given in {@code
 * x-amzn-RequestId}. Bodies, header values and queries are not in it. Kept in memory, the oldest
 * making way.
 */
public final class Stories implements Observer {

  /**
   * @param place who and where, as far as it was known
   * @param backendNanos -1 when the backend was not called
   */
  private record Story(
      String requestId,
      long startMillis,
      long nanos,
      String method,
      String path,
      Optional<Place> place,
      int status,
      GatewayException refusal,
      long backendNanos,
      Optional<CacheResult> cacheResult,
      List<Timeline.Entry> steps) {}

  /**
   * Of all stories together: one that is long takes room from the logs of others, not from them.
   */
  private static final long MOST_LOG_CHARACTERS = 16 << 20;

  private record Place(String account, String apiId, String stage, String deploymentId) {}

  private final Map<String, Story> stories;

  /** What functions wrote, by request id; guarded by {@link #stories}. */
  private final Map<String, List<String>> functionLogs = new LinkedHashMap<>();

  private long logCharacters;

  /**
   * @param most stories that are kept
   */
  public Stories(int most) {
    this.stories =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Story> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.refusal() == null) {
      return;
    }
    Story story =
        new Story(
            x.id(),
            x.startMillis(),
            endNanos - x.timeline().start(),
            x.request().method(),
            x.request().path(),
            x.hasStage() ? Optional.of(place(x.stage())) : Optional.empty(),
            x.status(),
            x.refusal(),
            x.backendNanos(),
            Optional.ofNullable(x.cacheResult()),
            x.timeline().entries());
    List<String> written = x.functionLog() == null ? List.of() : x.functionLog().lines();
    synchronized (stories) {
      stories.put(x.id(), story);
      if (!written.isEmpty()) {
        functionLogs.put(x.id(), written);
        logCharacters += characters(written);
        forgetOldLogs();
      }
    }
  }

  private void forgetOldLogs() {
    Iterator<List<String>> oldest = functionLogs.values().iterator();
    while (logCharacters > MOST_LOG_CHARACTERS) {
      logCharacters -= characters(oldest.next());
      oldest.remove();
    }
  }

  private static long characters(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  private static Place place(CompiledStage stage) {
    return new Place(stage.account(), stage.apiId(), stage.stageName(), stage.deploymentId());
  }

  /** The story of a request, empty when it was not refused or is not remembered. */
  public Optional<JsonObject> of(String requestId) {
    Story story;
    List<String> written;
    synchronized (stories) {
      story = stories.get(requestId);
      written = functionLogs.getOrDefault(requestId, List.of());
    }
    return Optional.ofNullable(story).map(told -> json(told, written));
  }

  private static JsonObject json(Story story, List<String> written) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("requestId", story.requestId())
            .add("requestTime", Instant.ofEpochMilli(story.startMillis()).toString())
            .add("httpMethod", story.method())
            .add("path", story.path());
    story
        .place()
        .ifPresent(
            place ->
                out.add("accountId", place.account())
                    .add("apiId", place.apiId())
                    .add("stage", place.stage())
                    .add("deploymentId", place.deploymentId()));
    out.add("status", story.status())
        .add("responseType", story.refusal().type().name())
        .add("reason", story.refusal().reason().name())
        .add("because", story.refusal().reason().text());
    if (story.refusal().detail() != null) {
      out.add("detail", story.refusal().detail());
    }
    out.add("responseLatencyMicros", story.nanos() / 1000);
    if (story.backendNanos() >= 0) {
      out.add("integrationLatencyMicros", story.backendNanos() / 1000);
    }
    story.cacheResult().ifPresent(result -> out.add("cache", result.text()));
    JsonArrayBuilder steps = JSON.createArrayBuilder();
    for (Timeline.Entry step : story.steps()) {
      steps.add(
          JSON.createObjectBuilder().add("step", step.step()).add("micros", step.nanos() / 1000));
    }
    if (!written.isEmpty()) {
      out.add("functionLog", JSON.createArrayBuilder(written));
    }
    return out.add("steps", steps).build();
  }
}

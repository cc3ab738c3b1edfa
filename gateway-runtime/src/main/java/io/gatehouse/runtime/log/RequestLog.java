package io.gatehouse.runtime.log;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.runtime.exchange.AccessLine;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.observe.ExecutionLines;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.observe.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes down the requests that their stages want logged, one record each, for whoever fetches
 * them. What does not fit is dropped and counted; requests never wait for it, and one that is not
 * logged costs nothing.
 */
public final class RequestLog implements Observer {

  /** Records a second of a node; more would be its main work. */
  private static final int MOST_PER_SECOND = 20_000;

  /**
   * Of those, requests that were refused because there were too many: whoever makes them in a flood
   * would have the node do nothing but tell of them.
   */
  private static final int MOST_THROTTLED_PER_SECOND = 200;

  /** Requests that reached no API: anybody can make them, and nobody has asked for their logs. */
  private static final int MOST_ASTRAY_PER_SECOND = 100;

  private static final int TOO_MANY_REQUESTS = 429;

  /** Where records go. */
  public interface Sink {

    /** Never waits; false where the record was dropped. */
    boolean offer(Logged logged);

    /**
     * Whether a record would find room; one that would not is not made.
     *
     * @param stream that the record's line goes to besides; null for none
     */
    default boolean hasRoom(DeliveryStream stream) {
      return true;
    }
  }

  private final Sink sink;
  private final LogShares shares;
  private final LogShares throttled;
  private final LogShares astray;
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /**
   * @param nanos now, by the clock of exchanges' ends
   */
  public RequestLog(Sink sink, long nanos) {
    this.sink = sink;
    this.shares = new LogShares(MOST_PER_SECOND, nanos);
    this.throttled = new LogShares(MOST_THROTTLED_PER_SECOND, nanos);
    this.astray = new LogShares(MOST_ASTRAY_PER_SECOND, nanos);
  }

  /** Records that were handed on. */
  public long written() {
    return written.sum();
  }

  /** Records that were dropped. */
  public long dropped() {
    return dropped.sum();
  }

  /** The same by account, of those that had any dropped. */
  public Map<String, Long> droppedByAccount() {
    return shares.dropped();
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (!x.hasStage()) {
      wentAstray(x, endNanos, bytesSent);
      return;
    }
    AccessLine accessLog = x.stage().logging().accessLog();
    boolean failed = x.refusal() != null || x.status() >= 500;
    boolean wanted = x.logging().logs(failed);
    if (!wanted && accessLog == null) {
      return;
    }
    String account = x.stage().account();
    boolean logs = wanted && (!isThrottled(x) || throttled.take(account, endNanos));
    if ((logs || accessLog != null)
        && shares.take(account, endNanos)
        && sink.hasRoom(x.stage().logging().stream())) {
      Level level = !logs ? Level.ACCESS : failed ? Level.ERROR : Level.INFO;
      write(account, x, record(x, level, accessLog, endNanos, bytesSent), endNanos);
    } else {
      drop(account, endNanos);
    }
  }

  /** Whoever was given its id may ask what became of it. */
  private void wentAstray(Exchange x, long endNanos, long bytesSent) {
    if (x.refusal() == null) {
      return;
    }
    if (astray.take(Place.NOBODY, endNanos)) {
      RequestRecord record = record(x, Level.ERROR, null, endNanos, bytesSent);
      write(Place.NOBODY, x, record, endNanos);
    } else {
      drop(Place.NOBODY, endNanos);
    }
  }

  private void write(String account, Exchange x, RequestRecord record, long endNanos) {
    Logged logged =
        new Logged(
            record, record.toJson(), x.trace(), x.hasStage() ? x.stage().logging().stream() : null);
    if (sink.offer(logged)) {
      written.increment();
    } else {
      drop(account, endNanos);
    }
  }

  private void drop(String account, long endNanos) {
    dropped.increment();
    shares.dropped(account, endNanos);
  }

  private static boolean isThrottled(Exchange x) {
    return x.refusal() != null && x.status() == TOO_MANY_REQUESTS;
  }

  private static RequestRecord record(
      Exchange x, Level level, AccessLine accessLog, long endNanos, long bytes) {
    Secrets secrets = Secrets.of(x);
    return new RequestRecord(
        x.id(),
        x.extendedId(),
        secrets.hiddenIn(x.traceId()),
        x.startMillis(),
        place(x),
        new Call(
            x.request().method(),
            secrets.hiddenIn(x.request().path()),
            x.request().remoteAddress(),
            x.apiKey() == null ? null : x.apiKey().id()),
        answer(x, secrets, endNanos, bytes),
        steps(x),
        level,
        level == Level.ACCESS || !x.hasStage() ? List.of() : execution(x, secrets, endNanos),
        accessLog == null ? null : accessLog.of(x, secrets::hiddenIn, endNanos, bytes));
  }

  private static Place place(Exchange x) {
    if (!x.hasStage()) {
      return Place.OF_NOBODY;
    }
    CompiledStage stage = x.stage();
    return new Place(
        stage.account(),
        stage.apiId(),
        stage.stageName(),
        "true".equals(stage.isCanaryRequest()),
        stage.deploymentId(),
        x.hasMethod() ? x.method().resourceId() : null,
        x.hasMethod() ? x.method().resourcePath() : null);
  }

  private static Answer answer(Exchange x, Secrets secrets, long endNanos, long bytes) {
    Integration integration =
        x.backendNanos() < 0
            ? null
            : new Integration(
                x.backendNanos() / 1000, x.hasBackendResponse() ? x.backendResponse().status() : 0);
    return new Answer(
        x.status(),
        x.refusal() == null ? null : refusal(x.refusal(), secrets),
        (endNanos - x.timeline().start()) / 1000,
        integration,
        x.cacheResult() == null ? null : x.cacheResult().name(),
        bytes);
  }

  private static Refusal refusal(GatewayException refusal, Secrets secrets) {
    String detail = refusal.detail();
    return new Refusal(
        refusal.reason().name(),
        refusal.reason().text(),
        refusal.type().name(),
        detail == null ? null : ExecutionLog.cut(secrets.hiddenIn(secrets.text(detail))));
  }

  private static List<Step> steps(Exchange x) {
    List<Timeline.Entry> entries = x.timeline().entries();
    List<Step> steps = new ArrayList<>(entries.size());
    for (Timeline.Entry entry : entries) {
      steps.add(new Step(entry.step(), entry.nanos() / 1000));
    }
    return steps;
  }

  private static List<Line> execution(Exchange x, Secrets secrets, long endNanos) {
    List<Line> lines = new ArrayList<>(24);
    String id = "(" + x.id() + ") ";
    ExecutionLines.write(
        x,
        secrets,
        x.logging().dataTrace(),
        new ExecutionLines.End(
            x.hasResponse() ? x.response().headers() : new HeaderList(),
            List.of(),
            x.startMillis() + (endNanos - x.timeline().start()) / 1_000_000),
        (now, text) -> lines.add(new Line(now, id + ExecutionLog.cut(text))));
    return lines;
  }
}

package io.gatehouse.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.limit.Verdict;
import io.gatehouse.runtime.spool.Spool;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

class RequestLogTest {

  private static final String API = "/_aws/execute-api/log0000001/prod";
  private static final String ANSWER =
      "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s";

  private Door door;
  private Records records;
  private RawBackend backend;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend(answering(200, "{\"made\":1}"));
    door = new Door("127.0.0.1/32", 100);
    records = new Records(door);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private static RawBackend.Script answering(int status, String body) {
    return RawBackend.answering(ANSWER.formatted(status, body.length(), body));
  }

  private void serve(Consumer<Stage.Builder> stage) {
    door.serve(
        SampleApi.api("log0000001", "prod")
            .mock("GET", "/ok", 200, "{}")
            .proxy("ANY", "/pets/{id}", backend.url() + "/animals/{id}")
            .stage(stage)
            .snapshot(1));
  }

  private static Consumer<Stage.Builder> level(String level, boolean dataTrace) {
    return stage ->
        stage.methodSettings(
            Map.of(
                "*/*",
                MethodSetting.builder().loggingLevel(level).dataTraceEnabled(dataTrace).build()));
  }

  private static Consumer<Stage.Builder> format(String format) {
    return stage -> stage.accessLogSettings(a -> a.format(format));
  }

  @Test
  void whatIsRefusedIsLoggedWithNothingToSetUp() throws Exception {
    serve(stage -> {});
    door.get(API + "/nosuch");
    RequestRecord record = records.next();
    assertEquals(Level.ERROR, record.level());
    assertEquals("ROUTE_NOT_FOUND", record.answer().refusal().reason());
    assertEquals("MISSING_AUTHENTICATION_TOKEN", record.answer().refusal().responseType());
    assertEquals(403, record.answer().status());
    assertEquals("123456789012", record.place().accountId());
    assertEquals("log0000001", record.place().apiId());
    assertNull(record.place().resourcePath());
    assertNull(record.answer().integration());
    assertEquals(API + "/nosuch", record.call().path());
    assertEquals("127.0.0.1", record.call().ip());
    assertEquals(
        List.of("FindStage", "FairShare", "FindMethod"),
        record.steps().stream().map(Step::step).toList());
    assertEquals(
        List.of(
            "Starting execution for request: " + record.requestId(),
            "HTTP Method: GET, Resource Path: /nosuch",
            "Method request path: {}",
            "Method request query string: {}",
            "Execution failed: no resource and method match this path and verb",
            "Method completed with status: 403"),
        Records.texts(record));
  }

  @Test
  void whatReachedNoApiIsLoggedForWhoeverHasItsId() throws Exception {
    serve(stage -> {});
    door.get("/_aws/execute-api/nosuch0001/prod/ok", "Authorization: Bearer not-to-be-told-1");
    RequestRecord record = records.next();
    assertEquals(RequestRecord.Place.OF_NOBODY, record.place());
    assertEquals(Level.ERROR, record.level());
    assertEquals("API_NOT_FOUND", record.answer().refusal().reason());
    assertEquals("/_aws/execute-api/nosuch0001/prod/ok", record.call().path());
    assertEquals(List.of(), record.execution());
    assertFalse(new String(record.toJson()).contains("not-to-be-told"));
    String cut = door.raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    assertTrue(cut.startsWith("HTTP/1.1 400 "), cut);
    assertEquals("HOST_DOUBLED", records.next().answer().refusal().reason());
  }

  @Test
  void ofAFloodThatReachesNoApiSoManyAreLogged() throws Exception {
    serve(stage -> {});
    door.get("/_aws/execute-api/nosuch0001/prod/ok");
    Exchange x = door.exchange();
    RequestLog log = new RequestLog(record -> true, 0);
    for (int i = 0; i < 1_000; i++) {
      log.over(x, 0, 0);
    }
    assertTrue(log.written() >= 50 && log.written() <= 100, log.written() + " written");
    assertEquals(1_000, log.written() + log.dropped());
  }

  @Test
  void whatIsServedIsNotLoggedWithNothingToSetUp() throws Exception {
    serve(stage -> {});
    door.get(API + "/ok");
    assertTrue(records.none());
  }

  @Test
  void aBackendsOwnFailureIsLogged() throws Exception {
    backend.script(answering(500, "{}"));
    serve(stage -> {});
    door.get(API + "/pets/1");
    RequestRecord record = records.next();
    assertEquals(Level.ERROR, record.level());
    assertNull(record.answer().refusal());
    assertEquals(500, record.answer().integration().status());
    assertEquals("/pets/{id}", record.place().resourcePath());
    assertEquals(2, record.answer().length());
    assertTrue(Records.texts(record).contains("Method completed with status: 500"));
  }

  @Test
  void aBackendsRefusalIsNone() throws Exception {
    backend.script(answering(404, "{}"));
    serve(stage -> {});
    door.get(API + "/pets/1");
    assertTrue(records.none());
  }

  @Test
  void offIsOff() throws Exception {
    serve(level("OFF", true));
    door.get(API + "/nosuch");
    assertTrue(records.none());
    backend.script(answering(500, "{}"));
    door.get(API + "/pets/1");
    assertTrue(records.none());
  }

  @Test
  void aMethodsOwnLevelGoesBeforeThatOfAll() throws Exception {
    serve(
        stage ->
            stage.methodSettings(
                Map.of(
                    "*/*", MethodSetting.builder().loggingLevel("OFF").build(),
                    "ok/GET", MethodSetting.builder().loggingLevel("INFO").build())));
    door.get(API + "/ok");
    assertEquals(Level.INFO, records.next().level());
    door.get(API + "/pets/1");
    assertTrue(records.none());
  }

  @Test
  void infoTellsOfEveryRequestWithoutItsData() throws Exception {
    serve(level("INFO", false));
    door.get(API + "/pets/a%20b?q=1&q=2", "x-secret: dont");
    RequestRecord record = records.next();
    List<String> texts =
        Records.texts(record).stream()
            .map(text -> text.replace(backend.url(), "BACKEND"))
            .map(text -> text.replaceAll("latency: \\d+", "latency: N"))
            .toList();
    assertEquals(
        List.of(
            "Starting execution for request: " + record.requestId(),
            "HTTP Method: GET, Resource Path: /pets/a%20b",
            "Method request path: {id=a b}",
            "Method request query string: {q=1,2}",
            "Endpoint request URI: BACKEND/animals/a%20b?q=1&q=2",
            "Sending request to BACKEND/animals/a%20b?q=1&q=2",
            "Received response. Status: 200, Integration latency: N ms",
            "Successfully completed execution",
            "Method completed with status: 200"),
        texts);
  }

  @Test
  void aTraceHasHeadersAndTheBeginningOfBodiesThatPassThrough() throws Exception {
    String sent = "a".repeat(3000);
    backend.script(answering(200, "b".repeat(5000)));
    serve(level("INFO", true));
    String answer =
        door.raw(
            "POST "
                + API
                + "/pets/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-mine: yes\r\n"
                + "Content-Length: 3000\r\n\r\n"
                + sent);
    assertTrue(answer.endsWith("b".repeat(5000)));
    assertEquals(sent, new String(backend.next().body()));
    List<String> texts = Records.texts(records.next());
    assertTrue(
        texts.stream()
            .anyMatch(t -> t.startsWith("Method request headers: {") && t.contains("x-mine=yes")),
        texts::toString);
    for (String start :
        List.of(
            "Method request body before transformations: aaa",
            "Endpoint request body after transformations: aaa",
            "Endpoint response body before transformations: bbb",
            "Method response body after transformations: bbb")) {
      String line = texts.stream().filter(t -> t.startsWith(start)).findFirst().orElseThrow();
      assertEquals(1024 + " [TRUNCATED]".length(), line.length());
      assertTrue(line.endsWith(" [TRUNCATED]"), line);
    }
    assertTrue(texts.stream().anyMatch(t -> t.startsWith("Endpoint response headers: {")));
    assertTrue(texts.stream().anyMatch(t -> t.startsWith("Method response headers: {")));
  }

  @Test
  void bodiesThatFitAreWholeAndBinaryOnesAreNotShown() throws Exception {
    serve(level("INFO", true));
    door.raw(
        "POST "
            + API
            + "/pets/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
            + "\u00ff\u00fe\u0000a");
    List<String> texts = Records.texts(records.next());
    assertTrue(
        texts.contains("Method request body before transformations: [Binary Data]"),
        texts::toString);
    assertTrue(
        texts.contains("Method response body after transformations: {\"made\":1}"),
        texts::toString);
  }

  @Test
  void anAccessLogHasALineOfEveryRequestWhateverTheLevel() throws Exception {
    serve(
        level("OFF", true)
            .andThen(format("$context.requestId $context.status $context.responseLength")));
    door.get(API + "/ok");
    RequestRecord record = records.next();
    assertEquals(Level.ACCESS, record.level());
    assertEquals(record.requestId() + " 200 2", record.access());
    assertEquals(List.of(), record.execution());
    door.get(API + "/nosuch");
    RequestRecord refused = records.next();
    assertEquals(Level.ACCESS, refused.level());
    assertEquals("ROUTE_NOT_FOUND", refused.answer().refusal().reason());
    assertTrue(refused.access().startsWith(refused.requestId() + " 403 "), refused.access());
    assertEquals(List.of(), refused.execution());
  }

  @Test
  void aCanaryIsToldFromItsStage() throws Exception {
    SampleApi canary = SampleApi.api("log0000001", "prod").mock("GET", "/ok", 200, "{}");
    door.serve(
        SampleApi.api("log0000001", "prod")
            .mock("GET", "/ok", 200, "{}")
            .canary(canary)
            .stage(level("INFO", false))
            .stage(s -> s.canarySettings(c -> c.percentTraffic(100.0).deploymentId("dep9")))
            .snapshot(1));
    door.get(API + "/ok");
    RequestRecord record = records.next();
    assertTrue(record.place().canary());
    assertEquals("prod", record.place().stage());
    assertEquals("dep9", record.place().deploymentId());
  }

  @Test
  void aSinkThatIsFullOrBrokenCostsNoRequest() throws Exception {
    RequestLog full = new RequestLog(record -> false, System.nanoTime());
    door.observer = full;
    serve(level("INFO", true));
    for (int i = 0; i < 20; i++) {
      assertTrue(door.get(API + "/ok").startsWith("HTTP/1.1 200 "));
      door.exchange();
    }
    assertEquals(20, full.dropped());
    assertEquals(0, full.written());
    assertEquals(Map.of(SampleApi.ACCOUNT, 20L), full.droppedByAccount());
    door.observer =
        new RequestLog(
            record -> {
              throw new IllegalStateException("broken");
            },
            System.nanoTime());
    assertTrue(door.get(API + "/ok").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void aSpoolThatNobodyEmptiesCostsNoRequest(@TempDir Path directory) throws Exception {
    int requests = 200;
    try (Spool spool = new Spool(directory, 64 << 10, () -> "one")) {
      RequestLog log = new RequestLog(logged -> spool.offer(logged.json()), System.nanoTime());
      door.observer = log;
      serve(level("INFO", true));
      for (int i = 0; i < requests; i++) {
        assertTrue(door.get(API + "/ok").startsWith("HTTP/1.1 200 "));
        door.exchange();
      }
      assertEquals(requests, log.written() + log.dropped());
      assertEquals(log.dropped(), spool.dropped());
      assertTrue(log.dropped() > 0 && log.written() > 10, () -> log.dropped() + " dropped");
      assertTrue(spool.bytes() <= 80 << 10, () -> spool.bytes() + " bytes");
    }
    try (Spool later = new Spool(directory, 64 << 10, () -> "other")) {
      byte[] first = later.read(0, 1 << 20).records().getFirst();
      assertEquals("prod", RequestRecord.fromJson(first).place().stage());
    }
  }

  @Test
  void everyRequestOfManyThreadsIsEitherWrittenOrCounted() throws Exception {
    serve(level("INFO", true));
    door.get(API + "/ok");
    Exchange x = door.exchange();
    AtomicLong offers = new AtomicLong();
    RequestLog log = new RequestLog(record -> offers.incrementAndGet() % 3 == 0, 0);
    int threads = 4;
    int each = 10_000;
    CountDownLatch over = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  log.over(x, x.timeline().start(), 0);
                }
                over.countDown();
              });
    }
    over.await();
    assertEquals(threads * each, log.written() + log.dropped());
    assertEquals(log.dropped(), log.droppedByAccount().get(SampleApi.ACCOUNT));
    assertTrue(log.written() > 0 && log.written() <= offers.get());
  }

  @Test
  void aFloodOfThrottledRequestsIsLoggedInPartAndInItsAccessLogWhole() throws Exception {
    serve(stage -> {});
    door.counters.verdicts.add(new Verdict.Throttled(0, 1_000));
    assertTrue(door.get(API + "/ok").startsWith("HTTP/1.1 429 "));
    Exchange x = door.exchange();
    RequestLog log = new RequestLog(record -> true, 0);
    for (int i = 0; i < 1_000; i++) {
      log.over(x, 0, 0);
    }
    assertTrue(log.written() >= 100 && log.written() <= 200, log.written() + " written");
    assertEquals(1_000, log.written() + log.dropped());

    serve(format("$context.requestId $context.status"));
    door.counters.verdicts.add(new Verdict.Throttled(0, 1_000));
    door.get(API + "/ok");
    Exchange told = door.exchange();
    List<RequestRecord> records = new ArrayList<>();
    RequestLog whole = new RequestLog(logged -> records.add(logged.record()), 0);
    for (int i = 0; i < 1_000; i++) {
      whole.over(told, 0, 0);
    }
    assertEquals(1_000, records.stream().filter(one -> one.access() != null).count());
    assertTrue(records.stream().filter(one -> !one.execution().isEmpty()).count() <= 200);
  }

  @Test
  void whatFindsNoRoomIsDroppedBeforeItIsMade() throws Exception {
    serve(level("INFO", true));
    door.get(API + "/ok");
    Exchange x = door.exchange();
    List<Logged> offered = new ArrayList<>();
    RequestLog log =
        new RequestLog(
            new RequestLog.Sink() {
              @Override
              public boolean offer(Logged logged) {
                return offered.add(logged);
              }

              @Override
              public boolean hasRoom(DeliveryStream stream) {
                return offered.size() < 2;
              }
            },
            0);
    for (int i = 0; i < 5; i++) {
      log.over(x, 0, 0);
    }
    assertEquals(2, offered.size());
    assertEquals(2, log.written());
    assertEquals(3, log.dropped());
    assertEquals(Map.of("123456789012", 3L), log.droppedByAccount());
  }

  @Test
  void whatIsNotLoggedAllocatesNothing() throws Exception {
    serve(stage -> {});
    door.get(API + "/ok");
    Exchange x = door.exchange();
    RequestLog log = new RequestLog(record -> true, 0);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int round = 0; round < 3; round++) { // the first ones load classes
      before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100_000; i++) {
        log.over(x, 0, 0);
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 10_000, () -> allocated + " bytes for 100,000 requests");
    assertEquals(0, log.written());
    assertFalse(x.stage().logging().unmatched().dataTrace());
  }
}

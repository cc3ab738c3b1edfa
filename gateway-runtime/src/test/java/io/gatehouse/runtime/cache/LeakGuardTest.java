package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backends whose answers depend on what their author has forgotten to put into the key. */
class LeakGuardTest {

  private static final String PATH = "/_aws/execute-api/leak/dev/orders";

  private final List<LeakReport> reports = new ArrayList<>();
  private CountingBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new CountingBackend();
    door = Door.sharing(backend.egress(), new Reporting(reports::add));
    serve(1);
  }

  /** Shares nothing but what the guard has found. */
  private record Reporting(Consumer<LeakReport> reports) implements SharedResponses {
    @Override
    public boolean isShared() {
      return false;
    }

    @Override
    public void get(Address address, Consumer<byte[]> found) {
      found.accept(null);
    }

    @Override
    public void put(Address address, Shared answer) {}

    @Override
    public void removed(Address address) {}

    @Override
    public void stop(LeakReport report) {
      reports.accept(report);
    }
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private void serve(long revision) {
    SampleApi api = api("leak").proxy("GET", "/orders", backend.url() + "/orders");
    door.serve(api.snapshot(revision));
  }

  /** Of the tenant that a query parameter or a header names. */
  private void tenants(String tellingApart) {
    backend.raw.script(
        (head, out, socket) -> {
          backend.calls.incrementAndGet();
          String tenant = head.contains(tellingApart + "2") ? "2" : "1";
          out.write(CountingBackend.answer("orders of tenant " + tenant));
        });
  }

  private String ask(String how, int tenant) throws Exception {
    return how.equals("query")
        ? door.get(PATH + "?tenant=" + tenant)
        : door.get(PATH, "X-Tenant: " + tenant);
  }

  @ParameterizedTest
  @CsvSource({"query, tenant=, querystring.tenant", "header, X-Tenant: , header.x-tenant"})
  void tenantsWhoTakeTurnsNeverSeeOneAnothersAnswersAndSharingEnds(
      String how, String tellingApart, String input) throws Exception {
    tenants(how.equals("query") ? "tenant=" : "X-Tenant: ");

    for (int request = 0; request < 20; request++) {
      int tenant = request % 2 + 1;
      assertEquals("orders of tenant " + tenant, body(ask(how, tenant)), "request " + request);
    }

    assertEquals("none", result(ask(how, 1)), "its answers are kept no more");
    assertEquals(1, reports.size());
    LeakReport report = reports.getFirst();
    assertEquals(List.of(input), report.inputs());
    assertEquals("GET /orders", report.httpMethod() + " " + report.resourcePath());
    assertEquals("dep1", report.deploymentId());
    assertEquals(report, LeakReport.fromJson(report.toJson()));
    assertEquals(1, door.cache.counts().stops());
  }

  @Test
  void sharingEndsWithinAHandfulOfRequestsByDifferingCallers() throws Exception {
    tenants("tenant=");
    for (int i = 0; i < 500; i++) {
      ask("query", 1); // a crowd that hides the one
    }
    int strangers = 0;
    while (reports.isEmpty()) {
      assertEquals("orders of tenant 2", body(ask("query", 2)));
      assertEquals("orders of tenant 1", body(ask("query", 1)));
      strangers += 2;
    }
    assertTrue(strangers <= 2 + LeakGuard.MOST_FINDINGS, strangers + " requests");
  }

  @Test
  void whoWaitsForAnothersAnswerIsLookedAtToo() throws Exception {
    CountDownLatch both = new CountDownLatch(1);
    backend.raw.script(
        (head, out, socket) -> {
          both.await();
          out.write(CountingBackend.answer(head.contains("tenant=2") ? "second" : "first"));
        });
    FutureTask<String> first = asking(1);
    backend.raw.next();
    FutureTask<String> second = asking(2);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (door.inFlight.count() < 2) {
      assertTrue(System.nanoTime() < end, "the second has not come");
      Thread.onSpinWait();
    }

    both.countDown();

    assertEquals("first", first.get(30, TimeUnit.SECONDS));
    assertEquals("second", second.get(30, TimeUnit.SECONDS));
  }

  private FutureTask<String> asking(int tenant) {
    FutureTask<String> asking = new FutureTask<>(() -> body(ask("query", tenant)));
    Thread.ofVirtual().start(asking);
    return asking;
  }

  @Test
  void anotherDeploymentMayShareAgain() throws Exception {
    tenants("tenant=");
    for (int request = 0; request < 8; request++) {
      ask("query", request % 2 + 1);
    }
    assertEquals("none", result(ask("query", 1)));

    serve(2);

    ask("query", 1);
    assertEquals("hit", result(ask("query", 1)));
  }

  @Test
  void anAnswerThatChangesWithTimeIsNoLeak() throws Exception {
    backend.raw.script(
        (head, out, socket) ->
            out.write(CountingBackend.answer("price " + backend.calls.incrementAndGet())));

    for (int request = 0; request < 30; request++) {
      door.get(PATH + "?utm=" + request);
    }

    assertTrue(reports.isEmpty());
    assertFalse(backend.calls.get() > 12, backend.calls.get() + " calls");
  }

  @Test
  void anAnswerThatHasChangedOnceIsNoLeakAndTheNewOneIsKept() throws Exception {
    backend.raw.script((head, out, socket) -> out.write(CountingBackend.answer("old")));
    door.get(PATH + "?utm=1");
    backend.raw.script((head, out, socket) -> out.write(CountingBackend.answer("new")));

    for (int request = 0; request < 9; request++) {
      assertEquals("new", body(door.get(PATH + "?utm=" + (request + 2))));
    }

    assertTrue(reports.isEmpty());
    assertEquals("new", body(door.get(PATH + "?utm=1")));
  }

  @Test
  void backendsAreAskedForNoMoreThanTheirShare() throws Exception {
    backend.raw.script(
        (head, out, socket) -> {
          backend.calls.incrementAndGet();
          out.write(CountingBackend.answer("the same for all"));
        });

    for (int request = 0; request < 1_000; request++) {
      door.get(PATH + "?cachebuster=" + request);
    }

    assertTrue(reports.isEmpty());
    assertTrue(backend.calls.get() <= 1 + 10 + 10, backend.calls.get() + " calls");
  }

  @Test
  void anAnswerThatOneCallerMayNotHaveIsFoundToo() throws Exception {
    backend.raw.script(
        (head, out, socket) ->
            out.write(
                head.contains("X-Role: guest")
                    ? CountingBackend.answer("404 Not Found", "", "no")
                    : CountingBackend.answer("secret")));

    for (int turn = 0; turn < 5; turn++) {
      assertEquals("secret", body(door.get(PATH, "X-Role: chief")));
      assertEquals("no", body(door.get(PATH, "X-Role: guest")));
    }

    assertEquals(1, reports.size());
  }

  @Test
  void whoeverIsCheckedWhileTheBackendFailsGetsTheKeptAnswer() throws Exception {
    door.get(PATH);
    backend.raw.script(
        (head, out, socket) -> out.write(CountingBackend.answer("500 Oh", "", "oh")));

    assertEquals("answer 1", body(door.get(PATH + "?x=1")));
  }
}

package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.model.snapshot.HealthCheck;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.BackendStatus;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Backends behind VPC links. */
class VpcLinkTest {

  private static final HealthCheck WELL = new HealthCheck("/health", false, 1, 500, 1, 1);

  @TempDir Path directory;
  private RawBackend one;
  private RawBackend two;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    one = new RawBackend(named("one"));
    two = new RawBackend(named("two"));
    door =
        Door.asking(
            "127.0.0.1/32",
            host -> {
              if (host.equals("nowhere.test")) {
                throw new UnknownHostException(host);
              }
              return InetAddress.getAllByName(host);
            });
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    one.close();
    two.close();
  }

  private static RawBackend.Script named(String name) {
    return RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + name);
  }

  private static RawBackend.Script unwell() {
    return RawBackend.answering("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
  }

  private void link(HealthCheck check, String... targets) {
    door.live.put(new VpcLinkSnapshot(1, SampleApi.ACCOUNT, "link01", List.of(targets), check));
  }

  private static String at(RawBackend backend) {
    return "127.0.0.1:" + backend.port();
  }

  private void serve(String connectionId, String uri) {
    Method plain = SampleApi.proxyMethod("/x", uri).build();
    door.serve(
        SampleApi.api("abc123", "dev")
            .variable("link", "link01")
            .method(
                "GET",
                "/x",
                plain.toBuilder()
                    .methodIntegration(
                        plain.methodIntegration().toBuilder()
                            .connectionType("VPC_LINK")
                            .connectionId(connectionId)
                            .timeoutInMillis(29_000) // some requests are held
                            .build())
                    .build())
            .snapshot(1));
  }

  private String get() throws Exception {
    return door.get("/_aws/execute-api/abc123/dev/x");
  }

  /** The body of the answer, or the reason for a refusal. */
  private String body() throws Exception {
    String answer = get();
    GatewayException refusal = door.exchange().refusal();
    return refusal == null
        ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
        : refusal.reason() + " " + refusal.status();
  }

  private Map<String, Integer> bodies(int calls) throws Exception {
    Map<String, Integer> bodies = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      bodies.merge(body(), 1, Integer::sum);
    }
    return bodies;
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      Thread.onSpinWait();
    }
  }

  private String state(RawBackend backend) {
    return door.backends.statuses().stream()
        .filter(status -> status.address().equals(at(backend)))
        .map(BackendStatus::state)
        .findAny()
        .orElse("");
  }

  @Test
  void requestsGoToTheTargetsWithTheHostOfTheUri() throws Exception {
    link(HealthCheck.TCP, at(one));
    serve("${stageVariables.link}", "http://inner.example:8080/deep");
    assertEquals("one", body());
    RawBackend.Received received = one.next();
    assertTrue(received.head().startsWith("GET /deep HTTP/1.1\r\n"), received.head());
    assertTrue(
        received.head().toLowerCase().contains("\r\nhost: inner.example:8080\r\n"),
        received.head());
  }

  @Test
  void targetsChangeWithoutADeployment() throws Exception {
    link(HealthCheck.TCP, at(one));
    serve("link01", "http://inner.example/");
    assertEquals("one", body());
    link(HealthCheck.TCP, at(two));
    assertEquals("two", body());
    link(HealthCheck.TCP, at(one), at(two));
    assertEquals(2, bodies(50).size());
  }

  @Test
  void aLinkThatIsNotThereOrLeadsNowhereIsTold() throws Exception {
    serve("link01", "http://inner.example/");
    assertEquals(Reason.VPC_LINK_UNKNOWN + " 500", body());
    link(HealthCheck.TCP);
    assertEquals(Reason.VPC_LINK_WITHOUT_TARGETS + " 500", body());
    link(HealthCheck.TCP, "nowhere.test:80");
    assertEquals(Reason.VPC_LINK_WITHOUT_TARGETS + " 500", body());
    link(HealthCheck.TCP, "nowhere.test:80", at(one));
    assertEquals("one", body());
    door.live.removeVpcLink(SampleApi.ACCOUNT, "link01");
    assertEquals(Reason.VPC_LINK_UNKNOWN + " 500", body());
  }

  @Test
  void anAccountsLinkIsNotAnothers() throws Exception {
    door.live.put(
        new VpcLinkSnapshot(1, "210987654321", "link01", List.of(at(one)), HealthCheck.TCP));
    serve("link01", "http://inner.example/");
    assertEquals(Reason.VPC_LINK_UNKNOWN + " 500", body());
  }

  @Test
  void targetsAreJudgedAsAnyAddressIs() throws Exception {
    link(HealthCheck.TCP, "127.0.0.2:" + one.port(), "169.254.169.254:80");
    serve("link01", "http://inner.example/");
    assertEquals(Reason.BACKEND_ADDRESS_FORBIDDEN + " 500", body());
    assertEquals(0, one.received.size());
  }

  @Test
  void aTargetThatIsNotWellIsLeftOutUntilItIsWellAgain() throws Exception {
    link(WELL, at(one), at(two));
    serve("link01", "http://inner.example/");
    one.script(
        (head, out, socket) ->
            (head.contains(" /health ") ? unwell() : named("one")).answer(head, out, socket));
    until(() -> state(one).equals("unhealthy") && state(two).equals("healthy"));
    assertEquals(Map.of("two", 30), bodies(30));
    BackendStatus told =
        door.backends.statuses().stream()
            .filter(status -> status.state().equals("unhealthy"))
            .findAny()
            .orElseThrow();
    assertEquals("link01", told.link());
    assertTrue(told.lastFailure().contains("/health is answered with 503"), told.toString());
    one.script(named("one"));
    until(() -> state(one).equals("healthy"));
    assertEquals(2, bodies(50).size());
  }

  @Test
  void withNoTargetWellAllAreCalledAllTheSame() throws Exception {
    link(WELL, at(one), at(two));
    serve("link01", "http://inner.example/");
    RawBackend.Script never =
        (head, out, socket) ->
            (head.contains(" /health ") ? unwell() : named("any")).answer(head, out, socket);
    one.script(never);
    two.script(never);
    until(() -> state(one).equals("unhealthy") && state(two).equals("unhealthy"));
    assertEquals(Map.of("any", 20), bodies(20));
  }

  @Test
  void theTargetWithFewerRequestsInFlightIsPreferred() throws Exception {
    CountDownLatch busy = new CountDownLatch(3); // more than the one that may be ending
    CountDownLatch release = new CountDownLatch(1);
    link(HealthCheck.TCP, at(one));
    serve("link01", "http://inner.example/");
    one.script(
        (head, out, socket) -> {
          busy.countDown();
          release.await();
          named("one").answer(head, out, socket);
        });
    List<Thread> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(Thread.ofVirtual().start(this::getAndForget));
    }
    assertTrue(busy.await(10, TimeUnit.SECONDS));
    link(HealthCheck.TCP, at(one), at(two));
    assertEquals(Map.of("two", 30), bodies(30));
    release.countDown();
    for (Thread caller : held) {
      caller.join();
    }
  }

  private void getAndForget() {
    try {
      get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name that is verified is the URI's, not the target's address. */
  @Test
  void targetsAreSpokenToByTlsUnderTheNameOfTheUri() throws Exception {
    Authority authority = Authority.create(directory, "ours");
    HttpsServer target =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    target.setHttpsConfigurator(new HttpsConfigurator(authority.serving("inner.example")));
    target.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write("tls".getBytes());
          exchange.close();
        });
    target.start();
    try {
      door.live.put(
          new BackendAccessSnapshot(
              1, SampleApi.ACCOUNT, List.of(authority.pem()), Map.of(), Map.of()));
      link(HealthCheck.TCP, "127.0.0.1:" + target.getAddress().getPort());
      serve("link01", "https://inner.example/");
      assertEquals("tls", body());
      serve("link01", "https://other.example/");
      assertEquals(Reason.BACKEND_CERTIFICATE_NAME + " 500", body());
      link(new HealthCheck("/", true, 1, 1000, 1, 1), "127.0.0.1:" + target.getAddress().getPort());
      serve("link01", "http://inner.example/");
      assertEquals("tls", body());
      until(
          () ->
              door.backends.statuses().stream()
                  .anyMatch(status -> status.state().equals("healthy")));
    } finally {
      target.stop(0);
    }
  }

  /** A target that drops connections is left out before its check finds out. */
  @Test
  void failuresOfCallsCountToo() throws Exception {
    link(new HealthCheck("", false, 3600, 500, 1, 1), at(one), "127.0.0.1:1");
    serve("link01", "http://inner.example/");
    assertEquals(Map.of("one", 60), bodies(60));
    until(
        () ->
            door.backends.statuses().stream()
                .anyMatch(
                    status ->
                        status.address().equals("127.0.0.1:1")
                            && status.state().equals("unhealthy")));
  }
}

package io.gatehouse.runtime.golden;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** A node with more to do than it can: who has to wait, who is refused, and that all is let go. */
class CrowdedNodeTest {

  private static final String OTHER = "210987654321";
  private static final int LARGE = 9 << 20;

  private final CountDownLatch release = new CountDownLatch(1);
  private Door door;

  @BeforeEach
  void open() throws Exception {
    door = new Door("", 1000);
    door.serve(echo("mine000001", SampleApi.ACCOUNT));
    door.serve(echo("theirs0001", OTHER));
  }

  @AfterEach
  void close() throws Exception {
    release.countDown();
    door.close();
  }

  /** A mock that answers with how long its caller's body is. */
  private static StageSnapshot echo(String apiId, String account) {
    Integration integration =
        Integration.builder()
            .type("MOCK")
            .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}"))
            .integrationResponses(
                Map.of(
                    "200",
                    IntegrationResponse.builder()
                        .statusCode("200")
                        .responseTemplates(
                            Map.of("application/json", "length $input.body.length()"))
                        .build()))
            .build();
    Method method =
        Method.builder().authorizationType("NONE").methodIntegration(integration).build();
    StageSnapshot mine = SampleApi.api(apiId, "dev").method("POST", "/", method).snapshot(1);
    return new StageSnapshot(1, account, "us-east-1", apiId, mine.stage(), mine.definition());
  }

  private String post(String apiId, int bytes) throws Exception {
    String head =
        "POST /_aws/execute-api/"
            + apiId
            + "/dev/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            + bytes
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(US_ASCII));
    request.writeBytes("x".repeat(bytes).getBytes(US_ASCII));
    return door.raw(request.toByteArray());
  }

  private CompletableFuture<String> posting(String apiId, int bytes) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(post(apiId, bytes));
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /** Leaves the processor to those that are waited for; the end is only for what never comes. */
  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void occupyTheWorker() throws InterruptedException {
    assertTrue(door.occupy("another", release).await(10, TimeUnit.SECONDS));
  }

  private Reason nextRefusal() throws InterruptedException {
    return door.exchange().refusal().reason();
  }

  private static boolean serves(String answer, int bytes) {
    return answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\nlength " + bytes);
  }

  @Test
  void aLargeBodyIsWorkForAWorkerAndComesOutTheSame() throws Exception {
    occupyTheWorker();
    CompletableFuture<String> large = posting("mine000001", LARGE);
    until(() -> door.workers.waiting() == 1);
    assertTrue(serves(post("mine000001", 10), 10), "a small body needs no worker");
    release.countDown();
    assertTrue(serves(large.get(10, TimeUnit.SECONDS), LARGE));
  }

  @Test
  void anAccountWithAFullQueueIsRefusedAndAnotherIsServed() throws Exception {
    occupyTheWorker();
    for (int i = 0; i < 8; i++) {
      door.occupy(SampleApi.ACCOUNT, release);
    }
    until(() -> door.workers.waiting() == 8);
    String refused = post("mine000001", 40_000);
    assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
    assertTrue(refused.endsWith("{\"message\": \"Service Unavailable\"}"), refused);
    assertEquals(Reason.WORK_QUEUE_FULL, nextRefusal());
    CompletableFuture<String> others = posting("theirs0001", 40_000);
    until(() -> door.workers.waiting() == 9);
    release.countDown();
    assertTrue(serves(others.get(10, TimeUnit.SECONDS), 40_000));
    until(() -> door.bodies.held() == 0);
  }

  @Test
  void anAccountThatHoldsHalfOfAllBytesIsRefusedMoreAndAnotherIsServed() throws Exception {
    occupyTheWorker();
    List<CompletableFuture<String>> held = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int waiting = i;
      held.add(posting("mine000001", LARGE));
      until(() -> door.workers.waiting() == waiting);
    }
    String refused = post("mine000001", LARGE);
    assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
    assertEquals(Reason.BODIES_IN_HAND, nextRefusal());
    assertEquals(3L * LARGE, door.bodies.held(), "what was refused is let go at once");
    CompletableFuture<String> others = posting("theirs0001", LARGE);
    until(() -> door.workers.waiting() == 4);
    release.countDown();
    assertTrue(serves(others.get(10, TimeUnit.SECONDS), LARGE));
    for (CompletableFuture<String> answer : held) {
      assertTrue(serves(answer.get(10, TimeUnit.SECONDS), LARGE));
      door.exchange();
    }
    door.exchange();
    assertEquals(0, door.bodies.held());
    assertEquals(0, door.inFlight.count());
  }

  /** Two event loops, each with one connection and room for one request that waits. */
  @Test
  void aBackendThatIsWaitedForByTooManyIsBusy() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    RawBackend.Script slow =
        (head, out, socket) -> {
          hold.await();
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        };
    try (RawBackend backend = new RawBackend(slow);
        Door small = new Door("127.0.0.1/32:" + backend.port(), new BackendClient.Bounds(1, 1))) {
      small.serve(
          SampleApi.api("busy000001", "dev").proxy("GET", "/x", backend.url() + "/").snapshot(1));
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return small.get("/_aws/execute-api/busy000001/dev/x");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                task -> Thread.ofVirtual().start(task)));
      }
      assertEquals(Reason.BACKEND_BUSY, small.exchange().refusal().reason());
      hold.countDown();
      for (CompletableFuture<String> answer : answers) {
        assertTrue(answer.get(10, TimeUnit.SECONDS).matches("(?s)HTTP/1.1 (200|503) .*"));
      }
    }
  }

  /**
   * One account's backend takes its time with as many calls as the account may have: the account's
   * next call is refused, whatever backend it is for, and another account's goes on as ever.
   */
  @Test
  void anAccountWithAllItsCallsAtASlowBackendLeavesRoomForOthers() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    int most = 40;
    RawBackend.Script slow =
        (head, out, socket) -> {
          if (head.contains(" /slow ")) {
            hold.await();
          }
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        };
    try (RawBackend backend = new RawBackend(slow);
        RawBackend another = new RawBackend(slow);
        Door small = new Door("127.0.0.1/32", new BackendClient.Bounds(8, 100, most))) {
      small.serve(backendsOf("mine000001", SampleApi.ACCOUNT, backend, another));
      small.serve(backendsOf("theirs0001", OTHER, backend, another));
      List<CompletableFuture<String>> held = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        held.add(getting(small, "/_aws/execute-api/mine000001/dev/slow"));
      }
      until(() -> small.inFlight.count() == most);
      // The last of them may still be on its way to its backend.
      Exchange next = getOne(small, "/_aws/execute-api/mine000001/dev/fast");
      while (next.refusal() == null) {
        next = getOne(small, "/_aws/execute-api/mine000001/dev/fast");
      }
      assertEquals(Reason.BACKEND_CALLS_OF_ACCOUNT, next.refusal().reason());
      assertEquals(503, next.status());
      for (int i = 0; i < 20; i++) {
        String served = small.get("/_aws/execute-api/theirs0001/dev/fast");
        assertTrue(served.startsWith("HTTP/1.1 200 "), served);
        small.exchange();
      }
      int connections = backend.received.size();
      assertTrue(connections <= 2 * 8, connections + " connections to the slow one, of two loops");
      hold.countDown();
      for (CompletableFuture<String> answer : held) {
        assertTrue(answer.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
      }
      String again = small.get("/_aws/execute-api/mine000001/dev/fast");
      assertTrue(again.startsWith("HTTP/1.1 200 "), "all is let go");
    }
  }

  /**
   * An account that takes its time with six of nine exchanges has its share: its next one is
   * refused, and another account's are served.
   */
  @Test
  void anAccountWithItsShareOfTheNodeLeavesRoomForOthers() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    RawBackend.Script slow =
        (head, out, socket) -> {
          if (head.contains(" /slow ")) {
            hold.await();
          }
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        };
    try (RawBackend backend = new RawBackend(slow);
        Door small = new Door("127.0.0.1/32", 9)) {
      small.serve(backendsOf("mine000001", SampleApi.ACCOUNT, backend, backend));
      small.serve(backendsOf("theirs0001", OTHER, backend, backend));
      List<CompletableFuture<String>> held = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        held.add(getting(small, "/_aws/execute-api/mine000001/dev/slow"));
      }
      until(() -> small.inFlight.count() == 6);
      // The last of them may not have found its stage yet.
      Exchange next = getOne(small, "/_aws/execute-api/mine000001/dev/fast");
      while (next.refusal() == null) {
        next = getOne(small, "/_aws/execute-api/mine000001/dev/fast");
      }
      assertEquals(Reason.ACCOUNT_OVERLOADED, next.refusal().reason());
      assertEquals(503, next.status());
      for (int i = 0; i < 20; i++) {
        assertEquals(200, getOne(small, "/_aws/execute-api/theirs0001/dev/fast").status());
      }
      hold.countDown();
      for (CompletableFuture<String> answer : held) {
        assertTrue(answer.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
      }
      String again = small.get("/_aws/execute-api/mine000001/dev/fast");
      assertTrue(again.startsWith("HTTP/1.1 200 "), "all is let go");
    }
  }

  private static StageSnapshot backendsOf(
      String apiId, String account, RawBackend slow, RawBackend fast) {
    StageSnapshot mine =
        SampleApi.api(apiId, "dev")
            .method(
                "GET",
                "/slow",
                patient(SampleApi.proxyMethod("/slow", slow.url() + "/slow").build()))
            .proxy("GET", "/fast", fast.url() + "/fast")
            .snapshot(1);
    return new StageSnapshot(1, account, "us-east-1", apiId, mine.stage(), mine.definition());
  }

  private static Method patient(Method method) {
    return method.toBuilder()
        .methodIntegration(method.methodIntegration().toBuilder().timeoutInMillis(29_000).build())
        .build();
  }

  private static Exchange getOne(Door door, String path) throws Exception {
    door.get(path);
    return door.exchange();
  }

  private static CompletableFuture<String> getting(Door door, String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return door.get(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void aFullNodeTellsThatItIs() throws Exception {
    try (Door full = new Door("", 0)) {
      String refused = full.get("/");
      assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
      assertTrue(
          refused.contains("\r\nx-gatehouse-reason: " + Reason.OVERLOADED + "\r\n"), refused);
    }
  }

  @Test
  void aCallerThatLeavesWithHalfABodyHoldsNothing() throws Exception {
    try (Socket caller = new Socket("127.0.0.1", door.port)) {
      String head =
          "POST /_aws/execute-api/mine000001/dev/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
      caller.getOutputStream().write((head + "half").getBytes(US_ASCII));
      until(() -> door.bodies.held() == 4);
    }
    Exchange x = door.exchange();
    assertEquals(Reason.CALLER_GONE, x.refusal().reason());
    assertEquals(0, door.bodies.held());
    assertEquals(0, door.inFlight.count());
  }

  /** A mistake of ours in a step; nothing of it is told. */
  @Test
  void aBugIsAnsweredAndTheNodeServesOn() throws Exception {
    Backend broken =
        (x, request, reply) ->
            // No backend of ours has no headers: the next step meets it unprepared.
            reply.answer(new BackendResponse(200, null, Body.EMPTY));
    StageSnapshot snapshot =
        SampleApi.api("broken0001", "dev").proxy("GET", "/", "http://x/").snapshot(1);
    door.live.put(StageCompiler.compile(snapshot, only(broken)));
    String answer = door.get("/_aws/execute-api/broken0001/dev/");
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertEquals(Reason.BUG, nextRefusal());
    assertTrue(serves(post("mine000001", 5), 5));
  }

  /** The same where it is asked whether the body is wanted, between two lists of steps. */
  @Test
  void aBugBetweenTheStepsIsAnsweredToo() throws Exception {
    Backend broken =
        (x, request, reply) ->
            reply.answer(new BackendResponse(200, null, new Body.Bytes(new byte[1])));
    StageSnapshot snapshot =
        SampleApi.api("broken0002", "dev")
            .with(api -> api.binaryMediaTypes("image/png"))
            .proxy("GET", "/", "http://x/")
            .snapshot(1);
    door.live.put(StageCompiler.compile(snapshot, only(broken)));
    String answer = door.get("/_aws/execute-api/broken0002/dev/");
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertEquals(Reason.BUG, nextRefusal());
  }

  private static Backends only(Backend backend) {
    return new Backends() {
      @Override
      public Backend http(HttpTarget target) {
        return backend;
      }

      @Override
      public Backend aws(AwsTarget target) {
        return backend;
      }

      @Override
      public Backend lambda(LambdaTarget target) {
        return backend;
      }

      @Override
      public Backend mock() {
        return backend;
      }

      @Override
      public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
        return Optional.empty();
      }
    };
  }
}

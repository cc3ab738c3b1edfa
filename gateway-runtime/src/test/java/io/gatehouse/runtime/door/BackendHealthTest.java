package io.gatehouse.runtime.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.BackendStatus;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses that do not answer, and backends of which none does. */
class BackendHealthTest {

  private static final String OTHER = "210987654321";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Door door(String... addresses) throws Exception {
    Door door =
        Door.asking(
            "127.0.0.0/8",
            host -> {
              List<InetAddress> all = new ArrayList<>();
              for (String one : addresses) {
                all.add(InetAddress.getByName(one));
              }
              return all.toArray(InetAddress[]::new);
            });
    open.add(door);
    return door;
  }

  private static void serve(Door door, String apiId, String account, String verb, int port) {
    StageSnapshot mine =
        SampleApi.api(apiId, "dev")
            .proxy(verb, "/x", "http://backend.test:" + port + "/")
            .snapshot(1);
    door.serve(new StageSnapshot(1, account, "us-east-1", apiId, mine.stage(), mine.definition()));
  }

  private static GatewayException call(Door door, String apiId, String verb) throws Exception {
    door.raw(
        verb
            + " /_aws/execute-api/"
            + apiId
            + "/dev/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return door.exchange().refusal();
  }

  private static Reason reason(GatewayException refusal) {
    return refusal == null ? null : refusal.reason();
  }

  /** Where nobody listens. */
  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aBackendThatNobodyAnswersAtIsCalledOnceInASecondAndElseRefused() throws Exception {
    Door door = door("127.0.0.1");
    int port = closedPort();
    serve(door, "down000001", SampleApi.ACCOUNT, "GET", port);
    serve(door, "theirs0001", OTHER, "GET", port);
    for (int i = 0; i < 5; i++) {
      assertEquals(Reason.BACKEND_UNREACHABLE, reason(call(door, "down000001", "GET")));
    }
    assertEquals(Reason.BACKEND_UNREACHABLE, reason(call(door, "down000001", "GET")), "the probe");
    GatewayException refused = call(door, "down000001", "GET");
    assertEquals(Reason.BACKEND_CIRCUIT_OPEN, refused.reason());
    assertEquals(500, refused.status(), "as the failure was answered");
    assertTrue(refused.detail().startsWith("http://backend.test:" + port), refused.detail());
    assertTrue(refused.detail().contains("BACKEND_UNREACHABLE"), refused.detail());
    assertEquals(
        Reason.BACKEND_UNREACHABLE,
        reason(call(door, "theirs0001", "GET")),
        "an account's failures are its own");
    List<BackendStatus> told = door.backends.statuses();
    assertEquals(1, told.size(), told::toString);
    assertEquals("half-open", told.getFirst().state());
    assertEquals(SampleApi.ACCOUNT, told.getFirst().account());
    assertEquals("127.0.0.1:" + port, told.getFirst().address());
    assertTrue(told.getFirst().failures() >= 5, told::toString);

    ServerSocket back = new ServerSocket();
    back.setReuseAddress(true);
    back.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    open.add(back);
    Thread.ofVirtual().start(() -> answer(back));
    assertEquals(Reason.BACKEND_CIRCUIT_OPEN, reason(call(door, "down000001", "GET")));
    door.ahead.addAndGet(TimeUnit.MILLISECONDS.toNanos(1100));
    assertEquals(null, call(door, "down000001", "GET"), "the next probe");
    for (int i = 0; i < 5; i++) {
      assertEquals(null, call(door, "down000001", "GET"));
    }
    assertEquals(List.of(), door.backends.statuses());
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket
            .getOutputStream()
            .write(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
      } catch (IOException e) {
        // the server is closed, or the caller gone
      }
    }
  }

  /** No byte of it was sent, so even a POST goes to the other address. */
  @Test
  void aRequestGoesToTheOtherAddressWhenOneRefusesTheConnection() throws Exception {
    try (RawBackend backend = new RawBackend(RawBackend.answering(OK))) {
      Door door = door("127.0.0.2", "127.0.0.1"); // nobody listens on the first one
      serve(door, "half000001", SampleApi.ACCOUNT, "POST", backend.port());
      for (int i = 0; i < 100; i++) {
        assertEquals(null, call(door, "half000001", "POST"));
      }
      List<BackendStatus> told = door.backends.statuses();
      assertEquals(1, told.size(), told::toString);
      assertEquals("unhealthy", told.getFirst().state());
      assertEquals("127.0.0.2:" + backend.port(), told.getFirst().address());
      assertEquals(5, told.getFirst().failures(), "no POST finds out whether it is well again");
      assertEquals(100, backend.received.size(), "each was sent once");
    }
  }

  @Test
  void aBackendThatTakesItsTimeIsNoReasonToOpenTheCircuit() throws Exception {
    try (RawBackend backend = new RawBackend((head, out, socket) -> Thread.sleep(60_000))) {
      Door door = door("127.0.0.1");
      var slow = SampleApi.proxyMethod("/x", "http://backend.test:" + backend.port() + "/").build();
      door.serve(
          SampleApi.api("slow000001", "dev")
              .method(
                  "GET",
                  "/x",
                  slow.toBuilder()
                      .methodIntegration(
                          slow.methodIntegration().toBuilder().timeoutInMillis(250).build())
                      .build())
              .snapshot(1));
      for (int i = 0; i < 12; i++) {
        GatewayException late = call(door, "slow000001", "GET");
        assertEquals(Reason.BACKEND_TIMEOUT, late.reason());
        assertTrue(
            late.detail().contains("while waiting for the head of the answer (resolving"),
            late.detail());
      }
      assertEquals(List.of(), door.backends.statuses());
    }
  }

  @Test
  void aRequestThatMayHaveBeenWorkedOnIsNotSentTwice() throws Exception {
    try (RawBackend backend = new RawBackend((head, out, socket) -> socket.close())) {
      Door door = door("127.0.0.1");
      serve(door, "drop000001", SampleApi.ACCOUNT, "ANY", backend.port());
      assertEquals(Reason.BACKEND_UNREACHABLE, reason(call(door, "drop000001", "POST")));
      assertEquals(1, backend.received.size(), "POST");
      backend.received.clear();
      assertEquals(Reason.BACKEND_UNREACHABLE, reason(call(door, "drop000001", "PUT")));
      assertEquals(2, backend.received.size(), "PUT");
    }
  }
}

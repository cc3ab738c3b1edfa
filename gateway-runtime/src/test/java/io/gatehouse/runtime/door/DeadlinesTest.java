package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Callers that take their time, and callers that take too much, before a door of little patience.
 */
class DeadlinesTest {

  private static final String AT = "/_aws/execute-api/abc123/dev";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Limits IMPATIENT =
      new Limits(100_000, 10_240, 200, 200, 400, 60_000, 3, true);

  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend(RawBackend.answering(OK));
    door = new Door("127.0.0.1/32:" + backend.port(), 1000, IMPATIENT);
    door.serve(
        api("abc123", "dev")
            .proxy("ANY", "/p/{proxy+}", backend.url() + "/{proxy}")
            .mock("POST", "/mock", 200, "{}")
            .snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private void assertRefused(String answer, int status, Reason reason) throws Exception {
    assertEquals("" + status, Wire.status(answer), answer);
    assertTrue(answer.contains("{\"message\":\""), answer);
    assertTrue(answer.toLowerCase().contains("\r\nconnection: close\r\n"), answer);
    assertEquals(reason, door.exchange().refusal().reason());
    assertEquals(0, door.inFlight.count());
  }

  @Test
  void aHeadThatDoesNotComeToItsEndIsAnsweredAndTheConnectionEnds() throws Exception {
    String answer = door.raw("GET " + AT + "/p/x HTTP/1.1\r\nHost: x\r\n");
    assertRefused(answer, 408, Reason.HEADER_TIMEOUT);
  }

  @Test
  void aHeadThatComesByteByByteHasNoMoreTime() throws Exception {
    String answer = drip("GET " + AT + "/p/x HTTP/1.1\r\nHost: x\r\nX: ", "a");
    assertRefused(answer, 408, Reason.HEADER_TIMEOUT);
  }

  @Test
  void aLaterHeadOnTheSameConnectionHasNoMoreTime() throws Exception {
    String first = "GET " + AT + "/p/x HTTP/1.1\r\nHost: x\r\n\r\n";
    List<String> answers = Wire.answers(door.raw(first + "GET " + AT));
    assertEquals("200", Wire.status(answers.getFirst()));
    assertEquals("408", Wire.status(answers.getLast()));
  }

  @Test
  void aCallerThatSaysNothingIsHungUpOn() throws Exception {
    assertEquals("", door.raw(""));
    assertTrue(door.seen.isEmpty());
  }

  @Test
  void theBeginningOfHttp2HasNoMoreTimeThanAHead() throws Exception {
    assertRefused(door.raw("PRI * HTTP/2.0\r\n"), 408, Reason.HEADER_TIMEOUT);
  }

  @Test
  void aBodyThatStopsIsAnsweredAndTheBackendIsLetGo() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (var listening = new ServerSocket(0);
        Door other = new Door("127.0.0.1/32", 10, IMPATIENT)) {
      String there = "http://127.0.0.1:" + listening.getLocalPort() + "/";
      other.serve(api("abc123", "dev").proxy("POST", "/x", there).snapshot(1));
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listening.accept()) {
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // cut off, which is right
                }
                released.countDown();
              });
      String answer =
          other.raw("POST " + AT + "/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
      assertEquals("408", Wire.status(answer));
      assertEquals(Reason.BODY_TIMEOUT, other.exchange().refusal().reason());
      assertTrue(released.await(10, TimeUnit.SECONDS), "the backend still waits for the body");
    }
  }

  @Test
  void aBodyThatDripsIsTooSlow() throws Exception {
    String head = "POST " + AT + "/p/x HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n";
    assertRefused(drip(head, "a"), 408, Reason.BODY_TIMEOUT);
  }

  @Test
  void aChunkedBodyThatDripsIsTooSlow() throws Exception {
    String head = "POST " + AT + "/p/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertRefused(drip(head, "1\r\na\r\n"), 408, Reason.BODY_TIMEOUT);
  }

  @Test
  void aBodyThatNobodyWantsMustArriveAllTheSame() throws Exception {
    String head = "POST " + AT + "/mock HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n";
    assertRefused(drip(head, "a"), 408, Reason.BODY_TIMEOUT);
  }

  @Test
  void aCallerThatTakesNothingOfItsAnswerIsHungUpOn() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes());
          try {
            for (int i = 0; i < 100_000; i++) {
              out.write(new byte[10_000]);
            }
          } finally {
            released.countDown();
          }
        });
    try (Socket socket = new Socket("127.0.0.1", door.port)) {
      String get = "GET " + AT + "/p/big HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertTrue(released.await(20, TimeUnit.SECONDS), "the backend still sends to nobody");
      door.exchange();
      assertEquals(0, door.inFlight.count());
    }
  }

  @Test
  void aBackendThatTakesItsTimeIsNotTheCallersFault() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          seen.await();
          out.write(OK.getBytes(StandardCharsets.US_ASCII));
        });
    try (Socket socket = new Socket("127.0.0.1", door.port);
        Socket other = new Socket("127.0.0.1", door.port)) {
      String get = "GET " + AT + "/p/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      // All deadlines pass on another connection while this one waits.
      other.setSoTimeout(10_000);
      assertEquals(-1, other.getInputStream().read());
      try (Socket again = new Socket("127.0.0.1", door.port)) {
        again.setSoTimeout(10_000);
        assertEquals(-1, again.getInputStream().read());
      }
      seen.countDown();
      socket.setSoTimeout(10_000);
      byte[] answer = socket.getInputStream().readAllBytes();
      assertEquals("200", Wire.status(new String(answer, StandardCharsets.ISO_8859_1)));
    }
  }

  @Test
  void anAddressHasOnlySoManyConnections() throws Exception {
    List<Socket> open = new ArrayList<>();
    backend.script((head, out, socket) -> new CountDownLatch(1).await());
    for (int i = 0; i < IMPATIENT.connectionsPerAddress(); i++) {
      Socket socket = new Socket("127.0.0.1", door.port);
      String get = "GET " + AT + "/p/x HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      open.add(socket);
      backend.next();
    }
    String answer = door.raw("");
    assertEquals("429", Wire.status(answer), answer);
    assertTrue(answer.contains("x-amzn-ErrorType: TooManyRequestsException"), answer);
    assertEquals(Reason.TOO_MANY_CONNECTIONS, door.exchange().refusal().reason());

    backend.script(RawBackend.answering(OK));
    open.getFirst().close();
    String served = door.get(AT + "/p/x");
    for (int i = 0; i < 1000 && Wire.status(served).equals("429"); i++) {
      served = door.get(AT + "/p/x"); // until the node has seen that one left
    }
    assertEquals("200", Wire.status(served));
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void theLimitOfBodiesIsTheOperators() throws Exception {
    String head =
        "POST " + AT + "/p/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ";
    assertEquals("200", Wire.status(door.raw(head + "100000\r\n\r\n" + "a".repeat(100_000))));
    door.exchange();
    String answer = door.raw(head + "100001\r\n\r\n" + "a".repeat(100_001));
    assertEquals("413", Wire.status(answer));
    assertEquals(Reason.BODY_TOO_LARGE, door.exchange().refusal().reason());
  }

  /** Sends a beginning, then one more piece again and again until there is an answer. */
  private String drip(String beginning, String piece) throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", door.port)) {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      CountDownLatch over = new CountDownLatch(1);
      Thread drop =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
                      while (!over.await(30, TimeUnit.MILLISECONDS)) {
                        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                      }
                    } catch (IOException | InterruptedException e) {
                      // hung up on, which is what this is about
                    }
                  });
      byte[] answer = socket.getInputStream().readAllBytes();
      over.countDown();
      drop.join();
      return new String(answer, StandardCharsets.ISO_8859_1);
    }
  }
}

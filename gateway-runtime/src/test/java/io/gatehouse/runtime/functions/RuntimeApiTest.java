package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Connections to a Runtime API that never ask anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuntimeApiTest {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int NOBODY_HERE = 61_998;

  private Vertx vertx;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  void stop() {
    vertx.close();
  }

  @Test
  void aSilentStrangerIsSentAway() throws IOException {
    try (RuntimeApi api = RuntimeApi.listen(vertx, new Mailbox(), OptionalInt.of(NOBODY_HERE));
        Socket stranger = connect(api)) {
      assertEquals(-1, stranger.getInputStream().read());
    }
  }

  @Test
  void aProcessHoldsNoMoreThanSoMany() throws IOException {
    List<Socket> open = new ArrayList<>();
    try (RuntimeApi api = RuntimeApi.listen(vertx, new Mailbox(), OptionalInt.empty())) {
      for (int i = 0; i < RuntimeApi.MOST_CONNECTIONS; i++) {
        open.add(connect(api));
      }
      try (Socket more = connect(api)) {
        assertEquals(-1, more.getInputStream().read());
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static Socket connect(RuntimeApi api) throws IOException {
    Socket socket = new Socket("127.0.0.1", api.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}

package io.gatehouse.runtime.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Exchange;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Backends that answer what is no answer: each costs one request and its connection, and nobody
 * else is answered with it.
 */
class HostileBackendTest {

  /** As many as there are event loops, and more. */
  private static final int NEXT = 4;

  private static final byte[] GOOD =
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood".getBytes(US_ASCII);

  private static Door door;
  private static int cases;

  @BeforeAll
  static void open() throws Exception {
    door = new Door("127.0.0.1/32", 100);
  }

  @AfterAll
  static void close() throws Exception {
    assertEquals(0, door.inFlight.count());
    assertEquals(0, door.bodies.held());
    door.close();
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerBecomesWhatItsFileSays() {
    return AnswerCase.all().stream().map(one -> dynamicTest(one.name(), () -> play(one)));
  }

  private static void play(AnswerCase one) throws Exception {
    Set<Socket> spoilt = ConcurrentHashMap.newKeySet();
    Set<Socket> reused = ConcurrentHashMap.newKeySet();
    AtomicInteger asked = new AtomicInteger();
    door.seen.clear(); // of a case that failed
    RawBackend.Script script =
        (head, out, socket) -> {
          if (!head.contains(" /hostile ")) {
            if (spoilt.contains(socket)) {
              reused.add(socket);
            }
            out.write(GOOD);
            return;
          }
          spoilt.add(socket);
          asked.incrementAndGet();
          out.write(one.bytes());
          out.flush();
          if (one.line("then", "wait").equals("close")) {
            socket.close();
          }
        };
    try (RawBackend backend = new RawBackend(script)) {
      String api = "h" + ++cases;
      serve(api, one, backend);
      String method = one.line("method", "GET");
      String path = "/_aws/execute-api/" + api + "/dev/";
      String answer =
          door.raw(
              method + " " + path + "hostile HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      Exchange x = door.exchange();
      assertTrue(answer.startsWith("HTTP/1.1 " + one.line("status", "502") + " "), answer);
      assertEquals(one.reason(), x.refusal() == null ? null : x.refusal().reason(), answer);
      if (x.refusal() != null) {
        String detail = String.valueOf(x.refusal().detail());
        assertTrue(detail.contains(one.line("detail", "")), detail);
      }
      if (one.lines().containsKey("body")) {
        assertTrue(answer.endsWith("\r\n\r\n" + one.line("body", "")), answer);
      }
      assertFalse(answer.toLowerCase().contains("evil"), answer);
      for (int i = 0; i < NEXT; i++) {
        String next = door.get(path + "good");
        assertTrue(next.startsWith("HTTP/1.1 200 ") && next.endsWith("good"), next);
        door.exchange();
      }
      assertEquals(one.line("asked", "1"), asked.toString(), "times asked");
      assertEquals(
          one.line("connection", "closed").equals("kept"), !reused.isEmpty(), "connection reused");
    }
  }

  private static void serve(String api, AnswerCase one, RawBackend backend) {
    Method proxy = SampleApi.proxyMethod("/{name}", backend.url() + "/{name}").build();
    Method hostile = SampleApi.proxyMethod("/hostile", backend.url() + "/hostile").build();
    if (one.line("type", "HTTP_PROXY").equals("HTTP")) {
      hostile =
          hostile.toBuilder()
              .methodIntegration(
                  hostile.methodIntegration().toBuilder()
                      .type("HTTP")
                      .timeoutInMillis(1_000)
                      .integrationResponses(
                          Map.of(
                              "200",
                              IntegrationResponse.builder()
                                  .statusCode("200")
                                  .responseTemplates(Map.of("application/json", "$input.body"))
                                  .build()))
                      .build())
              .build();
    }
    door.serve(
        SampleApi.api(api, "dev")
            .method("ANY", "/{name}", proxy)
            .method("ANY", "/hostile", hostile)
            .snapshot(1));
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every case of {@code framing/} on a real door before a real backend, whole and in pieces. A
 * request follows each: it must be served when the case is good, and never when it is not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {

  private static final String FOLLOWING =
      "GET " + FramingCase.AT + "/following HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static final int SMALL = 700;

  private RawBackend backend;
  private Door door;

  @BeforeAll
  void open() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    door = new Door("127.0.0.1/32:" + backend.port(), 1000);
    door.serve(
        api("abc123", "dev")
            .proxy("ANY", "/{proxy+}", backend.url() + "/base/{proxy}")
            .snapshot(1));
  }

  @AfterAll
  void close() throws Exception {
    door.close();
    backend.close();
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return FramingCase.all().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private void check(FramingCase c) throws Exception {
    byte[] bytes = followed(c.bytes());
    int[] pieces =
        bytes.length > SMALL
            ? new int[] {bytes.length, bytes.length / 2, 1000}
            : new int[] {bytes.length, 1, 2, 7, bytes.length / 2};
    for (int piece : pieces) {
      door.seen.clear(); // of a case that has failed
      backend.received.clear();
      check(c, Wire.exchange(door.port, bytes, piece), c.name() + " in pieces of " + piece);
    }
  }

  static byte[] followed(byte[] bytes) {
    byte[] following = FOLLOWING.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[bytes.length + following.length];
    System.arraycopy(bytes, 0, all, 0, bytes.length);
    System.arraycopy(following, 0, all, bytes.length, following.length);
    return all;
  }

  private void check(FramingCase c, String received, String what) throws Exception {
    List<String> answers = Wire.answers(received);
    List<String> expected = new ArrayList<>(c.backend());
    if (c.refused()) {
      String last = answers.getLast();
      assertEquals("" + Refusals.of(c.reason()).status(), Wire.status(last), what);
      assertTrue(last.contains("\r\nContent-Type: application/json\r\n"), last);
      assertTrue(last.contains("\r\nx-amzn-ErrorType: "), last);
      assertTrue(last.contains("\r\nx-amzn-RequestId: "), last);
      assertTrue(last.contains("\r\nx-amz-apigw-id: "), last);
      assertTrue(last.toLowerCase().contains("\r\nconnection: close\r\n"), last);
      assertTrue(last.contains("\r\n\r\n{\"message\":\""), last);
    } else {
      expected.add("GET /following ");
    }
    int good = expected.size();
    assertEquals(good + (c.refused() ? 1 : 0), answers.size(), what + ": " + received);
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Exchange x = door.exchange();
      if (x.refusal() != null) {
        reasons.add(x.refusal().reason());
      }
      if (i < good) {
        assertEquals("200", Wire.status(answers.get(i)), what);
      }
    }
    assertEquals(c.refused() ? List.of(c.reason()) : List.of(), reasons, what);
    assertEquals(expected, sent(good), what);
    assertTrue(door.seen.isEmpty(), what);
    assertEquals(0, door.inFlight.count(), what);
  }

  /** What the backend was sent; a request that broke off in its body was never whole. */
  private List<String> sent(int count) throws InterruptedException {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(seen(backend.next(), "/base"));
    }
    assertTrue(backend.received.isEmpty(), "more than " + sent);
    return sent;
  }

  static String seen(RawBackend.Received request, String base) {
    String[] line = request.requestLine().split(" ");
    // Some proxies keep a target's host.
    String target = RequestTarget.parse(line[1]).path();
    String query = RequestTarget.parse(line[1]).query();
    return line[0]
        + " "
        + (target.startsWith(base) ? target.substring(base.length()) : target)
        + (query.isEmpty() ? " " : "?" + query + " ")
        + new String(request.body(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void everyReasonOfFramingHasACase() {
    Set<Reason> found = EnumSet.noneOf(Reason.class);
    FramingCase.all().stream().filter(FramingCase::refused).forEach(c -> found.add(c.reason()));
    Set<Reason> wanted = EnumSet.range(Reason.REQUEST_LINE_INVALID, Reason.HEADERS_TOO_LARGE);
    wanted.add(Reason.TARGET_MALFORMED);
    wanted.add(Reason.HOST_MISSING);
    assertEquals(wanted, found);
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Reason;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;

class FrontDoorTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";
  private static final String AT = "/_aws/execute-api/abc123/dev";

  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend(RawBackend.answering(OK));
    door = new Door("127.0.0.1/32:" + backend.port(), 1000);
    door.serve(
        api("abc123", "dev")
            .proxy("ANY", "/{proxy+}", backend.url() + "/base/{proxy}")
            .mock("GET", "/mock", 200, "{\"message\": \"hello\"}")
            .snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private static String status(String response) {
    return response.substring(9, 12);
  }

  /** A request with a body, on a connection that is to be closed. */
  private static byte[] upload(
      String line, String header, byte[] bytes, String before, String after) {
    String head =
        line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n" + before;
    byte[] h = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] t = after.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[h.length + bytes.length + t.length];
    System.arraycopy(h, 0, all, 0, h.length);
    System.arraycopy(bytes, 0, all, h.length, bytes.length);
    System.arraycopy(t, 0, all, h.length + bytes.length, t.length);
    return all;
  }

  private static byte[] upload(byte[] bytes) {
    return upload("POST " + AT + "/up", "Content-Length: " + bytes.length, bytes, "", "");
  }

  private static byte[] chunked(byte[] bytes) {
    String size = Integer.toHexString(bytes.length) + "\r\n";
    return upload("PUT " + AT + "/up", "Transfer-Encoding: chunked", bytes, size, "\r\n0\r\n\r\n");
  }

  @Test
  void anApiIsFoundByHostAndByPath() throws Exception {
    assertEquals("ok", body(door.get(AT + "/pets")));
    String host = "ABC123.execute-api.us-east-1.example.com:8081";
    assertEquals(
        "ok",
        body(
            door.raw("GET /dev/pets HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")));
    assertEquals("GET /base/pets HTTP/1.1", backend.next().requestLine());
    assertEquals("GET /base/pets HTTP/1.1", backend.next().requestLine());
  }

  @Test
  void pathAndQueryReachTheBackendByteForByte() throws Exception {
    String path = "/a%2Fb//c;v=1/%FF%fe/sp%20ce/+/~!$&'()*,=:@";
    String query = "q=%2f&q=&x=a+b%20c;d&%FF=%80&[raw]";
    assertEquals("200", status(door.get(AT + path + "?" + query)));
    assertEquals("GET /base" + path + "?" + query + " HTTP/1.1", backend.next().requestLine());
  }

  @Test
  void bodiesReachTheBackendByteForByteWithALengthAndInChunks() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    door.raw(upload(bytes));
    assertArrayEquals(bytes, backend.next().body());
    door.raw(chunked(bytes));
    assertArrayEquals(bytes, backend.next().body());
  }

  @Test
  void whatDoesNotExistIsForbiddenAsOnTheVendors() throws Exception {
    String response = door.get("/_aws/execute-api/nosuch/dev/x");
    assertEquals("403", status(response));
    assertEquals("{\"message\":\"Forbidden\"}", body(response));
    assertTrue(response.contains("x-amzn-ErrorType: ForbiddenException\r\n"), response);
    assertTrue(response.contains("Content-Type: application/json\r\n"), response);
    assertEquals(Reason.API_NOT_FOUND, door.exchange().refusal().reason());
    assertEquals("{\"message\":\"Forbidden\"}", body(door.get("/_aws/execute-api/abc123/prod/x")));
    assertEquals(Reason.STAGE_NOT_FOUND, door.exchange().refusal().reason());
    assertEquals("{\"message\":\"Forbidden\"}", body(door.get("/dev/pets")));
  }

  @Test
  void anUnknownRouteOrVerbIsAMissingToken() throws Exception {
    door.serve(api("abc123", "dev").mock("GET", "/mock", 200, "{}").snapshot(2));
    for (String request :
        new String[] {"GET " + AT + "/nosuch", "POST " + AT + "/mock", "GET " + AT}) {
      String response = door.raw(request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertEquals("403", status(response));
      assertEquals("{\"message\":\"Missing Authentication Token\"}", body(response));
      assertTrue(
          response.contains("x-amzn-ErrorType: MissingAuthenticationTokenException"), response);
    }
  }

  @Test
  void everyAnswerCarriesTheIdsAndAMockAnswersItsTemplate() throws Exception {
    String response = door.get(AT + "/mock");
    assertEquals("{\"message\": \"hello\"}", body(response));
    assertTrue(response.contains("Content-Type: application/json\r\n"), response);
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    assertTrue(response.matches("(?s).*x-amzn-RequestId: " + uuid + "\r\n.*"), response);
    assertTrue(response.matches("(?s).*x-amz-apigw-id: [A-Za-z0-9_-]{15}=\r\n.*"), response);
    assertFalse(response.contains("X-Amzn-Trace-Id"), "a mock's answer has no trace id");
  }

  @Test
  void requestHeadersAreDroppedByTheRecordedTable() throws Exception {
    String trace = "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793";
    door.get(
        AT + "/h",
        "X-Own: a",
        "TE: trailers",
        "Via: v",
        "Max-Forwards: 3",
        trace,
        "Proxy-Authorization: p");
    String sent = backend.next().head();
    for (String line : new String[] {"X-Own: a", trace, "X-Amzn-Apigateway-Api-Id: abc123"}) {
      assertTrue(sent.contains("\r\n" + line + "\r\n"), line + " in " + sent);
    }
    for (String dropped : new String[] {"TE:", "Via:", "Max-Forwards:", "Proxy-Authorization:"}) {
      assertFalse(sent.contains("\r\n" + dropped), sent);
    }
  }

  @Test
  void responseHeadersAreDroppedAndRemappedByTheRecordedTable() throws Exception {
    backend.script(
        RawBackend.answering(
            "HTTP/1.1 201 Created\r\nDate: D\r\nServer: S\r\nVia: V\r\nX-Amzn-RequestId: theirs\r\nX-Mine: 1\r\n"
                + "X-Mine: 2\r\nConnection: keep-alive\r\nWWW-Authenticate: W\r\nContent-Length: 2\r\n\r\nok"));
    String response = door.get(AT + "/h");
    assertEquals("201", status(response));
    for (String line :
        new String[] {
          "x-amzn-Remapped-Date: D",
          "x-amzn-Remapped-Server: S",
          "x-amzn-Remapped-X-Amzn-RequestId: theirs",
          "x-amzn-Remapped-Connection: keep-alive",
          "x-amzn-Remapped-WWW-Authenticate: W",
          "x-amzn-Remapped-Content-Length: 2",
          "X-Mine: 1",
          "X-Mine: 2"
        }) {
      assertTrue(response.contains("\r\n" + line + "\r\n"), line + " in " + response);
    }
    assertFalse(response.contains("Via: V"), response);
  }

  @Test
  void anApiKeyOpensOnlyTheStagesOfItsPlans() throws Exception {
    var keyed = SampleApi.proxyMethod("/k", backend.url() + "/k").apiKeyRequired(true).build();
    door.serve(api("abc123", "dev").method("GET", "/k", keyed).snapshot(2));
    String sha = SnapshotCodec.sha256("secret-key-value-12345".getBytes(StandardCharsets.UTF_8));
    String header = "x-api-key: secret-key-value-12345";

    assertForbidden(Reason.API_KEY_MISSING);
    assertForbidden(Reason.API_KEY_UNKNOWN, header);
    door.live.put(new KeySnapshot(1, "999999999999", "k1", sha, true, Set.of("p1")));
    door.live.put(new PlanSnapshot(1, "999999999999", "p1", Set.of("abc123:dev")));
    assertForbidden(
        Reason.API_KEY_UNKNOWN, header); // another tenant's key and plan open nothing here
    door.live.put(new KeySnapshot(1, SampleApi.ACCOUNT, "k1", sha, true, Set.of("p1")));
    assertForbidden(Reason.API_KEY_NOT_IN_PLAN, header);
    door.live.put(new PlanSnapshot(1, SampleApi.ACCOUNT, "p1", Set.of("abc123:prod")));
    assertForbidden(Reason.API_KEY_NOT_IN_PLAN, header);
    door.live.put(new PlanSnapshot(2, SampleApi.ACCOUNT, "p1", Set.of("abc123:dev")));
    assertEquals("ok", body(door.get(AT + "/k", header)));
    assertEquals("k1", door.exchange().apiKey().id());
    door.live.put(new KeySnapshot(2, SampleApi.ACCOUNT, "k1", sha, false, Set.of("p1")));
    assertForbidden(Reason.API_KEY_DISABLED, header);
  }

  private void assertForbidden(Reason reason, String... headers) throws Exception {
    assertEquals("{\"message\":\"Forbidden\"}", body(door.get(AT + "/k", headers)));
    assertEquals(reason, door.exchange().refusal().reason());
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeAndWhileItIsRead() throws Exception {
    String expect = "Expect: 100-continue\r\nContent-Length: 10485761";
    String asked = door.raw(upload("POST " + AT + "/up", expect, new byte[0], "", ""));
    assertEquals("413", status(asked));
    assertEquals("{\"message\":\"Request Too Long\"}", body(asked));
    assertEquals("413", status(door.raw(upload(new byte[10_485_761]))));
    assertEquals("413", status(door.raw(chunked(new byte[10_485_761]))));
    assertEquals("200", status(door.raw(upload(new byte[10_485_760]))));
    assertEquals("200", status(door.raw(chunked(new byte[10_485_760]))));
  }

  @Test
  void aCallerThatWaitsForTheWordGetsIt() throws Exception {
    byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
    String response =
        door.raw(
            upload(
                "POST " + AT + "/up", "Expect: 100-continue\r\nContent-Length: 5", bytes, "", ""));
    assertTrue(response.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), response);
    assertArrayEquals(bytes, backend.next().body());
  }

  @Test
  void aBackendThatBreaksHangsOrTalksNonsenseCostsOneRequest() throws Exception {
    backend.script((head, out, socket) -> socket.close());
    String broken = door.get(AT + "/x");
    assertEquals("504", status(broken));
    assertEquals("{\"message\": \"Network error communicating with endpoint\"}", body(broken));

    CountDownLatch never = new CountDownLatch(1);
    backend.script((head, out, socket) -> never.await());
    String late = door.get(AT + "/x");
    assertEquals("504", status(late));
    assertEquals("{\"message\": \"Endpoint request timed out\"}", body(late));
    never.countDown();

    backend.script(RawBackend.answering("garbage\r\n\r\n"));
    String nonsense = door.get(AT + "/x");
    assertEquals("502", status(nonsense), nonsense);

    backend.script(RawBackend.answering(OK));
    assertEquals("ok", body(door.get(AT + "/x")));
  }

  @Test
  void aBackendThatIsNotThereIsAnInternalError() throws Exception {
    try (Door other = new Door("127.0.0.0/8", 10)) {
      String nobody = "http://127.0.0.1:" + Door.freePort() + "/";
      other.serve(api("abc123", "dev").proxy("GET", "/x", nobody).snapshot(1));
      String refused = other.get(AT + "/x");
      assertEquals("500", status(refused));
      assertEquals("{\"message\": \"Internal server error\"}", body(refused));
      assertEquals(Reason.BACKEND_UNREACHABLE, other.exchange().refusal().reason());
      other.serve(
          api("abc123", "dev").proxy("GET", "/x", "http://no-such-host.invalid/").snapshot(2));
      assertEquals("500", status(other.get(AT + "/x")));
      assertEquals(Reason.BACKEND_ADDRESS_UNKNOWN, other.exchange().refusal().reason());
    }
  }

  @Test
  void aDeadKeptAliveConnectionIsNotTheCallersProblem() throws Exception {
    backend.script(
        (head, out, socket) -> {
          out.write(OK.getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.close(); // without having said so
        });
    for (int i = 0; i < 20; i++) {
      assertEquals("ok", body(door.get(AT + "/x")), "request " + i);
    }
  }

  @Test
  void aForbiddenAddressIsNotConnectedTo() throws Exception {
    try (Door strict = new Door("", 10)) {
      strict.serve(api("abc123", "dev").proxy("GET", "/x", backend.url() + "/").snapshot(1));
      assertEquals("500", status(strict.get(AT + "/x")));
      assertEquals(Reason.BACKEND_ADDRESS_FORBIDDEN, strict.exchange().refusal().reason());
      assertTrue(backend.received.isEmpty());
    }
  }

  @Test
  void whatCannotBeServedIsRefusedAndAllElseIsServed() throws Exception {
    door.serve(
        api("abc123", "dev")
            .proxy("GET", "/open", backend.url() + "/")
            .method(
                "GET",
                "/own",
                Method.builder()
                    .authorizationType("NONE")
                    .methodIntegration(
                        Integration.builder()
                            .type("AWS")
                            .httpMethod("POST")
                            .uri("arn:aws:apigateway:us-east-1:sqs:action/SendMessage")
                            .credentials("arn:aws:iam::*:user/*")
                            .build())
                    .build())
            .snapshot(3));
    assertEquals("501", status(door.get(AT + "/own")));
    assertEquals(Reason.NOT_BUILT, door.exchange().refusal().reason());
    assertTrue(backend.received.isEmpty());
    assertEquals("200", status(door.get(AT + "/open")));
    door.serve(
        api("abc123", "dev")
            .with(a -> a.policy("{}"))
            .proxy("GET", "/open", backend.url() + "/")
            .snapshot(4));
    assertEquals("403", status(door.get(AT + "/open")), "nobody passes a policy nobody reads");
  }

  @Test
  void strangeTargetsAndAMissingHostAreRefused() throws Exception {
    String[] targets = {
      AT + "/../x",
      AT + "/%2e%2E/x",
      AT + "/a/./b",
      "http://other/y",
      AT + "/caf\u00e9",
      AT + "/a\\b"
    };
    for (String target : targets) {
      assertEquals("400", status(door.get(target)), target);
    }
    assertEquals("400", status(door.raw("GET " + AT + "/x HTTP/1.1\r\nConnection: close\r\n\r\n")));
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void aFullNodeRefusesAtOnce() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          hold.await();
          out.write(OK.getBytes(StandardCharsets.US_ASCII));
        });
    try (Door small = new Door("127.0.0.1/32", 1);
        Socket first = new Socket("127.0.0.1", small.port)) {
      small.serve(api("abc123", "dev").proxy("GET", "/x", backend.url() + "/").snapshot(1));
      first
          .getOutputStream()
          .write(
              ("GET " + AT + "/x HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      backend.next();
      assertEquals("503", status(small.get(AT + "/x")));
      assertEquals(Reason.OVERLOADED, small.exchange().refusal().reason());
      hold.countDown();
      assertEquals(200, small.exchange().response().status());
      assertEquals(0, small.inFlight.count());
    }
  }

  @Test
  void aSlowReaderHoldsTheBackendBackInsteadOfFillingTheNode() throws Exception {
    int pieces = 2000;
    byte[] piece = new byte[64 << 10];
    CountDownLatch left = new CountDownLatch(pieces);
    backend.script(
        (head, out, socket) -> {
          String length =
              "HTTP/1.1 200 OK\r\nContent-Length: " + (long) pieces * piece.length + "\r\n\r\n";
          out.write(length.getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < pieces; i++) {
            out.write(piece);
            left.countDown();
          }
        });
    try (Socket slow = new Socket("127.0.0.1", door.port)) {
      slow.setReceiveBufferSize(32 << 10);
      String get = "GET " + AT + "/big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      slow.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertFalse(left.await(2, TimeUnit.SECONDS), "128 MB went somewhere while nobody read");
      InputStream in = slow.getInputStream();
      long read = 0;
      byte[] buffer = new byte[1 << 20];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
      assertTrue(read > (long) pieces * piece.length, "all of it arrived: " + read);
    }
  }

  @Test
  void aCallerThatIsGoneReleasesTheBackend() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          String length = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
          out.write(length.getBytes(StandardCharsets.US_ASCII));
          try {
            for (int i = 0; i < 100_000; i++) {
              out.write(new byte[10_000]);
            }
          } finally {
            released.countDown();
          }
        });
    try (Socket impatient = new Socket("127.0.0.1", door.port)) {
      String get = "GET " + AT + "/big HTTP/1.1\r\nHost: x\r\n\r\n";
      impatient.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', impatient.getInputStream().read());
    }
    assertTrue(released.await(10, TimeUnit.SECONDS), "the backend still sends to nobody");
    door.exchange();
    assertEquals(0, door.inFlight.count());
  }

  @Test
  void aCallerThatLeavesBeforeTheAnswerIsCountedAndTheLateAnswerIsLetGo() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          gone.await();
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
          while (socket.getInputStream().read() >= 0) {
            // until the node hangs up
          }
          released.countDown();
        });
    try (Socket impatient = new Socket("127.0.0.1", door.port)) {
      String get = "GET " + AT + "/slow HTTP/1.1\r\nHost: x\r\n\r\n";
      impatient.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      backend.next();
    }
    assertEquals(499, door.exchange().status());
    gone.countDown();
    assertTrue(released.await(10, TimeUnit.SECONDS), "the late answer still holds its connection");
    assertEquals(0, door.inFlight.count());
  }

  @Test
  void onlyTheVendorsVerbsReachAnAnyMethod() throws Exception {
    String response =
        door.raw("PROPFIND " + AT + "/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertEquals("403", status(response));
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void aBodyThatIsCutOffCutsTheCallersConnection() throws Exception {
    backend.script(
        (head, out, socket) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.close();
        });
    String response = door.raw("GET " + AT + "/x HTTP/1.1\r\nHost: x\r\n\r\n");
    assertTrue(response.endsWith("half"), response);
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTurnThoughABodyWasNotWanted() throws Exception {
    door.serve(api("abc123", "dev").mock("GET", "/mock", 200, "{}").snapshot(3));
    String get = "GET " + AT + "/mock HTTP/1.1\r\nHost: x\r\n\r\n";
    String post = "POST " + AT + "/nosuch HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    String all = door.raw(get + post + get.replace("Host: x", "Host: x\r\nConnection: close"));
    assertEquals(4, all.split("HTTP/1.1 ").length, all);
    assertTrue(
        all.indexOf(" 403 ") > all.indexOf(" 200 ")
            && all.lastIndexOf(" 200 ") > all.indexOf(" 403 "),
        all);
  }
}

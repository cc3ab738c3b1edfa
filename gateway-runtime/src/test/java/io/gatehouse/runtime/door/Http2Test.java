package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static io.gatehouse.runtime.door.Http2Wire.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2Test {

  private static final String AT = "/_aws/execute-api/abc123/dev";
  private static final int PROTOCOL_ERROR = 1;

  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(
            RawBackend.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\nX-Mine: 1\r\n\r\nok"));
    door = door(new Limits(100_000, 10_240, 500, 500, 500, 60_000, 0, true));
  }

  private Door door(Limits limits) throws Exception {
    Door opened = new Door("127.0.0.1/32:" + backend.port(), 1000, limits);
    opened.serve(
        api("abc123", "dev").proxy("ANY", "/{proxy+}", backend.url() + "/{proxy}").snapshot(1));
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  @Test
  void aRequestIsServedAndKnowsItsProtocol() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("GET", AT + "/a?b=c").add("x-own", "1"), true);
      Http2Wire.Answer answer = wire.answer(1);
      assertEquals("200", answer.status());
      assertEquals("ok", answer.body());
      assertEquals("1", answer.headers().get("x-mine").toString());
      for (String name : Http2Head.OF_CONNECTION) {
        assertFalse(answer.headers().contains(name), name);
      }
      Exchange x = door.exchange();
      assertEquals("HTTP/2.0", x.request().protocol());
      assertEquals("x", x.request().host());
      String head = backend.next().head();
      assertTrue(head.startsWith("GET /a?b=c HTTP/1.1\r\n"), head);
      assertFalse(head.toLowerCase().contains("transfer-encoding"), head);
      assertTrue(head.contains("x-own: 1\r\n"), head);
      assertFalse(head.contains("\r\n:"), "a field of HTTP/2's own in " + head);
    }
  }

  @Test
  void aBodyWithoutALengthReachesTheBackendInChunks() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("POST", AT + "/a"), false);
      wire.data(1, "hel", false);
      wire.data(1, "lo", true);
      assertEquals("200", wire.answer(1).status());
      RawBackend.Received received = backend.next();
      assertTrue(received.head().toLowerCase().contains("transfer-encoding: chunked"));
      assertEquals("hello", new String(received.body(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aBodyWithALengthKeepsIt() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("POST", AT + "/a").add("content-length", "5"), false);
      wire.data(1, "hello", true);
      assertEquals("200", wire.answer(1).status());
      RawBackend.Received received = backend.next();
      assertTrue(received.head().toLowerCase().contains("content-length: 5\r\n"));
      assertEquals("hello", new String(received.body(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysIsRefusedAndNeverTwoRequests() throws Exception {
    String smuggled = "helloGET /evil HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("POST", AT + "/a").add("content-length", "5"), false);
      wire.data(1, smuggled, true);
      assertEquals("reset " + PROTOCOL_ERROR, wire.answer(1).status());
      wire.headers(3, request("GET", AT + "/b"), true);
      assertEquals("200", wire.answer(3).status());
    }
    assertEquals("GET /b HTTP/1.1", backend.next().requestLine());
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void manyStreamsOfOneConnectionAreServedWithBackPressure() throws Exception {
    byte[] bytes = new byte[90_000];
    new Random(1).nextBytes(bytes);
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client = client(vertx);
      CountDownLatch done = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        client
            .request(HttpMethod.PUT, door.port, "127.0.0.1", AT + "/big")
            .compose(r -> r.send(Buffer.buffer(bytes)))
            .compose(r -> r.body())
            .onSuccess(
                b -> {
                  if (b.toString().equals("ok")) {
                    done.countDown();
                  }
                });
      }
      assertTrue(done.await(20, TimeUnit.SECONDS), done.getCount() + " were not served");
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(bytes, backend.next().body());
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void pathsAndHostsHaveTheRulesOfHttp1() throws Exception {
    refused(400, Reason.TARGET_MALFORMED, request("GET", AT + "/../a"));
    refused(400, Reason.TARGET_MALFORMED, request("GET", AT + "/a b"));
    refused(400, Reason.TARGET_MALFORMED, request("GET", AT + "/a\r\nX: y"));
    refused(400, Reason.TARGET_MALFORMED, request("GET", "*"));
    refused(400, Reason.TARGET_MALFORMED, request("OPTIONS", "*"));
    refused(400, Reason.HOST_MISSING, without(":authority"));
    refused(400, Reason.HOST_INVALID, request("GET", AT + "/a").authority("a_b!c"));
    refused(400, Reason.HOST_DOUBLED, request("GET", AT + "/a").add("host", "x").add("host", "x"));
    refused(400, Reason.HEADER_INVALID, request("GET", AT + "/a").add("x", "a\r\nb: c"));
    refused(400, Reason.HEADER_INVALID, request("GET", AT + "/a").add("x", "a\nb: c"));
    refused(400, Reason.HEADER_INVALID, request("GET", AT + "/a").add("x", "a\0b"));
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void aMethodThatIsNoneEndsItsConnection() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("G(T", AT + "/a"), true);
      wire.end();
    }
    assertTrue(backend.received.isEmpty());
  }

  private static Http2Headers without(String name) {
    Http2Headers headers = request("GET", AT + "/a");
    headers.remove(name);
    return headers;
  }

  private void refused(int status, Reason reason, Http2Headers headers) throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, headers, true);
      Http2Wire.Answer answer = wire.answer(1);
      assertEquals("" + status, answer.status(), reason.name());
      assertEquals("{\"message\":\"Bad Request\"}", answer.body());
      assertEquals(reason, door.exchange().refusal().reason());
      wire.headers(3, request("GET", "/nowhere"), true);
      assertEquals("403", wire.answer(3).status(), "the connection serves on");
      door.exchange();
    }
  }

  @Test
  void whatHttp2ItselfForbidsResetsTheStream() throws Exception {
    reset(request("GET", AT + "/a").add("connection", "close"));
    reset(request("GET", AT + "/a").add("transfer-encoding", "chunked"));
    reset(request("GET", AT + "/a").add("upgrade", "h2c"));
    reset(request("GET", AT + "/a").add("te", "gzip"));
    reset(request("GET", AT + "/a").add("X-Upper", "1"));
    reset(request("GET", AT + "/a").add("x bad", "1"));
    reset(request("GET", AT + "/a").add("host", "y"));
    reset(request("GET", AT + "/a").add(":own", "y"));
    reset(without(":path"));
    reset(without(":method"));
    reset(without(":scheme"));
    reset(request("POST", AT + "/a").add("content-length", "+5"));
    reset(request("POST", AT + "/a").add("content-length", "5").add("content-length", "6"));
    assertTrue(backend.received.isEmpty());
    assertTrue(door.seen.isEmpty());
  }

  private void reset(Http2Headers headers) throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, headers, true);
      assertEquals("reset " + PROTOCOL_ERROR, wire.answer(1).status(), headers.toString());
    }
  }

  @Test
  void headersThatAreTooManyAreRefused() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("GET", AT + "/a").add("x", "a".repeat(11_000)), true);
      assertEquals("431", wire.answer(1).status());
    }
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void aBodyOverTheLimitIsRefusedByItsLengthAndByItsBytes() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("POST", AT + "/a").add("content-length", "100001"), false);
      assertEquals("413", wire.answer(1).status());
      assertEquals(Reason.BODY_TOO_LARGE, door.exchange().refusal().reason());
      wire.headers(3, request("GET", AT + "/b"), true);
      assertEquals("200", wire.answer(3).status());
      door.exchange();
    }
    assertEquals(413, upload(100_001));
    assertEquals(Reason.BODY_TOO_LARGE, door.exchange().refusal().reason());
    assertEquals(200, upload(100_000));
  }

  /** The status of a body that does not say how long it is. */
  private int upload(int size) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      return client(vertx)
          .request(HttpMethod.PUT, door.port, "127.0.0.1", AT + "/big")
          .compose(
              r -> {
                r.write(Buffer.buffer(new byte[size])).onSuccess(sent -> r.end());
                return r.response();
              })
          .map(HttpClientResponse::statusCode)
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private static HttpClient client(Vertx vertx) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  @Test
  void aBodyThatStopsEndsItsStreamAndNoOther() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, request("POST", AT + "/a"), false);
      wire.data(1, "half", false);
      assertEquals("408", wire.answer(1).status());
      assertEquals(Reason.BODY_TIMEOUT, door.exchange().refusal().reason());
      wire.headers(3, request("GET", AT + "/b"), true);
      assertEquals("200", wire.answer(3).status());
    }
  }

  @Test
  void aCallerThatOpensNoWindowForItsAnswerLosesTheStream() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.frame(Http2Wire.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
      wire.headers(1, request("GET", AT + "/a"), true);
      assertTrue(wire.answer(1).status().startsWith("reset "));
      door.exchange();
      assertEquals(0, door.inFlight.count());
    }
  }

  @Test
  void anAnswersHeaderIsAFieldOrNothingIsWritten() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Http2Head.add(headers, "X-Good", "a\tb\u00e9");
    Http2Head.add(headers, "Connection", "close");
    assertEquals(1, headers.size());
    for (String value : new String[] {"a\r\nb: c", "a\nb", "a\0", "\u0100"}) {
      assertThrows(
          IllegalArgumentException.class, () -> Http2Head.add(headers, "X-Bad", value), value);
    }
    for (String name : new String[] {"", ":status", "X Y", "X:", "X\r\nY"}) {
      assertThrows(IllegalArgumentException.class, () -> Http2Head.add(headers, name, "a"), name);
    }
  }

  @Test
  void aFloodOfResetsEndsItsConnectionAndNoOther() throws Exception {
    try (Http2Wire flood = new Http2Wire(door.port);
        Http2Wire other = new Http2Wire(door.port)) {
      other.headers(1, request("GET", AT + "/b"), true);
      assertEquals("200", other.answer(1).status());
      Thread flooding =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int stream = 1; stream < 20_000; stream += 2) {
                        flood.headers(stream, request("GET", "/nowhere"), true);
                        flood.frame(Http2Wire.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                      }
                    } catch (Exception e) {
                      // hung up on, which is right
                    }
                  });
      assertEquals(Http2Wire.ENHANCE_YOUR_CALM, flood.end());
      flooding.join();
      other.headers(3, request("GET", AT + "/b"), true);
      assertEquals("200", other.answer(3).status());
    }
    door.settle();
  }

  @Test
  void aFloodOfContinuationsEndsItsConnection() throws Exception {
    assertEquals(
        Http2Wire.ENHANCE_YOUR_CALM,
        flood(
            wire -> {
              wire.frame(Http2Wire.HEADERS, 0, 1, wire.block(request("GET", AT + "/a")));
              for (int i = 0; i < 10_000; i++) {
                wire.frame(Http2Wire.CONTINUATION, 0, 1, new byte[0]);
              }
            }));
  }

  @Test
  void aHeadersBlockThatNeverEndsDoesNotFillTheNode() throws Exception {
    byte[] field = new byte[8_000];
    int error =
        flood(
            wire -> {
              wire.frame(Http2Wire.HEADERS, 0, 1, wire.block(request("GET", AT + "/a")));
              for (int i = 0; i < 10_000; i++) {
                wire.frame(Http2Wire.CONTINUATION, 0, 1, field);
              }
            });
    assertTrue(error > 0, "the connection was ended");
  }

  /** Frames that are to be answered, from somebody who does not read the answers. */
  @Test
  void aFloodOfPingsThatNobodyReadsEndsItsConnection() throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      long sent = 0;
      try {
        while (sent < 20_000_000) {
          wire.frame(Http2Wire.PING, 0, 0, new byte[8]);
          sent++;
        }
      } catch (IOException hungUp) {
        // which is right
      }
      assertTrue(sent < 20_000_000, "all of them were taken");
    }
    try (Http2Wire other = new Http2Wire(door.port)) {
      other.headers(1, request("GET", AT + "/b"), true);
      assertEquals("200", other.answer(1).status());
    }
  }

  /** Does harm to a connection of its own. */
  private interface Harm {
    void on(Http2Wire wire) throws Exception;
  }

  private int flood(Harm harm) throws Exception {
    try (Http2Wire wire = new Http2Wire(door.port)) {
      Thread harming =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      harm.on(wire);
                    } catch (Exception e) {
                      // hung up on, which is right
                    }
                  });
      int error = wire.end();
      harming.join();
      return error;
    }
  }

  @Test
  void itCanBeTurnedOff() throws Exception {
    try (Door without = door(new Limits(100_000, 10_240, 500, 500, 500, 60_000, 0, false))) {
      String answer = without.raw(new String(Http2Door.PREFACE, StandardCharsets.US_ASCII));
      assertEquals("505", Wire.status(answer), answer);
      assertEquals(Reason.HTTP_VERSION_UNSUPPORTED, without.exchange().refusal().reason());
    }
  }
}

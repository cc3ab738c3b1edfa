package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Backends that speak HTTP/2, agreed on by ALPN, well and badly. */
class Http2BackendTest {

  @TempDir static Path directory;
  private static Authority authority;
  private static Authority.Pem pem;

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private Vertx vertx;
  private Door door;
  private int port;

  @BeforeAll
  static void authority() throws Exception {
    authority = Authority.create(directory, "ours");
    pem = authority.pemFor("ip:127.0.0.1");
  }

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(pem.certificate().toString())
                            .setKeyPath(pem.key().toString())))
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(this::answer)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
    door = new Door("127.0.0.1/32", 1000);
    door.live.put(
        new BackendAccessSnapshot(
            1, SampleApi.ACCOUNT, List.of(authority.pem()), Map.of(), Map.of()));
    String uri = "https://127.0.0.1:" + port;
    Method gathered = SampleApi.proxyMethod("/gathered/{path}", uri + "/{path}").build();
    door.serve(
        SampleApi.api("abc123", "dev")
            .proxy("ANY", "/{path}", uri + "/{path}")
            .method(
                "GET",
                "/gathered/{path}",
                gathered.toBuilder()
                    .methodIntegration(
                        gathered.methodIntegration().toBuilder()
                            .type("HTTP")
                            .integrationResponses(
                                Map.of(
                                    "200",
                                    IntegrationResponse.builder()
                                        .statusCode("200")
                                        .responseTemplates(
                                            Map.of("application/json", "$input.body"))
                                        .build()))
                            .build())
                    .build())
            .snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    int times = asked.incrementAndGet();
    var out = request.response();
    switch (request.path()) {
      case "/reset" -> out.reset(2);
      case "/refused-once" -> {
        if (times == 1) {
          out.reset(7);
        } else {
          request.body().onSuccess(body -> out.end("again " + body));
        }
      }
      case "/reset-within" -> {
        out.setChunked(true);
        out.write("half");
        vertx.setTimer(50, t -> out.reset(2)); // when it has gone out
      }
      case "/goaway" -> {
        request.connection().goAway(0, 2_147_483_647);
        out.end("leaving");
      }
      case "/shorter", "/longer" -> {
        out.putHeader(HttpHeaders.CONTENT_LENGTH, request.path().equals("/shorter") ? "10" : "2");
        out.write(Buffer.buffer("hello"));
        out.end();
      }
      case "/trailers" -> {
        out.setChunked(true).write("body");
        out.putTrailer("x-sum", "1").end();
      }
      case "/informed" -> {
        out.writeContinue();
        out.writeEarlyHints(HttpHeaders.headers().add("link", "</a>"));
        out.end("informed");
      }
      case "/informed-endlessly" -> {
        for (int i = 0; i < 100; i++) {
          out.writeContinue();
        }
      }
      case "/slow" -> vertx.setTimer(300, t -> out.end("slow"));
      case "/headers" -> {
        for (int i = 0; i < 2000; i++) {
          out.putHeader("x-" + i, "y".repeat(50));
        }
        out.end("headers");
      }
      default -> request.body().onSuccess(body -> out.end(request.version() + " " + body.length()));
    }
  }

  private String call(String method, String path, String body) throws Exception {
    return door.raw(
        method
            + " /_aws/execute-api/abc123/dev"
            + path
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private void assertServed(String method, String path, String sent, String body) throws Exception {
    String answer = call(method, path, sent);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains(body), answer);
    assertEquals(null, door.exchange().refusal());
  }

  private GatewayException assertFails(String method, String path, int status, Reason reason)
      throws Exception {
    String answer = call(method, path, "");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    GatewayException refusal = door.exchange().refusal();
    assertEquals(reason, refusal.reason(), refusal.detail());
    assertServed("GET", "/next", "", "HTTP_2 0");
    return refusal;
  }

  @Test
  void bodiesGoBothWays() throws Exception {
    assertServed("GET", "/hello", "", "HTTP_2 0");
    assertServed("POST", "/hello", "x".repeat(200_000), "HTTP_2 200000");
    assertServed("GET", "/gathered/hello", "", "HTTP_2 0");
  }

  @Test
  void requestsShareConnections() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertServed("GET", "/hello", "", "HTTP_2"); // each event loop has its connection
    }
    int before = connections.get();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return call("GET", "/slow", "");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    for (CompletableFuture<String> answer : answers) {
      assertTrue(answer.get(20, TimeUnit.SECONDS).contains("slow"));
    }
    assertEquals(before, connections.get(), "sixty at once, and no connection more");
  }

  @Test
  void aStreamThatIsResetFailsItsRequestAlone() throws Exception {
    GatewayException refusal = assertFails("POST", "/reset", 504, Reason.BACKEND_STREAM_RESET);
    assertTrue(refusal.detail().contains("reset the stream with code 2"), refusal.detail());
    assertEquals(2, asked.get(), "a POST that may have been worked on is not sent again");
    asked.set(0);
    assertFails("GET", "/reset", 504, Reason.BACKEND_STREAM_RESET);
    assertEquals(3, asked.get(), "a GET is sent once more");
  }

  @Test
  void whatABackendHasNotLookedAtIsSentOnceMore() throws Exception {
    door.get("/_aws/execute-api/abc123/dev/refused-once");
    assertEquals(null, door.exchange().refusal());
    assertEquals(2, asked.get());
  }

  @Test
  void aStreamThatIsResetWithinItsBodyIsToldAsThat() throws Exception {
    assertFails("GET", "/gathered/reset-within", 502, Reason.BACKEND_BODY_INVALID);
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysIsRefused() throws Exception {
    assertFails("GET", "/gathered/longer", 502, Reason.BACKEND_BODY_INVALID);
    assertFails("GET", "/gathered/shorter", 502, Reason.BACKEND_BODY_INVALID);
  }

  @Test
  void aBackendThatSendsItsCallersAwayIsCalledAnew() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertServed("GET", "/goaway", "", "leaving");
    }
    assertTrue(connections.get() >= 3, "a new connection after each");
  }

  @Test
  void trailersAndInformationGoNoFurther() throws Exception {
    String answer = call("GET", "/trailers", "");
    assertTrue(answer.contains("body"), answer);
    assertFalse(answer.contains("x-sum"), answer);
    door.exchange();
    assertServed("GET", "/informed", "", "informed");
  }

  @Test
  void informationWithoutEndIsRefused() throws Exception {
    assertFails("POST", "/informed-endlessly", 502, Reason.BACKEND_ANSWER_ENDLESS);
  }

  @Test
  void headersWithoutEndAreRefused() throws Exception {
    String answer = call("POST", "/headers", "");
    GatewayException refusal = door.exchange().refusal();
    assertFalse(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(refusal != null, answer);
    assertServed("GET", "/next", "", "HTTP_2 0");
  }
}

package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.header;
import static io.gatehouse.runtime.cache.CachedApi.keyed;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** What is kept, for whom and for how long, through a real door. */
class KeptAnswersTest {

  private static final String AT = "/_aws/execute-api/kept/dev";

  private final AtomicInteger calls = new AtomicInteger();
  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend((head, out, socket) -> answer(out, "200 OK", ""));
    door = new Door("127.0.0.1/32:" + backend.port(), 100);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  /** Each answer is another one, so that what was kept can be told from what was not. */
  private void answer(OutputStream out, String status, String headers) throws Exception {
    String body = "answer " + calls.incrementAndGet();
    out.write(
        ("HTTP/1.1 "
                + status
                + "\r\n"
                + headers
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private void serve(SampleApi api) {
    door.serve(api.snapshot(1));
  }

  private void serveProxy() {
    serve(api("kept").proxy("GET", "/pets", backend.url() + "/pets"));
  }

  @Test
  void theSecondCallerGetsTheFirstOnesAnswer() throws Exception {
    serveProxy();

    String first = door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    assertEquals("miss", result(first));
    assertEquals("hit", result(second));
    assertEquals("answer 1", body(second));
    assertEquals(1, calls.get());
  }

  @Test
  void anAnswerCarriesTheIdsOfTheRequestThatItAnswers() throws Exception {
    serveProxy();

    String first = door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    for (String name : new String[] {"x-amzn-RequestId", "x-amz-apigw-id"}) {
      assertNotEquals(header(first, name), header(second, name), name);
      assertNotEquals("none", header(second, name), name);
    }
  }

  @Test
  void theTraceOfAMappedAnswerIsThatOfTheRequest() throws Exception {
    serve(
        api("kept")
            .method(
                "GET",
                "/mapped",
                io.gatehouse.runtime.SampleApi.proxyMethod("/mapped", backend.url() + "/mapped")
                    .build()
                    .toBuilder()
                    .methodIntegration(
                        software.amazon.awssdk.services.apigateway.model.Integration.builder()
                            .type("HTTP")
                            .httpMethod("GET")
                            .uri(backend.url() + "/mapped")
                            .integrationResponses(
                                Map.of(
                                    "200",
                                    software.amazon.awssdk.services.apigateway.model
                                        .IntegrationResponse.builder()
                                        .statusCode("200")
                                        .build()))
                            .build())
                    .build()));

    String one = "Root=1-67891233-abcdef012345678912345678";
    String two = "Root=1-67891233-ffffff012345678912345678";
    assertEquals(
        one, header(door.get(AT + "/mapped", "X-Amzn-Trace-Id: " + one), "X-Amzn-Trace-Id"));
    String second = door.get(AT + "/mapped", "X-Amzn-Trace-Id: " + two);
    assertEquals("hit", result(second));
    assertEquals(two, header(second, "X-Amzn-Trace-Id"));
  }

  @Test
  void anAnswerIsGoodForItsTimeAndNoLonger() throws Exception {
    serveProxy();
    door.get(AT + "/pets");

    door.clockAhead.set(299_000);
    assertEquals("hit", result(door.get(AT + "/pets")));
    door.clockAhead.set(301_000);

    assertEquals("answer 2", body(door.get(AT + "/pets")));
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK,                     '',                                   true",
    "203 Other,                  '',                                   true",
    "206 Partial Content,        '',                                   false",
    "302 Found,                  '',                                   false",
    "404 Not Found,              '',                                   false",
    "500 Oh,                     '',                                   false",
    "200 OK,                     'Set-Cookie: a=b\r\n',                false",
    "200 OK,                     'Cache-Control: no-store\r\n',        false",
    "200 OK,                     'Cache-Control: private, x\r\n',      false",
    "200 OK,                     'Cache-Control: max-age=5\r\n',       true",
    "200 OK,                     'Vary: *\r\n',                        false",
    "200 OK,                     'Content-Range: bytes 0-7/8\r\n',     false",
  })
  void onlyWhatSucceedsAndIsForOthersIsKept(String status, String headers, boolean kept)
      throws Exception {
    String fields = headers.replace("\\r\\n", "\r\n");
    backend.script((head, out, socket) -> answer(out, status, fields));
    serveProxy();

    door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    assertEquals(kept ? "hit" : "miss", result(second));
  }

  @Test
  void aPartIsNeitherKeptNorCutOutOfWhatIsKept() throws Exception {
    serveProxy();
    door.get(AT + "/pets");

    String part = door.get(AT + "/pets", "Range: bytes=0-1");

    assertEquals("none", result(part));
    assertEquals("answer 2", body(part));
    assertEquals("answer 1", body(door.get(AT + "/pets")));
  }

  @Test
  void aBodyThatStreamsIsDeliveredAndKept() throws Exception {
    backend.script(
        (head, out, socket) -> {
          calls.incrementAndGet();
          out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n".getBytes());
          out.flush();
          out.write("3\r\ndef\r\n0\r\n\r\n".getBytes());
        });
    serveProxy();

    String first = door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    assertTrue(first.endsWith("3\r\ndef\r\n0\r\n\r\n") || first.contains("abc"), first);
    assertEquals("hit", result(second));
    assertEquals("abcdef", body(second));
    assertEquals(1, calls.get());
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, false, true",
    "1048577, false, false",
    "1048576, true, true",
    "1048577, true, false"
  })
  void whatIsLargerThanTheVendorsLimitIsPassedOnWholeAndNotKept(
      int bytes, boolean chunked, boolean kept) throws Exception {
    String body = "x".repeat(bytes);
    backend.script(
        (head, out, socket) -> {
          calls.incrementAndGet();
          out.write(
              (chunked
                      ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                          + Integer.toHexString(bytes)
                          + "\r\n"
                          + body
                          + "\r\n0\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + body)
                  .getBytes());
        });
    serveProxy();

    String first = door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    assertEquals(bytes, first.chars().filter(c -> c == 'x').count() - xsOfHead(first));
    assertEquals(kept ? "hit" : "miss", result(second));
    assertEquals(bytes, second.chars().filter(c -> c == 'x').count() - xsOfHead(second));
    assertEquals(kept ? 1 : 2, calls.get());
  }

  private static long xsOfHead(String answer) {
    return answer.substring(0, answer.indexOf("\r\n\r\n")).chars().filter(c -> c == 'x').count();
  }

  @Test
  void aBodyThatBreaksOffIsNotKept() throws Exception {
    backend.script(
        (head, out, socket) -> {
          if (calls.incrementAndGet() == 1) {
            out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n".getBytes());
            out.flush();
            socket.close();
          } else {
            answer(out, "200 OK", "");
          }
        });
    serveProxy();

    door.get(AT + "/pets");
    String second = door.get(AT + "/pets");

    assertEquals("answer 3", body(second));
  }

  @Test
  void aBodyThatOnlyTheConnectionsEndEndsIsNotKept() throws Exception {
    backend.script(
        (head, out, socket) -> {
          calls.incrementAndGet();
          out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc".getBytes());
          out.flush();
          socket.close();
        });
    serveProxy();

    door.get(AT + "/pets");
    door.get(AT + "/pets");

    assertEquals(2, calls.get());
  }

  @Test
  void aGetWithABodyIsNotServedFromTheCacheNorKept() throws Exception {
    serveProxy();
    String fat =
        "GET "
            + AT
            + "/pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";

    assertEquals("none", result(door.raw(fat)));
    assertEquals("miss", result(door.get(AT + "/pets")));
    assertEquals("answer 3", body(door.raw(fat)));
  }

  @Test
  void onlyGetIsKeptUnlessTheMethodsOwnSettingSaysSo() throws Exception {
    Map<String, MethodSetting> settings =
        Map.of(
            "*/*", MethodSetting.builder().cachingEnabled(true).cacheTtlInSeconds(300).build(),
            "own/POST", MethodSetting.builder().cachingEnabled(true).cacheTtlInSeconds(300).build(),
            "off/GET", MethodSetting.builder().cachingEnabled(false).build(),
            "none/GET", MethodSetting.builder().cachingEnabled(true).cacheTtlInSeconds(0).build());
    SampleApi api = api("kept").stage(stage -> stage.methodSettings(settings));
    for (String path : new String[] {"/own", "/off", "/none", "/any"}) {
      api.proxy("ANY", path, backend.url() + path);
    }
    for (String path : new String[] {"/off", "/none"}) {
      api.proxy("GET", path, backend.url() + path);
    }
    api.proxy("POST", "/own", backend.url() + "/own").proxy("POST", "/star", backend.url() + "/x");
    serve(api);

    assertEquals("hit", twice("GET", "/any", ""));
    assertEquals("none", twice("POST", "/any", ""));
    assertEquals("none", twice("HEAD", "/any", ""));
    assertEquals("none", twice("POST", "/star", ""));
    assertEquals("none", twice("GET", "/off", ""));
    assertEquals("none", twice("GET", "/none", ""));
    assertEquals("hit", twice("POST", "/own", "abc"));
    assertEquals("miss", result(send("POST", "/own", "another body")));
    assertEquals("hit", result(send("POST", "/own", "abc")));
  }

  private String twice(String verb, String path, String body) throws Exception {
    send(verb, path, body);
    return result(send(verb, path, body));
  }

  private String send(String verb, String path, String body) throws Exception {
    return door.raw(
        verb
            + " "
            + AT
            + path
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Test
  void aFlushedStageBeginsAnew() throws Exception {
    SampleApi api = api("kept").proxy("GET", "/pets", backend.url() + "/pets");
    door.serve(api.flushed(1).snapshot(1));
    door.get(AT + "/pets");
    door.serve(api.flushed(2).stage(s -> s.deploymentId("dep1")).snapshot(2));

    assertEquals("answer 2", body(door.get(AT + "/pets")));
  }

  @Test
  void anotherDeploymentHasAnswersOfItsOwn() throws Exception {
    SampleApi api = api("kept").proxy("GET", "/pets", backend.url() + "/pets");
    door.serve(api.snapshot(1));
    door.get(AT + "/pets");
    door.serve(api.snapshot(2));

    assertEquals("answer 2", body(door.get(AT + "/pets")));
  }

  @Test
  void theCanarysAnswersAreItsOwnUnlessItUsesTheStagesCache() throws Exception {
    for (boolean shared : new boolean[] {false, true}) {
      String id = shared ? "shared" : "apart";
      door.serve(
          api(id)
              .proxy("GET", "/pets", backend.url() + "/pets")
              .canary(api(id).proxy("GET", "/pets", backend.url() + "/pets"))
              .stage(
                  s ->
                      s.canarySettings(
                          c -> c.percentTraffic(50.0).deploymentId("dep9").useStageCache(shared)))
              .snapshot(1));
      door.draw = 0.9;
      assertEquals("miss", result(door.get("/_aws/execute-api/" + id + "/dev/pets")));
      door.draw = 0.1;
      assertEquals(
          shared ? "hit" : "miss", result(door.get("/_aws/execute-api/" + id + "/dev/pets")), id);
    }
  }

  @Test
  void answersInACodingAreForThoseWhoTakeIt() throws Exception {
    backend.script(
        (head, out, socket) ->
            answer(
                out,
                "200 OK",
                head.contains("gzip")
                    ? "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
                    : ""));
    serveProxy();

    door.get(AT + "/pets", "Accept-Encoding: gzip, br");
    assertEquals("hit", result(door.get(AT + "/pets", "Accept-Encoding: deflate, GZIP;q=0.5")));
    assertEquals("miss", result(door.get(AT + "/pets", "Accept-Encoding: gzip;q=0")));
    assertEquals("hit", result(door.get(AT + "/pets", "Accept-Encoding: gzip")));
  }

  @Test
  void answersThatVaryByAHeaderAreKeptForEachOfItsValues() throws Exception {
    backend.script((head, out, socket) -> answer(out, "200 OK", "Vary: X-Language\r\n"));
    serveProxy();

    door.get(AT + "/pets", "X-Language: de");
    assertEquals("hit", result(door.get(AT + "/pets", "X-Language: de")));
    assertEquals("miss", result(door.get(AT + "/pets", "X-Language: en")));
    assertEquals("answer 2", body(door.get(AT + "/pets", "X-Language: en")));
    assertEquals("answer 1", body(door.get(AT + "/pets", "X-Language: de")));
  }

  @Test
  void aMethodWithoutCachingTellsNothing() throws Exception {
    serve(
        SampleApi.api("kept", "dev")
            .proxy("GET", "/pets", backend.url() + "/pets")
            .stage(
                s ->
                    s.methodSettings(
                        Map.of("*/*", MethodSetting.builder().cachingEnabled(true).build()))));

    door.get(AT + "/pets");

    assertEquals("none", result(door.get(AT + "/pets")));
    assertEquals(2, calls.get());
  }

  @Test
  void parametersThatAreNotInTheKeyDoNotTellAnswersApartAsOnTheVendors() throws Exception {
    serve(
        api("kept").method("GET", "/pets/{id}", keyed("/pets/{id}", backend.url() + "/pets/{id}")));

    door.get(AT + "/pets/1");

    assertEquals("hit", result(door.get(AT + "/pets/1")));
  }
}

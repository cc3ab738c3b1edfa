package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.SampleUser;
import io.gatehouse.runtime.door.SignedCall;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Who may have a kept answer fetched anew, and what becomes of those who may not. */
class InvalidationTest {

  private static final String KEY = "AKIAEXAMPLEEXAMPLE12";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String ANEW = "Cache-Control: max-age=0";

  private CountingBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new CountingBackend();
    door = new Door(backend.egress(), 100);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private static String statement(String effect, String action) {
    return "{\"Effect\": \""
        + effect
        + "\", \"Principal\": \"*\", \"Action\": \"execute-api:"
        + action
        + "\", \"Resource\": \"*\"}";
  }

  /** What each kind of caller is allowed, in the place that speaks for it. */
  private static String policy(String of, boolean resource) {
    String statements =
        switch (of) {
          case "nobody" -> statement("Allow", "Invoke");
          case "allowed" ->
              statement("Allow", "Invoke") + "," + statement("Allow", "InvalidateCache");
          case "everything" -> statement("Allow", "*");
          case "denied" -> statement("Allow", "*") + "," + statement("Deny", "InvalidateCache");
          default -> throw new IllegalArgumentException(of);
        };
    return "{\"Version\": \"2012-10-17\", \"Statement\": ["
        + (resource ? statements : statements.replace("\"Principal\": \"*\", ", ""))
        + "]}";
  }

  private SampleApi protectedBy(String authorization, String permission) {
    Method.Builder method = SampleApi.proxyMethod("/p", backend.url() + "/p");
    SampleApi api = api("abc123");
    switch (authorization) {
      case "NONE" -> {}
      case "POLICY" -> api.with(a -> a.policy(policy(permission, true)));
      case "AWS_IAM" -> {
        door.live.put(
            SampleUser.user(SampleApi.ACCOUNT, "ann", KEY, SECRET, policy(permission, false)));
        method.authorizationType("AWS_IAM");
      }
      case "CUSTOM" -> {
        door.functions.script(
            (call, reply) ->
                reply.answer(
                    new BackendResponse(
                        200,
                        new HeaderList(),
                        new Body.Bytes(
                            ("{\"principalId\": \"u\", \"policyDocument\": "
                                    + policy(permission, false)
                                    + "}")
                                .getBytes(UTF_8)))));
        api.authorizer(
            Authorizer.builder()
                .id("a1")
                .name("who")
                .type("TOKEN")
                .identitySource("method.request.header.Authorization")
                .authorizerUri(
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                        + "arn:aws:lambda:us-east-1:123456789012:function:auth/invocations")
                .build());
        method.authorizationType("CUSTOM").authorizerId("a1");
      }
      default -> throw new IllegalArgumentException(authorization);
    }
    return api.method("GET", "/p", method.build());
  }

  private String call(String authorization, String... headers) throws Exception {
    String path = "/dev/p";
    if (authorization.equals("AWS_IAM")) {
      byte[] sent = SignedCall.of(path, KEY, SECRET).signed().bytes();
      String text = new String(sent, UTF_8);
      int end = text.indexOf("\r\n");
      String more = headers.length == 0 ? "" : headers[0] + "\r\n";
      return door.raw(text.substring(0, end + 2) + more + text.substring(end + 2));
    }
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Authorization: token";
    return door.get(
        "/_aws/execute-api/abc123" + path, authorization.equals("CUSTOM") ? all : headers);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,    nobody,     false",
    "POLICY,  nobody,     false",
    "POLICY,  allowed,    true",
    "POLICY,  everything, true",
    "POLICY,  denied,     false",
    "AWS_IAM, nobody,     false",
    "AWS_IAM, allowed,    true",
    "AWS_IAM, everything, true",
    "AWS_IAM, denied,     false",
    "CUSTOM,  nobody,     false",
    "CUSTOM,  allowed,    true",
    "CUSTOM,  everything, true",
    "CUSTOM,  denied,     false",
  })
  void onlyWhoMayHasAnAnswerFetchedAnew(String authorization, String permission, boolean may)
      throws Exception {
    for (String strategy :
        new String[] {
          "FAIL_WITH_403",
          "SUCCEED_WITH_RESPONSE_HEADER",
          "SUCCEED_WITHOUT_RESPONSE_HEADER",
          "NOT_REQUIRED",
          "DEFAULT"
        }) {
      SampleApi api = protectedBy(authorization, permission);
      api.stage(
          stage ->
              CachedApi.on(
                  stage,
                  all -> {
                    if (strategy.equals("NOT_REQUIRED")) {
                      all.requireAuthorizationForCacheControl(false);
                    } else if (!strategy.equals("DEFAULT")) {
                      all.requireAuthorizationForCacheControl(true)
                          .unauthorizedCacheControlHeaderStrategy(strategy);
                    }
                  },
                  Map.of()));
      door.serve(api.stage(s -> s.deploymentId(strategy)).snapshot(1));
      String before = body(call(authorization));

      String answer = call(authorization, ANEW);

      boolean anew = may || strategy.equals("NOT_REQUIRED");
      boolean refused = !anew && strategy.equals("FAIL_WITH_403");
      String where = authorization + " " + permission + " " + strategy;
      assertEquals(refused ? "403" : "200", answer.substring(9, 12), where);
      assertEquals(!anew && !refused, body(answer).equals(before), where);
      boolean warned =
          !anew && (strategy.equals("SUCCEED_WITH_RESPONSE_HEADER") || strategy.equals("DEFAULT"));
      assertEquals(warned, header(answer, "Warning").startsWith("199 "), where);
      String next = body(call(authorization));
      assertEquals(anew ? body(answer) : before, next, where);
      if (refused) {
        assertEquals(
            Reason.CACHE_INVALIDATION_DENIED.name(), header(answer, "x-gatehouse-reason"), where);
        assertTrue(body(answer).contains("\"Message\""), body(answer));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: no-cache",
        "Cache-Control: no-store",
        "Cache-Control: max-age=00",
        "Cache-Control: max-age=1",
        "Cache-Control: x-max-age=0",
        "Cache-Control: \"max-age=0\"",
        "Pragma: no-cache",
      })
  void nothingElseMeansThat(String header) throws Exception {
    serveToAnybody();
    call("NONE");

    assertEquals("answer 1", body(call("NONE", header)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Cache-Control: no-cache, MAX-AGE=0", "cache-control: max-age=0,no-transform"})
  void itMayStandAmongOthers(String header) throws Exception {
    serveToAnybody();
    call("NONE");

    assertEquals("answer 2", body(call("NONE", header)));
  }

  private void serveToAnybody() {
    door.serve(
        protectedBy("NONE", "nobody")
            .stage(
                stage ->
                    CachedApi.on(
                        stage, all -> all.requireAuthorizationForCacheControl(false), Map.of()))
            .snapshot(1));
  }

  @Test
  void anAnswerThatIsNotKeptTakesTheOldOneWithIt() throws Exception {
    serveToAnybody();
    call("NONE");
    backend.raw.script(
        (head, out, socket) -> out.write(CountingBackend.answer("404 Not Found", "", "gone")));

    assertEquals("gone", body(call("NONE", ANEW)));
    assertEquals("gone", body(call("NONE")));
  }

  @Test
  void aBackendThatFailsLeavesTheOldOne() throws Exception {
    serveToAnybody();
    call("NONE");
    backend.raw.script(
        (head, out, socket) -> out.write(CountingBackend.answer("500 Oh", "", "oh")));

    assertEquals("oh", body(call("NONE", ANEW)));
    assertEquals("answer 1", body(call("NONE")));
  }
}

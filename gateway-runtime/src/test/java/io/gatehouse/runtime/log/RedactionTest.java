package io.gatehouse.runtime.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** Secrets in every place of an exchange; all of them begin with SECRET, so none can be missed. */
class RedactionTest {

  private static final String PATH = "/_aws/execute-api/sec0000001/prod";
  private static final String JSON = "application/json";
  private static final String KEY = "SECRET-api-key-tail99";
  private static final Pattern SECRET = Pattern.compile("SECRET[\\w-]*");

  private static final String QUERY =
      "?access_token=SECRET-q1&token=SECRET-q2&api_key=SECRET-q3&password=SECRET"
          + "&X-Amz-Signature=SECRET-q5&X-Amz-Security-Token=SECRET-q6&X-Amz-Credential=SECRET-q7"
          + "&auth_q=SECRET-q8&iban=SECRET-q9&plain=seen-q";

  private static final String BODY =
      "{\"password\":\"SECRET-b1\",\"IBAN\":\"SECRET-b2\",\"in\":{\"token\":[\"SECRET-b3\"]},"
          + "\"text\":\"{\\\"access_token\\\":\\\"SECRET-b4\\\"}\","
          + "\"form\":\"password=SECRET-b5&x=1\",\"plain\":\"seen-b\"}";

  private static final String ANSWER =
      "{\"access_token\":\"SECRET-r1\",\"iban\":\"SECRET-r2\",\"plain\":\"seen-r\"}";

  private Door door;
  private Records records;
  private RawBackend backend;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(
            RawBackend.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: s=SECRET-r3\r\n"
                    + "x-tenant-secret: SECRET-r4\r\nx-plain: seen-h\r\nContent-Length: "
                    + ANSWER.length()
                    + "\r\n\r\n"
                    + ANSWER));
    door = new Door("127.0.0.1/32", 100);
    records = new Records(door);
    door.live.put(new PlanSnapshot(1, SampleApi.ACCOUNT, "p1", Set.of("sec0000001:prod")));
    door.live.put(
        new KeySnapshot(
            1,
            SampleApi.ACCOUNT,
            "k1",
            SnapshotCodec.sha256(KEY.getBytes(UTF_8)),
            true,
            Set.of("p1")));
    Method copies =
        Method.builder()
            .authorizationType("NONE")
            .apiKeyRequired(true)
            .methodIntegration(
                i ->
                    i.type("HTTP")
                        .httpMethod("POST")
                        .uri(backend.url() + "/x/{a}")
                        .requestParameters(
                            Map.of(
                                "integration.request.path.a", "method.request.header.X-My-Auth",
                                "integration.request.header.x-copy",
                                    "method.request.header.Authorization",
                                "integration.request.querystring.copy",
                                    "method.request.querystring.iban",
                                "integration.request.querystring.encoded",
                                    "method.request.header.Proxy-Authorization"))
                        .requestTemplates(
                            Map.of(
                                JSON,
                                "{\"copy\":\"$input.params('Authorization')\",\"cookie\":"
                                    + "\"$input.params('Cookie')\",\"q\":\"$input.params('iban')\","
                                    + "\"event\":$input.json('$')}"))
                        .integrationResponses(
                            Map.of(
                                "200",
                                IntegrationResponse.builder()
                                    .statusCode("200")
                                    .responseParameters(
                                        Map.of(
                                            "method.response.header.x-tenant-secret",
                                            "integration.response.header.x-tenant-secret"))
                                    .build())))
            .build();
    Method function =
        Method.builder()
            .authorizationType("NONE")
            .apiKeyRequired(true)
            .methodIntegration(
                i ->
                    i.type("AWS_PROXY")
                        .httpMethod("POST")
                        .uri(
                            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                                + "arn:aws:lambda:us-east-1:123456789012:function:f/invocations"))
            .build();
    door.serve(
        SampleApi.api("sec0000001", "prod")
            .authorizer(
                Authorizer.builder()
                    .id("a1")
                    .name("mine")
                    .type("REQUEST")
                    .identitySource(
                        "method.request.header.X-My-Auth, method.request.querystring.auth_q")
                    .build())
            .method(
                "POST",
                "/through",
                SampleApi.proxyMethod("/through", backend.url()).apiKeyRequired(true).build())
            .method("POST", "/copies", copies)
            .method("POST", "/function", function)
            .stage(
                s ->
                    s.tags(Map.of("gatehouse:redact", "iban, x-tenant-secret"))
                        .accessLogSettings(
                            a ->
                                a.format(
                                    "$context.requestId $context.identity.apiKey $context.path"
                                        + " $context.identity.userAgent"
                                        + " $context.requestOverride.header.authorization"))
                        .methodSettings(
                            Map.of(
                                "*/*",
                                MethodSetting.builder()
                                    .loggingLevel("INFO")
                                    .dataTraceEnabled(true)
                                    .build())))
            .snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private void post(String path, String body) throws Exception {
    door.raw(
        "POST "
            + PATH
            + path
            + QUERY
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Authorization: Bearer SECRET-h1\r\nx-api-key: "
            + KEY
            + "\r\nCookie: a=1; session=SECRET-h2\r\nProxy-Authorization: Basic SECRET+h3/==\r\n"
            + "X-Amz-Security-Token: SECRET-h4\r\nx-my-auth: SECRET-h5\r\n"
            + "X-Tenant-Secret: SECRET-h6\r\nx-plain: seen-h\r\n"
            + "User-Agent: copied SECRET-h1\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static void assertNoSecret(String record) {
    Set<String> found = new TreeSet<>();
    for (Matcher m = SECRET.matcher(record); m.find(); ) {
      found.add(m.group());
    }
    assertEquals(Set.of(), found, record);
    assertTrue(record.contains("tail99"), record); // an API key's last six characters
    assertFalse(record.contains("key-tail99"), record);
  }

  private static void assertSeen(String record, String... plain) {
    for (String text : plain) {
      assertTrue(record.contains(text), () -> "no " + text + " in " + record);
    }
  }

  @Test
  void whatOnlyPassesThroughShowsNoSecret() throws Exception {
    post("/through", BODY);
    String record = records.json();
    assertNoSecret(record);
    assertSeen(record, "seen-q", "seen-b", "seen-h", "seen-r", "Set-Cookie=*****");
  }

  @Test
  void whatIsCopiedByMappingsAndTemplatesIsNotShownEither() throws Exception {
    post("/copies", BODY);
    String record = records.json();
    assertTrue(new String(backend.next().body(), UTF_8).contains("SECRET-h1"));
    assertNoSecret(record);
    assertSeen(record, "seen-b", "seen-r", "x-copy=*****");
  }

  @Test
  void whatGoesToAFunctionAndComesFromItIsNotShown() throws Exception {
    door.functions.script(
        (call, reply) -> {
          call.log().accept("got {\"password\":\"SECRET-f1\"} and SECRET-h1");
          call.log().accept("token=SECRET-f2 seen-f");
          String answer =
              "{\"statusCode\":200,\"headers\":{\"Set-Cookie\":\"s=SECRET-f3\"},"
                  + "\"body\":\"{\\\"access_token\\\":\\\"SECRET-f4\\\",\\\"p\\\":\\\"seen-a\\\"}\"}";
          reply.answer(
              new BackendResponse(
                  200,
                  new HeaderList().add("x-amzn-RequestId", "theirs"),
                  new Body.Bytes(answer.getBytes(UTF_8))));
        });
    post("/function", BODY);
    String record = records.json();
    assertNoSecret(record);
    assertSeen(record, "seen-f", "seen-a", "seen-b");
  }

  @Test
  void aBodyThatIsCutShowsNoPartOfASecret() throws Exception {
    // What is hidden before makes room for the end.
    String start = "{\"password\":\"" + "x".repeat(300) + "\",\"plain\":\"";
    for (int over = 0; over < 12; over++) {
      String padding = "x".repeat(1024 - start.length() - over);
      post("/through", start + padding + "SECRET-h1\"," + "\"more\":1}");
      String record = records.json();
      assertNoSecret(record);
      assertFalse(record.contains("SECR"), record);
    }
    for (int over = 0; over < 30; over++) {
      String padding = "x".repeat(1000 - start.length());
      String body = start + padding + "\",\"password\":\"" + "SECRET-b1".repeat(20) + "\"}";
      post("/through", body.substring(0, 1024 - over + 30) + "\"}");
      String record = records.json();
      assertNoSecret(record);
      assertFalse(record.contains("SECR"), record);
    }
  }

  @Test
  void aBodyInAnotherEncodingIsNotShown() throws Exception {
    door.raw(
        "POST "
            + PATH
            + "/through HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-api-key: "
            + KEY
            + "\r\nContent-Length: 40\r\n\r\n"
            + new String("{\"password\":\"abc\"}  ".getBytes(UTF_16LE), ISO_8859_1));
    assertSeen(records.json(), "Method request body before transformations: [Binary Data]");
  }

  @Test
  void aFailuresDetailShowsNoSecret() throws Exception {
    door.functions.script(
        (call, reply) -> {
          String answer =
              "{\"errorMessage\":\"no {\\\"password\\\":\\\"SECRET-f1\\\"} for SECRET-h1\","
                  + "\"errorType\":\"Denied\"}";
          reply.answer(
              new BackendResponse(
                  200,
                  new HeaderList()
                      .add("x-amzn-RequestId", "theirs")
                      .add("X-Amz-Function-Error", "Unhandled"),
                  new Body.Bytes(answer.getBytes(UTF_8))));
        });
    post("/function", BODY);
    String record = records.json();
    assertNoSecret(record);
    assertSeen(record, "LAMBDA_FUNCTION_ERROR", "Denied");
  }
}

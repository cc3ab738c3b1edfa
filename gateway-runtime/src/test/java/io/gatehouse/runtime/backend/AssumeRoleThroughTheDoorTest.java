package io.gatehouse.runtime.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * A real node, whose integrations assume their role at an STS beside the service that they call.
 */
class AssumeRoleThroughTheDoorTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/api";
  private static final String PATH = "/_aws/execute-api/queue/dev/";
  private static final Seal SEAL = new Seal(new byte[Seal.KEY_BYTES]);

  private RawBackend sts;
  private RawBackend service;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    service =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    sts = new RawBackend(RawBackend.answering(session("ASIA1", "secret of the session")));
    door = new Door("127.0.0.1/32:" + sts.port() + " 127.0.0.1/32:" + service.port(), 100);
    door.serve(SampleApi.api("alive", "dev").mock("GET", "/", 200, "alive").snapshot(1));
    door.serve(
        SampleApi.api("queue", "dev")
            .method(
                "GET",
                "/",
                Method.builder()
                    .authorizationType("NONE")
                    .methodIntegration(
                        Integration.builder()
                            .type("AWS")
                            .httpMethod("POST")
                            .uri("arn:aws:apigateway:us-east-1:sqs:action/ListQueues")
                            .credentials(ROLE)
                            .integrationResponses(
                                Map.of("200", IntegrationResponse.builder().build()))
                            .build())
                    .build())
            .snapshot(1));
    door.live.put(access(1));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    sts.close();
    service.close();
  }

  private BackendAccessSnapshot access(long revision) {
    RoleAccess role =
        new RoleAccess(
            "AKID",
            Optional.of(
                SEAL.close(
                    RoleAccess.owner(SampleApi.ACCOUNT, ROLE), "own secret", new SecureRandom())),
            Optional.empty(),
            true,
            Optional.of("external"),
            Optional.empty());
    return new BackendAccessSnapshot(
        revision,
        SampleApi.ACCOUNT,
        List.of(),
        Map.of("sts", sts.url(), "*", service.url()),
        Map.of(ROLE, role));
  }

  private static String session(String id, String secret) {
    String body =
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
            + "<Credentials><AccessKeyId>"
            + id
            + "</AccessKeyId><SecretAccessKey>"
            + secret
            + "</SecretAccessKey><SessionToken>token of ".replace(' ', '-')
            + id
            + "</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
            + "</AssumeRoleResult></AssumeRoleResponse>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void assertSigned(RawBackend.Received received, String id, String secret) {
    Map<String, List<String>> headers = new HashMap<>();
    received
        .head()
        .lines()
        .skip(1)
        .filter(line -> line.indexOf(':') > 0)
        .forEach(
            line ->
                headers.put(
                    line.substring(0, line.indexOf(':')),
                    List.of(line.substring(line.indexOf(':') + 1).strip())));
    String[] words = received.requestLine().split(" ");
    String[] target = words[1].split("\\?", 2);
    SigV4.Request request =
        new SigV4.Request(
            words[0], target[0], target.length == 2 ? target[1] : "", headers, received.body());
    Signature signature = Signature.read(request);
    assertEquals(id, signature.authorization().accessKeyId());
    signature.requireCurrent(Instant.now());
    assertDoesNotThrow(
        () -> SigV4.verify(request, request.body(), signature, new SigningSecret(secret)));
  }

  @Test
  void theServiceIsCalledWithTheSessionsKeysAndStsOnlyOnce() throws Exception {
    assertTrue(door.get(PATH).endsWith("ok"));
    RawBackend.Received asked = sts.next();
    assertSigned(asked, "AKID", "own secret");
    assertTrue(new String(asked.body(), UTF_8).endsWith("&ExternalId=external"));
    RawBackend.Received called = service.next();
    assertSigned(called, "ASIA1", "secret of the session");
    assertTrue(called.head().contains("X-Amz-Security-Token: token-of-ASIA1"), called.head());
    assertTrue(door.get(PATH).endsWith("ok"));
    assertEquals(0, sts.received.size());
  }

  @Test
  void whatTheAccountChangesTakesEffectAtOnce() throws Exception {
    door.get(PATH);
    sts.next();
    service.next();
    sts.script(RawBackend.answering(session("ASIA2", "another")));
    door.live.put(access(2));
    door.get(PATH);
    sts.next();
    assertSigned(service.next(), "ASIA2", "another");
    door.live.removeAccess(SampleApi.ACCOUNT);
    assertTrue(door.get(PATH).startsWith("HTTP/1.1 500 "));
    Exchange last = door.exchange();
    while (last.refusal() == null) {
      last = door.exchange(); // those before
    }
    assertEquals(Reason.ROLE_WITHOUT_KEYS, last.refusal().reason());
  }

  @Test
  void whileStsIsSlowOneAsksAndOthersAreServed() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    sts.script(
        (head, out, socket) -> {
          until.await();
          out.write(session("ASIA1", "secret of the session").getBytes(UTF_8));
        });
    try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(callers.submit(() -> door.get(PATH)));
      }
      sts.next();
      for (int i = 0; i < 4; i++) {
        assertTrue(door.get("/_aws/execute-api/alive/dev/").endsWith("alive"));
      }
      until.countDown();
      for (Future<String> answer : answers) {
        assertTrue(answer.get(20, TimeUnit.SECONDS).endsWith("ok"));
      }
    }
    assertEquals(0, sts.received.size());
    assertEquals(20, service.received.size());
  }

  @Test
  void aRefusalTellsTheCodeAndNoSecret() throws Exception {
    String body = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";
    sts.script(
        RawBackend.answering(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    door.seen.clear();
    assertTrue(door.get(PATH).startsWith("HTTP/1.1 500 "));
    Exchange x = door.exchange();
    assertEquals(Reason.ASSUME_ROLE_REFUSED, x.refusal().reason());
    assertEquals(
        "STS refused to let " + ROLE + " be assumed: 403 AccessDenied", x.refusal().detail());
    String shown = x.backendRequest() + x.refusal().toString();
    assertFalse(shown.contains("own secret") || shown.contains("AWS4-HMAC"), shown);
    sts.next();
    door.get(PATH);
    assertEquals(0, sts.received.size(), "a refusal is believed for a while");
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.auth.TestClaims;
import io.gatehouse.runtime.auth.TestKeys;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** User pools whose issuers are real servers, good and bad ones. */
class UserPoolsThroughTheDoorTest {

  private static final String POOL = "us-east-1_Pool";
  private static final String KEYS =
      TestKeys.published(TestKeys.jwk("one", TestKeys.RSA.getPublic()));
  private static final String SERVED =
      "HTTP/1.1 200 OK\r\nContent-Length: " + KEYS.length() + "\r\n\r\n" + KEYS;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private RawBackend issuer;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    issuer = new RawBackend(RawBackend.answering(SERVED));
    open.add(issuer);
    door = new Door("127.0.0.0/8", 100);
    open.add(door);
    door.serve(stage());
    put(issuer.url() + "/keys");
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private static StageSnapshot stage() {
    Method open = mock(SampleApi.api("x", "x").mock("GET", "/", 200, "in").snapshot(1));
    Method closed =
        open.toBuilder().authorizationType("COGNITO_USER_POOLS").authorizerId("auth01").build();
    StageSnapshot plain =
        api("pools", "dev")
            .method("GET", "/closed", closed)
            .mock("GET", "/open", 200, "open")
            .snapshot(1);
    Authorizer authorizer =
        Authorizer.builder()
            .id("auth01")
            .name("pool")
            .type("COGNITO_USER_POOLS")
            .identitySource("method.request.header.Authorization")
            .providerARNs(
                "arn:aws:cognito-idp:us-east-1:" + SampleApi.ACCOUNT + ":userpool/" + POOL)
            .build();
    ApiDefinition api = plain.definition();
    return new StageSnapshot(
        1,
        plain.account(),
        plain.region(),
        plain.apiId(),
        plain.stage(),
        new ApiDefinition(
            api.restApi(),
            api.resources(),
            Map.of(),
            Map.of("auth01", authorizer),
            Map.of(),
            Map.of()));
  }

  private static Method mock(StageSnapshot stage) {
    return stage.definition().resources().values().iterator().next().resourceMethods().get("GET");
  }

  private void put(String keysUrl) {
    door.live.put(
        new UserPoolSnapshot(
            1,
            SampleApi.ACCOUNT,
            POOL,
            TestClaims.ISSUER,
            Optional.of(keysUrl),
            Set.of(),
            Set.of("RS256")));
  }

  private String token() {
    return TestClaims.id(System.currentTimeMillis()).signed("one", TestKeys.RSA);
  }

  private String call() throws IOException {
    return door.get("/_aws/execute-api/pools/dev/closed", "Authorization: Bearer " + token());
  }

  private static String status(String answer) {
    return answer.substring(9, 12);
  }

  private void assertUnreachable(String detail) throws Exception {
    assertEquals("500", status(call()));
    Exchange x = door.exchange();
    assertEquals(Reason.ISSUER_UNREACHABLE, x.refusal().reason());
    assertTrue(x.refusal().detail().contains(detail), x.refusal().detail());
  }

  @Test
  void aTokenIsCheckedByTheKeysThatItsIssuerServes() throws Exception {
    assertEquals("200", status(call()));
    assertEquals("200", status(call()));
    assertEquals(1, issuer.received.size());
    assertTrue(issuer.next().requestLine().startsWith("GET /keys "));
    assertEquals(
        "401", status(door.get("/_aws/execute-api/pools/dev/closed", "Authorization: no")));
  }

  @Test
  void callersOfAllEventLoopsWaitForOneRequest() throws Exception {
    issuer.script(
        (head, out, socket) -> {
          released.await();
          out.write(SERVED.getBytes(StandardCharsets.US_ASCII));
        });
    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      answers.add(callers.submit(this::call));
    }
    while (door.inFlight.count() < 16) {
      Thread.onSpinWait();
    }
    // Whoever does not need the issuer is served meanwhile.
    assertEquals("200", status(door.get("/_aws/execute-api/pools/dev/open")));
    released.countDown();
    for (Future<String> answer : answers) {
      assertEquals("200", status(answer.get(20, TimeUnit.SECONDS)));
    }
    assertEquals(1, issuer.received.size());
    callers.close();
  }

  @Test
  void anIssuerThatNeverAnswersIsGivenUp() throws Exception {
    issuer.script((head, out, socket) -> released.await());
    ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor();
    Future<String> answer = caller.submit(this::call);
    issuer.next();
    door.ahead.set(TimeUnit.SECONDS.toNanos(6));
    assertEquals("500", status(answer.get(20, TimeUnit.SECONDS)));
    Exchange x = door.exchange();
    assertEquals(Reason.ISSUER_UNREACHABLE, x.refusal().reason());
    assertTrue(x.refusal().detail().contains("BACKEND_TIMEOUT"), x.refusal().detail());
    released.countDown();
    caller.close();
  }

  @Test
  void keysThatDripInAreGivenUpAfterAll() throws Exception {
    issuer.script(
        (head, out, socket) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes());
          while (!released.await(100, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
          }
        });
    assertUnreachable("while reading the body of the answer");
  }

  @Test
  void moreThanAQuarterMegabyteOfKeysIsNotRead() throws Exception {
    issuer.script((head, out, socket) -> endless(out, "Transfer-Encoding: chunked"));
    assertUnreachable("longer than 262144 bytes");
  }

  @Test
  void tenMegabytesAnnouncedAreNotRead() throws Exception {
    issuer.script((head, out, socket) -> endless(out, "Content-Length: 10485760"));
    assertUnreachable("longer than 262144 bytes");
  }

  private static void endless(OutputStream out, String framing) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n").getBytes());
    byte[] chunk = ("4000\r\n" + " ".repeat(0x4000) + "\r\n").getBytes();
    for (int i = 0; i < 640; i++) {
      out.write(chunk);
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    issuer.script(RawBackend.answering("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
    assertUnreachable("BACKEND_");
  }

  @Test
  void anAnswerThatEndsTooSoonIsNone() throws Exception {
    issuer.script(
        (head, out, socket) -> {
          out.write(("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + KEYS).getBytes());
          socket.shutdownOutput();
          socket.close();
        });
    assertUnreachable("ended too soon");
  }

  @Test
  void aCallerThatLeavesWhileItWaitsHurtsNobody() throws Exception {
    issuer.script(
        (head, out, socket) -> {
          released.await();
          out.write(SERVED.getBytes(StandardCharsets.US_ASCII));
        });
    try (Socket socket = new Socket("127.0.0.1", door.port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /_aws/execute-api/pools/dev/closed HTTP/1.1\r\nHost: x\r\nAuthorization: "
                      + token()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      issuer.next();
    }
    released.countDown();
    assertEquals("200", status(call()));
    door.settle();
    assertEquals(0, door.inFlight.count());
  }

  @Test
  void aPoolThatIsGoneLetsNobodyInAtOnce() throws Exception {
    assertEquals("200", status(call()));
    assertNull(door.exchange().refusal());
    door.live.removeUserPool(UserPoolSnapshot.key(SampleApi.ACCOUNT, POOL));
    assertEquals("401", status(call()));
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, door.exchange().refusal().reason());
  }

  @Test
  void anIssuerHasToShowACertificateThatIsTrusted() throws Exception {
    Authority authority = Authority.create(directory, "ours");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.serving("ip:127.0.0.1")));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, KEYS.length());
          exchange.getResponseBody().write(KEYS.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    put("https://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    assertUnreachable("BACKEND_CERTIFICATE_UNTRUSTED");

    door.live.put(
        new BackendAccessSnapshot(
            1, SampleApi.ACCOUNT, List.of(authority.pem()), Map.of(), Map.of()));
    door.clockAhead.set(TimeUnit.SECONDS.toMillis(31));
    assertEquals("200", status(call()));
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Backends that speak TLS, with certificates good and bad. */
class TlsBackendTest {

  private static final String OTHER = "210987654321";
  private static final String HERE = "ip:127.0.0.1";

  @TempDir static Path directory;
  private static Authority authority;
  private static Authority stranger;

  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Door door;

  @BeforeAll
  static void authorities() throws Exception {
    authority = Authority.create(directory, "ours");
    stranger = Authority.create(directory, "strangers");
  }

  @BeforeEach
  void open() throws Exception {
    door = new Door("127.0.0.0/8", 10);
    open.add(door);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private int backend(SSLContext context, String... protocols) throws Exception {
    HttpsServer backend =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    backend.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            if (protocols.length > 0) {
              ssl.setProtocols(protocols);
            }
            parameters.setSSLParameters(ssl);
          }
        });
    backend.createContext(
        "/",
        exchange -> {
          connections.add(exchange.getRemoteAddress().getPort());
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    backend.start();
    open.add(() -> backend.stop(0));
    return backend.getAddress().getPort();
  }

  /** Answers whatever it is sent first with these bytes, and hangs up. */
  private static ServerSocket saying(String bytes) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[4096]);
                  socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  // the server is closed, or the caller gone
                }
              }
            });
    return server;
  }

  private void trust(String account, Authority... authorities) throws Exception {
    List<String> pem = new ArrayList<>();
    for (Authority one : authorities) {
      pem.add(one.pem());
    }
    door.live.put(new BackendAccessSnapshot(1, account, pem, Map.of(), Map.of()));
  }

  private void serve(String apiId, String account, int port, boolean skipVerification) {
    Method method = SampleApi.proxyMethod("/x", "https://127.0.0.1:" + port + "/").build();
    Method changed =
        method.toBuilder()
            .methodIntegration(
                method.methodIntegration().toBuilder()
                    .tlsConfig(t -> t.insecureSkipVerification(skipVerification))
                    .build())
            .build();
    StageSnapshot mine = api(apiId, "dev").method("GET", "/x", changed).snapshot(1);
    door.serve(new StageSnapshot(1, account, "us-east-1", apiId, mine.stage(), mine.definition()));
  }

  private String get(String apiId) throws Exception {
    return door.get("/_aws/execute-api/" + apiId + "/dev/x");
  }

  private void assertServed(String apiId) throws Exception {
    String response = get(apiId);
    assertTrue(response.startsWith("HTTP/1.1 200 ") && response.endsWith("ok"), response);
    door.exchange();
  }

  private void assertRefused(String apiId, Reason reason, String detail) throws Exception {
    String response = get(apiId);
    assertTrue(response.startsWith("HTTP/1.1 500 "), response);
    GatewayException refusal = door.exchange().refusal();
    assertEquals(reason, refusal.reason(), refusal.detail());
    assertTrue(refusal.detail().contains(detail), refusal.detail());
  }

  private void assertRefusal(int port, boolean skip, Reason reason, String detail)
      throws Exception {
    serve("abc123", SampleApi.ACCOUNT, port, skip);
    assertRefused("abc123", reason, detail);
  }

  @Test
  void anUnknownIssuerIsRefusedAndNamed() throws Exception {
    int port = backend(authority.serving(HERE));
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_UNTRUSTED, "issued by CN=ours");
    trust(SampleApi.ACCOUNT, stranger);
    assertRefused("abc123", Reason.BACKEND_CERTIFICATE_UNTRUSTED, "issued by CN=ours");
  }

  @Test
  void anAccountsOwnAuthorityIsTrustedAtOnceAndGoneAtOnce() throws Exception {
    int port = backend(authority.serving(HERE));
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_UNTRUSTED, "ours");
    trust(SampleApi.ACCOUNT, stranger, authority);
    assertServed("abc123");
    trust(SampleApi.ACCOUNT);
    assertRefused("abc123", Reason.BACKEND_CERTIFICATE_UNTRUSTED, "ours");
  }

  @Test
  void anAccountsOwnAuthorityIsNotAnothersNorAreItsConnections() throws Exception {
    int port = backend(authority.serving(HERE));
    trust(SampleApi.ACCOUNT, authority);
    serve("mine000001", SampleApi.ACCOUNT, port, false);
    serve("theirs0001", OTHER, port, false);
    assertServed("mine000001");
    for (int i = 0; i < 4; i++) { // whichever loop has the kept connection
      assertRefused("theirs0001", Reason.BACKEND_CERTIFICATE_UNTRUSTED, "ours");
    }
    trust(OTHER, authority);
    int before = connections.size();
    assertServed("theirs0001");
    assertEquals(before + 1, connections.size(), "a connection of its own");
  }

  @Test
  void theOperatorsAuthoritiesAreTrustedForAll() throws Exception {
    door.close();
    door = Door.trusting("127.0.0.0/8", authority.pem());
    open.add(door);
    int port = backend(authority.serving(HERE));
    serve("mine000001", SampleApi.ACCOUNT, port, false);
    serve("theirs0001", OTHER, port, false);
    assertServed("mine000001");
    assertServed("theirs0001");
    trust(OTHER, stranger);
    assertServed("theirs0001");
  }

  @Test
  void anExpiredCertificateIsRefusedEvenWithoutVerification() throws Exception {
    trust(SampleApi.ACCOUNT, authority);
    int port = backend(authority.servingExpired(HERE));
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_EXPIRED, " expired on ");
    assertRefusal(port, true, Reason.BACKEND_CERTIFICATE_EXPIRED, " expired on ");
  }

  @Test
  void oneThatIsNotValidYetIsRefusedToo() throws Exception {
    trust(SampleApi.ACCOUNT, authority);
    int port = backend(authority.servingFuture(HERE));
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_EXPIRED, " is not valid before ");
  }

  @Test
  void anotherNameIsRefusedEvenWithoutVerification() throws Exception {
    trust(SampleApi.ACCOUNT, authority);
    int port = backend(authority.serving("somebody.else"));
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_NAME, "is not for 127.0.0.1");
    assertRefusal(port, true, Reason.BACKEND_CERTIFICATE_NAME, "is not for 127.0.0.1");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsAcceptedWhereTheTenantSaysSo() throws Exception {
    int port = backend(SelfSignedKeys.create("alone").serving());
    assertRefusal(port, false, Reason.BACKEND_CERTIFICATE_UNTRUSTED, "CN=alone");
    serve("abc123", SampleApi.ACCOUNT, port, true);
    assertServed("abc123");
    int another = backend(stranger.serving(HERE));
    serve("abc123", SampleApi.ACCOUNT, another, true);
    assertServed("abc123");
  }

  @Test
  void oldProtocolsAreNotSpoken() throws Exception {
    trust(SampleApi.ACCOUNT, authority);
    try (ServerSocket refusing = saying("\u0015\u0003\u0001\u0000\u0002\u0002\u0046")) {
      assertRefusal(refusing.getLocalPort(), false, Reason.BACKEND_TLS_FAILED, "protocol_version");
    }
    int port = backend(authority.serving(HERE), "TLSv1.2");
    serve("abc123", SampleApi.ACCOUNT, port, false);
    assertServed("abc123");
  }

  @Test
  void aBackendThatSpeaksNoTlsIsNamedAsThat() throws Exception {
    try (ServerSocket plain = saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertRefusal(plain.getLocalPort(), false, Reason.BACKEND_TLS_FAILED, "does not speak TLS");
    }
  }

  @Test
  void aBackendThatHangsUpInTheHandshakeIsNamedAsThat() throws Exception {
    try (ServerSocket closing = saying("")) {
      assertRefusal(closing.getLocalPort(), false, Reason.BACKEND_TLS_FAILED, "in the handshake");
    }
  }

  @Test
  void aBackendThatHangsInTheHandshakeIsTimedOutThere() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      serve("abc123", SampleApi.ACCOUNT, silent.getLocalPort(), false);
      String response = get("abc123");
      assertTrue(response.startsWith("HTTP/1.1 504 "), response);
      GatewayException refusal = door.exchange().refusal();
      assertEquals(Reason.BACKEND_TIMEOUT, refusal.reason());
      assertTrue(refusal.detail().contains("while doing the TLS handshake"), refusal.detail());
    }
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.ACCOUNT;
import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;

/** A backend that asks who calls, and answers it. */
class ClientCertificateTest {

  private static final Seal NODE_KEY = new Seal(new byte[Seal.KEY_BYTES]);

  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private SelfSignedKeys anna;
  private SelfSignedKeys berta;
  private HttpsServer backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    anna = SelfSignedKeys.create("anna");
    berta = SelfSignedKeys.create("berta");
    SSLContext context = SelfSignedKeys.create("somebody.else").serving(anna, berta);
    backend = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    backend.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setWantClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    backend.createContext(
        "/",
        exchange -> {
          connections.add(exchange.getRemoteAddress().getPort());
          byte[] caller = caller((HttpsExchange) exchange).getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, caller.length);
          exchange.getResponseBody().write(caller);
          exchange.close();
        });
    backend.start();
    door = new Door("127.0.0.0/8", 10);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.stop(0);
  }

  private static String caller(HttpsExchange exchange) {
    try {
      return exchange.getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException nobody) {
      return "nobody";
    }
  }

  private SampleApi stage(String name, boolean skipVerification) {
    String uri = "https://127.0.0.1:" + backend.getAddress().getPort() + "/";
    Method method = SampleApi.proxyMethod("/x", uri).build();
    return api("abc123", name)
        .method(
            "GET",
            "/x",
            method.toBuilder()
                .methodIntegration(
                    method.methodIntegration().toBuilder()
                        .tlsConfig(t -> t.insecureSkipVerification(skipVerification))
                        .build())
                .build());
  }

  private static SealedCertificate sealed(String id, SelfSignedKeys keys, Seal seal, String account)
      throws Exception {
    String key =
        seal.close(SealedCertificate.owner(account, id), keys.privateKeyPem(), new SecureRandom());
    return new SealedCertificate(id, keys.certificatePem(), key);
  }

  private String call(String stage) throws Exception {
    String response = door.get("/_aws/execute-api/abc123/" + stage + "/x");
    assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void everyStageIsKnownByItsOwnCertificateAlsoOnKeptConnections() throws Exception {
    door.serve(stage("a", true).certificate(sealed("c1", anna, NODE_KEY, ACCOUNT)).snapshot(1));
    door.serve(stage("b", true).certificate(sealed("c2", berta, NODE_KEY, ACCOUNT)).snapshot(1));
    door.serve(stage("none", true).snapshot(1));

    for (int round = 0; round < 8; round++) {
      assertEquals("CN=anna", call("a"));
      assertEquals("nobody", call("none"));
      assertEquals("CN=berta", call("b"));
    }

    // Or else nothing would have been shown about sharing them: three stages, two event loops.
    assertTrue(connections.size() <= 6, connections.toString());
  }

  @Test
  void aCertificateDoesNotMakeABackendTrusted() throws Exception {
    door.serve(stage("a", false).certificate(sealed("c1", anna, NODE_KEY, ACCOUNT)).snapshot(1));

    String response = door.get("/_aws/execute-api/abc123/a/x");

    assertTrue(response.startsWith("HTTP/1.1 500 "), response);
    assertEquals(Reason.BACKEND_CERTIFICATE_UNTRUSTED, door.exchange().refusal().reason());
  }

  @Test
  void aStageWhoseKeyDoesNotOpenCallsNobody() throws Exception {
    byte[] otherKey = new byte[Seal.KEY_BYTES];
    otherKey[0] = 1;
    for (SealedCertificate wrong :
        new SealedCertificate[] {
          sealed("c1", anna, new Seal(otherKey), ACCOUNT),
          sealed("c1", anna, NODE_KEY, "999999999999")
        }) {
      door.serve(stage("a", true).certificate(wrong).snapshot(1));

      String response = door.get("/_aws/execute-api/abc123/a/x");

      assertTrue(response.startsWith("HTTP/1.1 501 "), response);
    }
    assertEquals(Set.of(), connections);
  }
}

package io.gatehouse.runtime.door;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Backends that speak TLS with a certificate that nobody vouches for. */
class TlsBackendTest {

  @TempDir Path directory;
  private HttpsServer backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    backend.setHttpsConfigurator(
        new HttpsConfigurator(SelfSignedKeys.create(directory, "somebody.else").serving()));
    backend.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
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

  private String call(boolean skipVerification) throws Exception {
    String uri = "https://127.0.0.1:" + backend.getAddress().getPort() + "/";
    Method method = SampleApi.proxyMethod("/x", uri).build();
    Method changed =
        method.toBuilder()
            .methodIntegration(
                method.methodIntegration().toBuilder()
                    .tlsConfig(t -> t.insecureSkipVerification(skipVerification))
                    .build())
            .build();
    door.serve(api("abc123", "dev").method("GET", "/x", changed).snapshot(1));
    return door.get("/_aws/execute-api/abc123/dev/x");
  }

  @Test
  void anUntrustedCertificateIsRefused() throws Exception {
    String response = call(false);
    assertTrue(response.startsWith("HTTP/1.1 500 "), response);
    assertEquals(Reason.BACKEND_UNREACHABLE, door.exchange().refusal().reason());
  }

  @Test
  void itIsAcceptedWhereTheTenantSaysSo() throws Exception {
    String response = call(true);
    assertTrue(response.startsWith("HTTP/1.1 200 ") && response.endsWith("ok"), response);
  }
}

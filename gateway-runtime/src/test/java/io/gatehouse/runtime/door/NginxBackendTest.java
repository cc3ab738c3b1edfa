package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx as the backend, with TLS, HTTP/2 and client certificates; skipped where it is missing. */
class NginxBackendTest {

  private static final String CONFIGURATION =
      """
      daemon off;
      pid DIR/nginx.pid;
      error_log DIR/error.log;
      events { worker_connections 256; }
      http {
        access_log DIR/access.log;
        client_body_temp_path DIR/body; proxy_temp_path DIR/proxy; fastcgi_temp_path DIR/fastcgi;
        uwsgi_temp_path DIR/uwsgi; scgi_temp_path DIR/scgi;
        client_max_body_size 20m;
        ssl_certificate CERTIFICATE;
        ssl_certificate_key KEY;
        server { listen 127.0.0.1:PORT0 ssl http2; ssl_protocols TLSv1.2 TLSv1.3; WHAT }
        server { listen 127.0.0.1:PORT1 ssl; ssl_protocols TLSv1.2; WHAT }
        server { listen 127.0.0.1:PORT2 ssl http2; ssl_protocols TLSv1.3;
          ssl_verify_client on; ssl_client_certificate CALLER; WHAT }
      }
      """;

  private static final String WHAT =
      """
      location / { return 200 "$server_protocol $ssl_protocol $ssl_client_s_dn"; }
      location /large { root DIR; }
      location /moved { return 302 https://127.0.0.1:1/; }
      """;

  @TempDir static Path directory;
  private static final int[] ports = new int[3];
  private static SelfSignedKeys caller;
  private static String authorityPem;
  private static Process nginx;
  private Door door;

  @BeforeAll
  static void start() throws Exception {
    File program =
        Stream.of(
                "/usr/sbin/nginx",
                "/usr/local/sbin/nginx",
                "/usr/bin/nginx",
                "/opt/homebrew/bin/nginx")
            .map(File::new)
            .filter(File::canExecute)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "nginx is not installed");
    Authority authority = Authority.create(directory, "ours");
    authorityPem = authority.pem();
    Authority.Pem pem = authority.pemFor("ip:127.0.0.1");
    caller = SelfSignedKeys.create("anna");
    Files.writeString(directory.resolve("caller.pem"), caller.certificatePem());
    Files.writeString(directory.resolve("large"), "0123456789".repeat(300_000));
    // Its workers must read the files of this test, which are root's where root runs it.
    String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    String text = user + CONFIGURATION.replace("WHAT", WHAT);
    for (int i = 0; i < ports.length; i++) {
      ports[i] = Door.freePort();
      text = text.replace("PORT" + i, "" + ports[i]);
    }
    Path file = directory.resolve("nginx.conf");
    Files.writeString(
        file,
        text.replace("DIR", directory.toString())
            .replace("CERTIFICATE", pem.certificate().toString())
            .replace("KEY", pem.key().toString())
            .replace("CALLER", directory.resolve("caller.pem").toString()));
    nginx =
        new ProcessBuilder(
                program.getPath(),
                "-e",
                directory.resolve("error.log").toString(),
                "-c",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    for (int port : ports) {
      awaitOpen(port);
    }
  }

  @BeforeEach
  void open() throws Exception {
    door = new Door("127.0.0.1/32", 100);
    door.live.put(
        new BackendAccessSnapshot(1, SampleApi.ACCOUNT, List.of(authorityPem), Map.of(), Map.of()));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.destroy();
      nginx.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitOpen(int port) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        assertTrue(nginx.isAlive(), () -> "nginx ended: " + read("out.log") + read("error.log"));
        assertTrue(System.nanoTime() < end, "nginx does not listen");
        Thread.onSpinWait();
      }
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      return "";
    }
  }

  private SampleApi api(int port) {
    return SampleApi.api("abc123", "dev")
        .proxy("ANY", "/{path}", "https://127.0.0.1:" + port + "/{path}");
  }

  private String get(String path) throws Exception {
    return door.get("/_aws/execute-api/abc123/dev/" + path);
  }

  @Test
  void itIsSpokenToInHttp2WhereItCan() throws Exception {
    door.serve(api(ports[0]).snapshot(1));
    String answer = get("hello");
    assertTrue(answer.endsWith("HTTP/2.0 TLSv1.3 "), answer);
  }

  @Test
  void itIsSpokenToInHttp11WhereItCannot() throws Exception {
    door.serve(api(ports[1]).snapshot(1));
    String answer = get("hello");
    assertTrue(answer.endsWith("HTTP/1.1 TLSv1.2 "), answer);
  }

  @Test
  void largeAnswersStreamThroughUnchanged() throws Exception {
    for (int port : List.of(ports[0], ports[1])) {
      door.serve(api(port).snapshot(1));
      String answer = get("large");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertEquals(3_000_000, body.length());
      assertEquals("0123456789".repeat(300_000), body);
    }
  }

  @Test
  void redirectsAreTheCallersToFollow() throws Exception {
    door.serve(api(ports[0]).snapshot(1));
    String answer = get("moved");
    assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
    assertTrue(answer.toLowerCase().contains("\r\nlocation: https://127.0.0.1:1/\r\n"), answer);
  }

  @Test
  void theStagesCertificateIsShown() throws Exception {
    String key =
        new Seal(new byte[Seal.KEY_BYTES])
            .close(
                SealedCertificate.owner(SampleApi.ACCOUNT, "c1"),
                caller.privateKeyPem(),
                new SecureRandom());
    door.serve(
        api(ports[2])
            .certificate(new SealedCertificate("c1", caller.certificatePem(), key))
            .snapshot(1));
    String answer = get("hello");
    assertTrue(answer.endsWith("HTTP/2.0 TLSv1.3 CN=anna"), answer);
  }

  @Test
  void aBackendThatWantsOneAndGetsNoneSaysSo() throws Exception {
    door.serve(api(ports[2]).snapshot(1));
    String answer = get("hello");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer); // nginx's own, in HTTP
    assertTrue(answer.contains("No required SSL certificate was sent"), answer);
  }

  @Test
  void withoutItsAuthorityItIsRefused() throws Exception {
    door.live.removeAccess(SampleApi.ACCOUNT);
    door.serve(api(ports[0]).snapshot(1));
    get("hello");
    GatewayException refusal = door.exchange().refusal();
    assertEquals(Reason.BACKEND_CERTIFICATE_UNTRUSTED, refusal.reason());
  }
}

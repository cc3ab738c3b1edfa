package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * nginx behind TLS, with a certificate of an authority of its own, by HTTP/1.1 and HTTP/2. It
 * answers with what it saw of the connection.
 */
final class SecureBackend implements AutoCloseable {

  private final Path folder;
  private final int port;
  private Process nginx;

  private SecureBackend(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Makes its certificates; nothing listens before {@link #start}. */
  static SecureBackend create(Path folder, int port) throws IOException, InterruptedException {
    SecureBackend backend = new SecureBackend(Files.createDirectories(folder), port);
    if (Files.exists(backend.authority())) {
      return backend;
    }
    if (!backend.available()) {
      Files.createFile(backend.authority());
      return backend;
    }
    openssl(
        backend.folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority-in-tests"
            + " -keyout authority.key -out authority.pem");
    openssl(
        backend.folder,
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1"
            + " -keyout server.key -out server.csr");
    Files.writeString(backend.folder.resolve("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost");
    openssl(
        backend.folder,
        "x509 -req -days 2 -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial"
            + " -extfile names -out server.pem");
    return backend;
  }

  /** The certificate of the authority, in PEM; empty where no nginx can be had. */
  Path authority() {
    return folder.resolve("authority.pem");
  }

  String url() {
    return "https://127.0.0.1:" + port;
  }

  /** Skips the test by name where there is no nginx. */
  void start() throws IOException, InterruptedException {
    assumeTrue(available(), "no nginx and openssl on this machine");
    if (nginx != null) {
      return;
    }
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration());
    // Whatever ends these tests closes the pipe that the shell reads, and so ends nginx.
    nginx =
        new ProcessBuilder(
                "sh",
                "-c",
                "nginx -p \"$0\" -c \"$0/nginx.conf\" </dev/null & cat >/dev/null; kill $!; wait",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    while (!Ports.answers(port)) {
      if (nginx.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(Files.readString(folder.resolve("nginx.log")));
      }
    }
  }

  private String configuration() {
    return """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log nginx-errors.log;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:PORT ssl http2;
            ssl_certificate server.pem;
            ssl_certificate_key server.key;
            default_type application/json;
            location / {
              return 200 '{"protocol": "$server_protocol", "tls": "$ssl_protocol", "uri": "$request_uri"}';
            }
          }
        }
        """
        .replace("PORT", Integer.toString(port));
  }

  private boolean available() {
    return Peers.onPath("nginx") && Peers.onPath("openssl");
  }

  private static void openssl(Path folder, String arguments)
      throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(("openssl " + arguments).split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(openssl.getInputStream().readAllBytes());
    if (openssl.waitFor() != 0) {
      throw new IllegalStateException("openssl " + arguments + ": " + said);
    }
  }

  @Override
  public void close() throws IOException {
    if (nginx != null) {
      nginx.getOutputStream().close();
      nginx.onExit().join();
    }
  }
}

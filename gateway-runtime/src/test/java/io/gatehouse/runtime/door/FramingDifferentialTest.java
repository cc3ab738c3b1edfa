package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our door lets in, other proxies must let in too and pass on as the same requests: where two
 * readers differ, one of them can be deceived. Differences that we can explain stand in the case's
 * file, and must be there.
 */
class FramingDifferentialTest {

  private static final String NGINX =
      """
      daemon off;
      pid DIR/nginx.pid;
      error_log DIR/error.log;
      worker_processes 1;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path DIR/body;
        proxy_temp_path DIR/proxy;
        fastcgi_temp_path DIR/fastcgi;
        uwsgi_temp_path DIR/uwsgi;
        scgi_temp_path DIR/scgi;
        client_body_buffer_size 1m;
        large_client_header_buffers 8 32k;
        server {
          listen 127.0.0.1:PORT;
          merge_slashes off;
          location / { proxy_pass http://127.0.0.1:BACKEND; }
        }
      }
      """;

  private static final String HAPROXY =
      """
      global
        maxconn 256
      defaults
        mode http
        timeout connect 5s
        timeout client 10s
        timeout server 10s
      frontend front
        bind 127.0.0.1:PORT
        default_backend back
      backend back
        server one 127.0.0.1:BACKEND
      """;

  @TempDir private Path folder;
  private Process proxy;
  private RawBackend backend;

  @AfterEach
  void stop() throws Exception {
    if (proxy != null) {
      proxy.destroy();
      proxy.waitFor(10, TimeUnit.SECONDS);
    }
    if (backend != null) {
      backend.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> nginxSeesTheSameRequests() throws Exception {
    return compare("nginx", NGINX, "-e", "DIR/error.log", "-c");
  }

  @TestFactory
  Stream<DynamicTest> haproxySeesTheSameRequests() throws Exception {
    return compare("haproxy", HAPROXY, "-db", "-f");
  }

  private Stream<DynamicTest> compare(String name, String config, String... options)
      throws Exception {
    File program = program(name);
    assumeTrue(program != null, name + " is not installed");
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    int port = Door.freePort();
    Path file = folder.resolve(name + ".conf");
    Files.writeString(
        file,
        config
            .replace("DIR", folder.toString())
            .replace("PORT", "" + port)
            .replace("BACKEND", "" + backend.port()));
    List<String> command = new ArrayList<>(List.of(program.getPath()));
    for (String option : options) {
      command.add(option.replace("DIR", folder.toString()));
    }
    command.add(file.toString());
    proxy =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    awaitOpen(port);
    return FramingCase.all().stream()
        .filter(c -> !c.refused())
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(name, c, port)));
  }

  private void check(String name, FramingCase c, int port) throws Exception {
    backend.received.clear();
    List<String> expected = new ArrayList<>(c.backend());
    expected.add("GET /following ");
    List<String> seen = new ArrayList<>();
    try {
      Wire.exchange(port, FramingTest.followed(c.bytes()), Integer.MAX_VALUE);
    } catch (SocketTimeoutException e) {
      seen.add("(waits for more)");
    }
    for (RawBackend.Received received : backend.received) {
      seen.add(FramingTest.seen(received, FramingCase.AT));
    }
    if (c.differs().containsKey(name)) {
      assertNotEquals(expected, seen, name + " agrees after all: " + c.differs().get(name));
    } else {
      assertEquals(expected, seen, name);
    }
  }

  private static File program(String name) {
    for (String place : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
      File file = new File(place, name);
      if (file.canExecute()) {
        return file;
      }
    }
    return null;
  }

  private void awaitOpen(int port) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < until && proxy.isAlive()) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        proxy.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError("it does not listen: " + Files.readString(folder.resolve("out.log")));
  }
}

package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stopping a node in order: what it has begun it ends. */
@ExtendWith(Installation.Shared.class)
@Order(8)
class DrainIT {

  private final Installation installation;

  DrainIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void aStoppingNodeEndsTheRequestsItHasBegunAndTakesNoOthers() throws Exception {
    PetStore pets = PetStore.publish(installation, installation.apiGateway());
    URI node = URI.create(installation.nodes().get(1));
    try (Socket slow = new Socket(node.getHost(), node.getPort())) {
      slow.setSoTimeout(60_000);
      OutputStream out = slow.getOutputStream();
      String path = "/_aws/execute-api/" + pets.apiId() + "/" + PetStore.STAGE + "/echo/slow";
      write(out, "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello");
      CompletableFuture<String> stopped = CompletableFuture.supplyAsync(this::stopSecondNode);
      awaitClosedDoor(node);
      write(out, "world");
      var in =
          new BufferedReader(
              new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 200 OK", in.readLine());
      assertTrue(
          in.lines().anyMatch(line -> line.contains("helloworld")), "the whole body was echoed");
      stopped.get(90, TimeUnit.SECONDS);
    }
    assertThrows(ConnectException.class, () -> new Socket(node.getHost(), node.getPort()).close());
    assertEquals(
        200,
        installation
            .call(installation.nodes().get(0), pets.apiId(), PetStore.STAGE, "/pets/1")
            .statusCode());
    installation.scripts.succeed("start", "--only", "node-2");
    assertEquals(
        200,
        installation.call(node.toString(), pets.apiId(), PetStore.STAGE, "/pets/1").statusCode());
  }

  private String stopSecondNode() {
    try {
      return installation.scripts.succeed("stop", "--only", "node-2");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void awaitClosedDoor(URI node) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      try (Socket probe = new Socket(node.getHost(), node.getPort())) {
        Thread.onSpinWait(); // still open: the stop is on its way
      } catch (SocketException e) {
        return; // refused, or reset because the door closed while this call stood before it
      }
    }
    throw new AssertionError("the door stayed open");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}

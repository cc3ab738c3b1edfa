package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.runtime.functions.TestHost.Answer;
import io.gatehouse.runtime.functions.TestHost.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where there are no namespaces and no memory groups, users and a watch have to do. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnUsersTest {

  private static final Uids.Range USERS = new Uids.Range(61_300, 61_309);

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python is not installed");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    host =
        new TestHost(
            folder,
            new Options()
                .set("GATEHOUSE_FUNCTIONS_UIDS", "61300-61309")
                .set("GATEHOUSE_FUNCTIONS_ISOLATION", "users"));
  }

  @AfterAll
  void stop() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    Set<Integer> users = new ProcessTable().uids(USERS);
    host.host.forEachEnvironment(e -> users.remove(e.parts().uid().getAsInt()));
    assertEquals(Set.of(), users);
  }

  private Answer run(int timeout, String code) {
    host.python("f", code).timeout(timeout).live();
    return host.invoke("f", "{}");
  }

  @Test
  void aFunctionServesFromItsOwnFolders() {
    Answer answer =
        run(
            10,
            "import os, tempfile\ndef handler(e, c):\n  with tempfile.TemporaryFile():\n    return os.getuid() >= 61300\n");
    assertEquals("true", answer.body());
    assertEquals("true", host.invoke("f", "{}").body());
  }

  @Test
  void aFunctionIsKnownByItsConnections() throws Exception {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port.setSoTimeout(20_000);
      host.python(
              "caller",
              "import socket\ndef handler(e, c):\n  s = socket.create_connection(('127.0.0.1', e))\n  s.recv(1)\n")
          .live();
      TestHost.Pending call =
          host.begin(TestHost.call("caller", Integer.toString(port.getLocalPort())));
      try (Socket peer = port.accept()) {
        assertTrue(host.host.isFunction(peer.getPort(), port.getLocalPort()));
      }
      call.await();
      try (Socket own = new Socket(port.getInetAddress(), port.getLocalPort());
          Socket peer = port.accept()) {
        assertFalse(host.host.isFunction(peer.getPort(), port.getLocalPort()));
        assertEquals(own.getLocalPort(), peer.getPort());
      }
    }
  }

  @Test
  void aForkBombDiesWithItsEnvironment() {
    Answer answer =
        run(
            1,
            "import os\ndef handler(e, c):\n  while True:\n    try:\n      os.fork()\n    except OSError:\n      pass\n");
    assertEquals("Unhandled", answer.header("X-Amz-Function-Error"));
  }

  @Test
  void aChildThatLeavesItsSessionDiesWithItsEnvironment() {
    Answer answer =
        run(
            1,
            "import subprocess, time\ndef handler(e, c):\n  subprocess.Popen(['setsid', 'sleep', '300'])\n  time.sleep(300)\n");
    assertTrue(answer.body().contains("Task timed out"), answer.body());
  }

  @Test
  void aMemoryHogIsSeenAndKilled() {
    Answer answer =
        run(
            20,
            "import time\ndef handler(e, c):\n  hog = bytearray(b'x' * (200 << 20))\n  time.sleep(20)\n");
    assertTrue(answer.body().contains("Runtime.OutOfMemory"), answer.body());
  }
}

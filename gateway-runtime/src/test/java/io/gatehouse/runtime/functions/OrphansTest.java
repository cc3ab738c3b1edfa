package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.runtime.functions.TestHost.Options;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when a node is killed, and who may speak to a function's Runtime API. */
@Tag("slow")
class OrphansTest {

  private static final Uids.Range USERS = new Uids.Range(61_200, 61_209);
  private static final String RANGE = "61200-61209";

  @TempDir Path folder;

  /** A program: a host with a function that waits for ever beside its answer. */
  public static final class Node {
    public static void main(String[] arguments) throws Exception {
      TestHost host =
          new TestHost(Path.of(arguments[0]), new Options().set("GATEHOUSE_FUNCTIONS_UIDS", RANGE));
      host.python(
              "f",
              """
              import subprocess, time
              def handler(e, c):
                subprocess.Popen(['setsid', 'sleep', '300'])
                if 'sleep' in e:
                  open('/tmp/asleep', 'w').close()
                  time.sleep(300)
                return 'up'
              """)
          .timeout(300)
          .live();
      String up = host.invoke("f", "{}").body();
      host.begin(TestHost.call("f", "{\"sleep\":true}"));
      AtomicBoolean asleep = new AtomicBoolean();
      while (!asleep.get()) {
        host.host.forEachEnvironment(
            e -> asleep.set(Files.exists(e.parts().layout().tmp().resolve("asleep"))));
      }
      System.out.println(up);
      Thread.currentThread().join();
    }
  }

  private static void assumeUsers() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python is not installed");
  }

  @Test
  void aNodeThatIsKilledLeavesNothingRunning() throws Exception {
    assumeUsers();
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = node.inputReader()) {
      assertEquals("\"up\"", out.readLine());
      assertEquals(1, new ProcessTable().uids(USERS).size());
      node.destroyForcibly().waitFor();
    }
    Set<Integer> left = new ProcessTable().uids(USERS);
    for (int i = 0; i < 500 && !left.isEmpty(); i++) {
      Thread.onSpinWait();
      left = new ProcessTable().uids(USERS);
    }
    assertEquals(Set.of(), left);
  }

  @Test
  void whatAnotherNodeLeftIsEndedBeforeItsUserIsUsedAgain() throws Exception {
    assumeUsers();
    Process orphan =
        new ProcessBuilder("setpriv", "--reuid", "61205", "--clear-groups", "sleep", "300").start();
    try (TestHost host =
        new TestHost(folder, new Options().set("GATEHOUSE_FUNCTIONS_UIDS", RANGE))) {
      assertEquals(137, orphan.waitFor());
      assertTrue(host.host.gauges().containsKey("gatehouse_function_environments"));
    }
  }

  @Test
  void aFunctionCannotTakeAnothersEvents() throws Exception {
    assumeUsers();
    try (TestHost host =
        new TestHost(folder, new Options().set("GATEHOUSE_FUNCTIONS_UIDS", RANGE))) {
      host.python(
              "victim",
              "import os\ndef handler(e, c):\n  return os.environ['AWS_LAMBDA_RUNTIME_API']\n")
          .live();
      host.python(
              "thief",
              """
              import http.client
              def handler(address, c):
                h = http.client.HTTPConnection(address)
                h.request('GET', '/2018-06-01/runtime/invocation/next')
                return h.getresponse().read().decode()
              """)
          .live();
      String address = host.invoke("victim", "{}").body();
      String refused = host.invoke("thief", address).body();
      assertTrue(refused.contains("This is not your Runtime API"), refused);
      assertEquals(address, host.invoke("victim", "{}").body());
      assertEquals(2, host.meters.coldStarts().sum());
    }
  }
}

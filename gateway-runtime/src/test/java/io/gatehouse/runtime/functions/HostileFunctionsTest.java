package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.runtime.functions.TestHost.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions that fail, loop, fork, eat and flood: each is stopped and told so, and the host lives
 * on.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFunctionsTest {

  private static final Uids.Range USERS = new Uids.Range(61_000, 61_099);

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python is not installed");
    host = TestHost.in(folder);
    host.python("well", "def handler(event, context):\n    return 'well'\n").live();
  }

  @AfterAll
  void stop() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  @AfterEach
  void theHostLivesOn() {
    assertEquals("\"well\"", host.invoke("well", "{}").body());
  }

  private Answer run(String code) {
    return run(host.python("bad", "import os, sys, time\n" + code).timeout(1));
  }

  private Answer run(TestHost.Made function) {
    function.live();
    return host.invoke("bad", "{}");
  }

  private static void assertFailed(String type, String message, Answer answer) {
    assertEquals(200, answer.status());
    assertEquals("Unhandled", answer.header("X-Amz-Function-Error"));
    assertEquals(
        "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + message + "\"}",
        answer.body().replaceFirst("request-\\d+", "ID"));
  }

  /** Whoever runs something that the host no longer knows. */
  private Set<Integer> left() {
    Set<Integer> users = new ProcessTable().uids(USERS);
    host.host.forEachEnvironment(e -> users.remove(e.parts().uid().getAsInt()));
    return users;
  }

  @Test
  void whatItThrowsIsAnswered() {
    Answer answer =
        run(
            "class Odd(Exception):\n  pass\ndef handler(e, c):\n  raise Odd('no \"such\" thing')\n");
    assertEquals("Unhandled", answer.header("X-Amz-Function-Error"));
    assertTrue(
        answer
            .body()
            .startsWith("{\"errorMessage\": \"no \\\"such\\\" thing\", \"errorType\": \"Odd\","),
        answer.body());
    assertTrue(answer.text().contains("[ERROR] Odd: no \"such\" thing"), answer.text());
  }

  @Test
  void aLoopIsTimedOut() {
    Answer answer = run("def handler(e, c):\n  while True:\n    pass\n");
    assertFailed(
        "Sandbox.Timedout", "RequestId: ID Error: Task timed out after 1.00 seconds", answer);
    assertTrue(answer.text().contains(" Task timed out after 1.00 seconds\n"), answer.text());
    assertTrue(answer.text().endsWith("\tStatus: timeout"), answer.text());
    assertEquals(Set.of(), left());
  }

  @Test
  void anExitIsToldWithItsStatus() {
    Answer answer = run("def handler(e, c):\n  print('bye')\n  os._exit(7)\n");
    assertFailed(
        "Runtime.ExitError",
        "RequestId: ID Error: Runtime exited with error: exit status 7",
        answer);
  }

  @Test
  void anExitInGoodOrderIsAnErrorToo() {
    assertFailed(
        "Runtime.ExitError",
        "RequestId: ID Error: Runtime exited without providing a reason",
        run("def handler(e, c):\n  os._exit(0)\n"));
  }

  @Test
  void aCrashIsToldWithItsSignal() {
    assertFailed(
        "Runtime.ExitError",
        "RequestId: ID Error: Runtime exited with error: signal: segmentation fault",
        run("import signal\ndef handler(e, c):\n  os.kill(os.getpid(), signal.SIGSEGV)\n"));
  }

  @Test
  void aMemoryHogIsKilled() {
    assertFailed(
        "Runtime.OutOfMemory",
        "RequestId: ID Error: Runtime exited with error: signal: killed",
        run(
            host.python(
                    "bad",
                    "def handler(e, c):\n  hog = []\n  while True:\n    hog.append(bytearray(1 << 20))\n")
                .timeout(20)));
  }

  @Test
  void aForkBombDiesWithItsEnvironment() {
    Answer answer =
        run(
            "def handler(e, c):\n  while True:\n    try:\n      os.fork()\n    except OSError:\n      pass\n");
    assertEquals("Unhandled", answer.header("X-Amz-Function-Error"));
    assertEquals(Set.of(), left());
  }

  @Test
  void aChildThatLeavesItsSessionDiesWithItsEnvironment() {
    Answer answer =
        run(
            """
            import subprocess
            def handler(e, c):
              subprocess.Popen(['setsid', 'sleep', '300'], close_fds=True)
              if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                  time.sleep(300)
                os._exit(0)
              time.sleep(300)
            """);
    assertTrue(answer.body().contains("Task timed out"), answer.body());
    assertEquals(Set.of(), left());
  }

  @Test
  void aDiskFillerIsStopped() {
    Answer answer =
        run(
            host.python(
                    "bad",
                    """
                    def handler(e, c):
                      n = 0
                      while True:
                        n += 1
                        with open('/tmp/f%d' % n, 'wb') as f:
                          f.truncate(100 << 20)
                    """)
                .timeout(20));
    assertFailed(
        "Runtime.ExitError",
        "RequestId: ID Error: Runtime exited with error: /tmp is larger than 512 MB",
        answer);
  }

  @Test
  void aFileCannotGrowBeyondWhatTheDiskMayHold() {
    Answer answer =
        run(
            """
            def handler(e, c):
              with open('/tmp/f', 'wb') as f:
                f.truncate(600 << 20)
            """);
    assertTrue(answer.body().contains("File too large"), answer.body());
  }

  @Test
  void ofAFloodOfOutputAPartIsKept() {
    Answer answer =
        run("def handler(e, c):\n  for i in range(100000):\n    print('x' * 99)\n  return 1\n");
    assertEquals("1", answer.body());
    assertTrue(
        answer.text().length() < Output.MOST_BYTES + 4096, "length " + answer.text().length());
    assertTrue(answer.text().contains("more bytes of output were dropped]"), "not said");
    assertTrue(answer.text().contains("\nEND RequestId: "), "no end");
  }

  @Test
  void outputWithoutALineEndIsKept() {
    Answer answer =
        run("def handler(e, c):\n  sys.stdout.write('no end')\n  sys.stdout.flush()\n  return 1\n");
    assertTrue(answer.log().contains("no end"), answer.text());
    Answer longLine = run("def handler(e, c):\n  sys.stdout.write('#' * 20000)\n  return 1\n");
    assertTrue(longLine.log().stream().allMatch(line -> line.length() <= 8192), "not cut");
    assertEquals(20_000, longLine.text().chars().filter(c -> c == '#').count());
  }

  @Test
  void anAnswerThatIsTooLargeIsAnError() {
    assertFailed(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        run("def handler(e, c):\n  return 'x' * 7000000\n"));
    Answer most = run("def handler(e, c):\n  return 'x' * (6291556 - 2)\n");
    assertEquals(6_291_556, most.body().length());
  }

  @Test
  void oneThatDoesNotLoadIsAnErrorOfItsOwn() {
    Answer missing = run("import nowhere\n");
    assertTrue(
        missing
            .body()
            .startsWith(
                "{\"errorMessage\": \"Unable to import module 'app': No module named 'nowhere'\","
                    + " \"errorType\": \"Runtime.ImportModuleError\""),
        missing.body());
    assertTrue(run("def other():\n  pass\n").body().contains("Runtime.HandlerNotFound"));
    assertTrue(run("def handler(:\n").body().contains("Runtime.UserCodeSyntaxError"));
  }

  @Test
  void oneThatEndsWhileItLoadsIsToldSo() {
    assertFailed(
        "Runtime.ExitError",
        "RequestId: ID Error: Runtime exited with error: exit status 3",
        run("os._exit(3)\n"));
  }

  @Test
  void theRuntimeApiKnowsOneAnswerToOneEvent() {
    String call =
        """
        import http.client
        def post(c, where):
          h = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
          h.request('POST', '/2018-06-01/runtime/' + where, '"early"')
          return h.getresponse().status
        def get(where):
          h = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
          h.request('GET', '/2018-06-01/runtime/' + where)
          return h.getresponse().status
        """;
    Answer answer =
        run(
            call
                + """
                def handler(e, c):
                  return [post(c, 'invocation/other/response'), post(c, 'invocation//response'),
                    post(c, 'invocation/response'), post(c, 'init/error'), get('invocation/next'),
                    get('elsewhere'), post(c, 'invocation/../next')]
                """);
    assertEquals("[400, 400, 400, 403, 403, 404, 404]", answer.body());
    Answer twice =
        run(
            call
                + """
                def handler(e, c):
                  first = post(c, 'invocation/' + c.aws_request_id + '/response')
                  print(first, post(c, 'invocation/' + c.aws_request_id + '/response'))
                  return 'late'
                """);
    assertEquals("\"early\"", twice.body());
  }

  @Test
  void aFunctionSeesItselfAlone() {
    Answer answer =
        run(
            """
            def attempt(what):
              try:
                return what()
              except OSError as e:
                return type(e).__name__
            def handler(e, c):
              return [os.getuid() == os.getgid() >= 61000, os.getcwd(), sorted(os.listdir('/tmp')),
                len([p for p in os.listdir('/proc') if p.isdigit()]) <= 3,
                attempt(lambda: open('/var/task/app.py', 'w')),
                attempt(lambda: open('/var/tmp/x', 'w')),
                attempt(lambda: open('/etc/shadow')),
                attempt(lambda: os.setuid(0)),
                attempt(lambda: os.listdir('/run/gatehouse-functions'))]
            """);
    assertEquals(
        "[true, \"/var/task\", [], true, \"OSError\", \"OSError\", \"PermissionError\","
            + " \"PermissionError\", \"PermissionError\"]",
        answer.body());
  }

  @Test
  void nothingOfTheNodesEnvironmentComesIn() {
    Answer answer =
        run(
            host.python("bad", "import os\ndef handler(e, c):\n  return dict(os.environ)\n")
                .variables(
                    java.util.Map.of(
                        "OWN", "it's $HOME `x` \"y\"\n\\z",
                        "LD_PRELOAD", "",
                        "AWS_LAMBDA_FUNCTION_NAME", "forged",
                        "_i", "7",
                        "OPTIND", "x")));
    assertTrue(
        answer.body().contains("\"OWN\": \"it's $HOME `x` \\\"y\\\"\\n\\\\z\""), answer.body());
    assertTrue(answer.body().contains("\"AWS_LAMBDA_FUNCTION_NAME\": \"bad\""), answer.body());
    assertTrue(answer.body().contains("\"AWS_REGION\": \"eu-north-1\""), answer.body());
    assertFalse(answer.body().contains("JAVA_HOME"), answer.body());
    assertFalse(answer.body().contains("GATEHOUSE"), answer.body());
    assertFalse(answer.body().contains("/root"), answer.body());
  }
}

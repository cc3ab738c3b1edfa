package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.FunctionCall.Invoker;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.functions.TestHost.Answer;
import io.gatehouse.runtime.functions.TestHost.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host decides around its processes. */
@Tag("slow")
class FunctionHostTest {

  private static final String ECHO = "def handler(event, context):\n    return event\n";
  private static final String VERSION =
      "import os\ndef handler(e, c):\n    return [c.function_version, c.invoked_function_arn]\n";
  private static final String ARN = "arn:aws:lambda:eu-north-1:123456789012:function:";

  private record Later(long millis, Runnable work) {}

  @TempDir Path folder;
  private final Options options = new Options();
  private final BlockingQueue<Later> later = new LinkedBlockingQueue<>();
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
  private TestHost host;

  @BeforeEach
  void python() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python is not installed");
    options.timer = (millis, work) -> later.add(new Later(millis, work));
    options.clock = () -> Instant.ofEpochMilli(now.get());
  }

  @AfterEach
  void stop() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  private TestHost host() throws IOException {
    host = new TestHost(folder, options);
    return host;
  }

  private static FunctionCall call(
      String function, String qualifier, FunctionCall.Kind kind, Invoker invoker, int timeout) {
    return new FunctionCall(
        TestHost.ACCOUNT,
        function,
        qualifier,
        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
        "",
        kind,
        invoker,
        "",
        timeout,
        true,
        line -> {});
  }

  private Answer invokeAs(String function, String qualifier, Invoker invoker) {
    return host.invoke(call(function, qualifier, FunctionCall.Kind.REQUEST_RESPONSE, invoker, 0));
  }

  private Answer event(String function) {
    return host.invoke(call(function, "", FunctionCall.Kind.EVENT, new Invoker.Trusted(), 0));
  }

  @Test
  void aVersionIsFoundByNameAndArnAndQualifierAndAlias() throws IOException {
    host()
        .python("f", VERSION)
        .publish("1")
        .publish("2")
        .alias("live", "1", Map.of("2", 0.25))
        .live();
    options.drawn = 0.25;
    assertEquals("[\"$LATEST\", \"" + ARN + "f\"]", host.invoke("f", "{}").body());
    assertEquals("[\"1\", \"" + ARN + "f:1\"]", host.invoke("f:1", "{}").body());
    assertEquals("[\"1\", \"" + ARN + "f:live\"]", host.invoke(ARN + "f:live", "{}").body());
    options.drawn = 0.2499;
    Answer weighted = host.invoke("123456789012:function:f:live", "{}");
    assertEquals("[\"2\", \"" + ARN + "f:live\"]", weighted.body());
    assertEquals("2", weighted.header("X-Amz-Executed-Version"));
    assertEquals(200, invokeAs("f", "2", new Invoker.Trusted()).status());
    assertEquals(400, invokeAs("f:1", "2", new Invoker.Trusted()).status());
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    host().python("f", ECHO).live();
    Answer none = host.invoke("nope", "{}");
    assertEquals(404, none.status());
    assertEquals("ResourceNotFoundException", none.header("x-amzn-ErrorType"));
    assertTrue(
        none.body().contains("\"Message\":\"Function not found: arn:aws:lambda:"), none.body());
    assertEquals(
        "{\"Type\":\"User\",\"Message\":\"Function not found: " + ARN + "f:7\"}",
        host.invoke("f:7", "{}").body());
    assertEquals(404, host.invoke(ARN.replace("eu-north-1", "us-east-1") + "f", "{}").status());
    assertEquals(
        404, host.invoke(ARN.replace("123456789012", "210987654321") + "f", "{}").status());
  }

  @Test
  void theLogsLastPartIsGivenToWhoeverWantsIt() throws IOException {
    host().python("f", "def handler(e, c):\n    print('z' * 9000)\n").live();
    String tail =
        new String(
            Base64.getDecoder()
                .decode(invokeAs("f", "", new Invoker.Trusted()).header("X-Amz-Log-Result")),
            StandardCharsets.UTF_8);
    assertEquals(4096, tail.length());
    assertTrue(
        tail.contains("zzz\nEND RequestId: request-1\nREPORT RequestId: request-1\tDuration:"),
        tail);
    assertNull(host.invoke("f", "{}").header("X-Amz-Log-Result"));
  }

  @Test
  void aRoleNeedsAPolicyThatAllowsTheInvocation() throws IOException {
    host().python("f", ECHO).live();
    String role = "arn:aws:iam::123456789012:role/r";
    assertDenied("no identity-based policy", invokeAs("f", "", new Invoker.Role(role)));
    host.live.put(access(role, "Allow", "*"));
    assertEquals(200, invokeAs("f", "", new Invoker.Role(role)).status());
    host.live.put(access(role, "Allow", ARN + "g"));
    assertDenied("no identity-based policy", invokeAs("f", "", new Invoker.Role(role)));
    host.live.put(access(role, "Deny", "*"));
    assertDenied("explicit deny", invokeAs("f", "", new Invoker.Role(role)));
  }

  @Test
  void aRoleOfTheAccountsIamCountsWhereItTrustsApiGateway() throws IOException {
    host().python("f", ECHO).live();
    String role = "arn:aws:iam::123456789012:role/ci/r";
    Invoker.Role invoker = new Invoker.Role(role);
    host.live.put(iamRole(1, role, "Allow", "apigateway.amazonaws.com", Optional.empty()));
    assertEquals(200, invokeAs("f", "", invoker).status());
    host.live.put(iamRole(2, role, "Allow", "lambda.amazonaws.com", Optional.empty()));
    assertDenied("no identity-based policy", invokeAs("f", "", invoker));
    host.live.put(iamRole(3, role, "Allow", "apigateway.amazonaws.com", Optional.of("broken")));
    assertDenied("explicit deny in a permissions boundary", invokeAs("f", "", invoker));
    host.live.put(
        iamRole(4, role.replace("/ci", ""), "Allow", "apigateway.amazonaws.com", Optional.empty()));
    assertDenied("no identity-based policy", invokeAs("f", "", invoker));

    host.live.put(access(role, "Allow", "*"));
    host.live.put(iamRole(5, role, "Deny", "apigateway.amazonaws.com", Optional.empty()));
    assertDenied("explicit deny", invokeAs("f", "", invoker));
  }

  private static PrincipalSnapshot iamRole(
      long revision, String arn, String effect, String trusted, Optional<String> boundary) {
    return new PrincipalSnapshot(
        revision,
        TestHost.ACCOUNT,
        PrincipalSnapshot.Kind.ROLE,
        "r",
        arn,
        "AROA1",
        Map.of(),
        List.of(
            "{\"Statement\":{\"Effect\":\"%s\",\"Action\":\"lambda:Invoke*\",\"Resource\":\"*\"}}"
                .formatted(effect)),
        boundary,
        Map.of(),
        Optional.of(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"%s\"}}}"
                .formatted(trusted)));
  }

  private static BackendAccessSnapshot access(String role, String effect, String resource) {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"%s\",\"Action\":\"lambda:Invoke*\",\"Resource\":\"%s\"}}"
            .formatted(effect, resource);
    return new BackendAccessSnapshot(
        1,
        TestHost.ACCOUNT,
        List.of(),
        Map.of(),
        Map.of(
            role,
            new RoleAccess(
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(policy))));
  }

  @Test
  void anApiNeedsTheFunctionsOwnPolicy() throws IOException {
    String api = "arn:aws:execute-api:eu-north-1:123456789012:abc/";
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Allow",
        "Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction",
        "Resource":"%s","Condition":{"ArnLike":{"AWS:SourceArn":"%s*/GET/pets"}}}]}
        """;
    host().python("f", ECHO).publish("1").policy("", policy.formatted(ARN + "f", api)).live();
    assertEquals(200, invokeAs("f", "", new Invoker.Service(api + "prod/GET/pets")).status());
    assertDenied(
        "no resource-based policy", invokeAs("f", "", new Invoker.Service(api + "prod/PUT/pets")));
    assertDenied(
        "no resource-based policy", invokeAs("f", "1", new Invoker.Service(api + "prod/GET/pets")));
  }

  private static void assertDenied(String why, Answer answer) {
    assertEquals(403, answer.status());
    assertEquals("AccessDeniedException", answer.header("x-amzn-ErrorType"));
    assertTrue(answer.body().contains(why), answer.body());
  }

  @Test
  void payloadsAreJsonOfABoundedSize() throws IOException {
    host().python("f", ECHO).live();
    assertEquals("{}", host.invoke("f", "").body());
    assertEquals(400, host.invoke("f", "{nope").status());
    Answer large = host.invoke("f", "\"" + "x".repeat(Payloads.MOST_SYNCHRONOUS) + "\"");
    assertEquals(413, large.status());
    assertEquals("RequestTooLargeException", large.header("x-amzn-ErrorType"));
    String most = "\"" + "x".repeat(Payloads.MOST_SYNCHRONOUS - 2) + "\"";
    assertEquals(most, host.invoke("f", most).body());
  }

  @Test
  void reservedConcurrencyIsKeptTo() throws IOException {
    host().python("none", ECHO).reserved(0).live();
    Answer throttled = host.invoke("none", "{}");
    assertEquals(429, throttled.status());
    assertEquals("TooManyRequestsException", throttled.header("x-amzn-ErrorType"));
    assertEquals(
        "{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
            + "\"message\":\"Rate Exceeded.\"}",
        throttled.body());
    host.python("one", waiting()).reserved(1).timeout(30).live();
    TestHost.Pending first = host.begin(TestHost.call("one", "{}"));
    awaitRunning(1);
    assertEquals(429, host.invoke("one", "{}").status());
    release();
    assertEquals("\"done\"", first.await().body());
    assertEquals("\"done\"", host.invoke("one", "{}").body());
  }

  @Test
  void accountsAndTheNodeHaveLimitsToo() throws IOException {
    options.set("GATEHOUSE_FUNCTIONS_CONCURRENCY", "2");
    host().python("f", waiting()).timeout(30).live();
    TestHost.Pending first = host.begin(TestHost.call("f", "{}"));
    awaitRunning(1);
    assertTrue(host.invoke("f", "{}").body().contains("\"ConcurrentInvocationLimitExceeded\""));
    release();
    assertEquals(200, first.await().status());
  }

  /** A function that waits until the test releases it, through its own /tmp. */
  private static String waiting() {
    return """
    import os, time
    def handler(e, c):
        while not os.path.exists('/tmp/go'):
            time.sleep(0.01)
        return 'done'
    """;
  }

  private void awaitRunning(int many) {
    List<Environment> running = new ArrayList<>();
    while (running.size() < many) {
      running.clear();
      host.host.forEachEnvironment(running::add);
      Thread.onSpinWait();
    }
  }

  private void release() {
    host.host.forEachEnvironment(
        e -> {
          try {
            Files.createFile(e.parts().layout().tmp().resolve("go"));
          } catch (IOException ex) {
            throw new AssertionError(ex);
          }
        });
  }

  @Test
  void memoryIsSharedOutAndWhatWaitsLongestMakesRoom() throws IOException {
    options.set("GATEHOUSE_FUNCTIONS_MEMORY_MB", "256");
    host();
    for (String name : List.of("a", "b", "c")) {
      host.python(name, ECHO).live();
      assertEquals(200, host.invoke(name, "{}").status());
    }
    List<String> left = new ArrayList<>();
    host.host.forEachEnvironment(e -> left.add(e.key().name()));
    assertEquals(List.of("b", "c"), left.stream().sorted().toList());
    host.python("large", ECHO).memory(512).live();
    assertEquals(429, host.invoke("large", "{}").status());
  }

  @Test
  void changedCodeAndChangedSettingsTakeEffectAtOnce() throws IOException {
    host().python("f", "def handler(e, c):\n    return 1\n").live();
    assertEquals("1", host.invoke("f", "{}").body());
    host.python("f", "def handler(e, c):\n    return 2\n").live();
    assertEquals("2", host.invoke("f", "{}").body());
    host.python("f", "import os\ndef handler(e, c):\n    return os.environ.get('A1')\n")
        .variables(Map.of("A1", "x"))
        .live();
    assertEquals("\"x\"", host.invoke("f", "{}").body());
    List<Environment> running = new ArrayList<>();
    host.host.forEachEnvironment(running::add);
    assertEquals(1, running.size());
    assertEquals(3, host.fetched.get());
  }

  @Test
  void layersLieOneOverTheOther() throws IOException {
    host()
        .python(
            "f",
            "import shared, lower\ndef handler(e, c):\n    return [shared.NAME, lower.NAME, open('/opt/data/x').read()]\n")
        .layer(
            new Zips()
                .file("python/shared.py", "NAME = 'first'\n")
                .file("python/lower.py", "NAME = 'lower'\n")
                .file("data/x", "1")
                .bytes())
        .layer(new Zips().file("python/shared.py", "NAME = 'second'\n").file("data/x", "2").bytes())
        .live();
    assertEquals("[\"second\", \"lower\", \"2\"]", host.invoke("f", "{}").body());
  }

  @Test
  void aCallerWaitsNoLongerThanItWants() throws IOException {
    host().python("f", waiting()).timeout(30).live();
    Answer late =
        host.invoke(call("f", "", FunctionCall.Kind.REQUEST_RESPONSE, new Invoker.Trusted(), 50));
    assertEquals(Reason.BACKEND_TIMEOUT, late.failure().reason());
    awaitRunning(1);
    release();
    while (gauge("gatehouse_function_running") > 0) {
      Thread.onSpinWait();
    }
    assertEquals("\"done\"", host.invoke("f", "{}").body());
    assertEquals(1, host.meters.coldStarts().sum());
  }

  @Test
  void anEventIsTakenAndTriedAgainTwice() throws Exception {
    host().python("f", "def handler(e, c):\n    raise Exception('no')\n").live();
    Answer taken = event("f");
    assertEquals(202, taken.status());
    assertEquals("", taken.body());
    Later first = later.poll(60, TimeUnit.SECONDS);
    assertEquals(60_000, first.millis());
    first.work().run();
    Later second = later.poll(60, TimeUnit.SECONDS);
    assertEquals(120_000, second.millis());
    second.work().run();
    while (gauge("gatehouse_function_events_waiting") > 0) {
      Thread.onSpinWait();
    }
    assertEquals(1, gauge("gatehouse_function_events_given_up"));
    assertTrue(later.isEmpty());
    assertEquals(3, host.meters.invocations().sum());
  }

  @Test
  void anEventThatIsTooOldIsGivenUp() throws Exception {
    host().python("f", ECHO).reserved(0).eventInvoke(2, 60).live();
    assertEquals(202, event("f").status());
    List<Long> pauses = new ArrayList<>();
    for (Later next = later.poll(60, TimeUnit.SECONDS); next != null; ) {
      pauses.add(next.millis());
      now.addAndGet(next.millis());
      next.work().run();
      while (later.isEmpty() && gauge("gatehouse_function_events_waiting") > 0) {
        Thread.onSpinWait();
      }
      next = later.poll();
    }
    assertEquals(List.of(1_000L, 2_000L, 4_000L, 8_000L, 16_000L), pauses);
    assertEquals(1, gauge("gatehouse_function_events_given_up"));
    assertEquals(0, host.meters.invocations().sum());
  }

  private long gauge(String name) {
    return host.host.gauges().get(name).get().longValue();
  }

  @Test
  void aRuntimeThatIsNotInstalledIsNamedWithItsSetting() throws IOException {
    options.set("GATEHOUSE_FUNCTIONS_PYTHON", "/nowhere/python3");
    host().python("f", ECHO).live();
    Answer answer = host.invoke("f", "{}");
    assertTrue(
        answer.body().contains("\"errorType\":\"Runtime.InvalidEntrypoint\""), answer.body());
    assertTrue(
        answer.body().contains("GATEHOUSE_FUNCTIONS_PYTHON does not name it"), answer.body());
  }

  @Test
  void oneThatNeverComesUpIsTimedOut() throws IOException {
    options.mostInitNanos = TimeUnit.SECONDS.toNanos(1);
    host().python("f", "import time\nprint('coming')\ntime.sleep(60)\n").live();
    Answer answer = host.invoke("f", "{}");
    assertEquals(
        "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: request-1 Error:"
            + " Task timed out after 1.00 seconds\"}",
        answer.body());
    assertTrue(answer.text().contains("Status: timeout"), answer.text());
    host.host.forEachEnvironment(e -> fail("still there"));
  }

  @Test
  void whatAFunctionWritesIsKeptForOperations() throws IOException {
    host().python("f", "def handler(e, c):\n    print('for the record')\n").live();
    host.invoke("f", "{}");
    host.invoke("f", "{}");
    String log = Files.readString(folder.resolve("logs/123456789012/f.log"));
    assertTrue(log.contains("for the record\nEND RequestId: request-1\n"), log);
  }

  @Test
  void withoutIsolationFunctionsRunAllTheSame() throws IOException {
    options.set("GATEHOUSE_FUNCTIONS_ISOLATION", "off");
    host()
        .python(
            "f",
            "import os, subprocess\ndef handler(e, c):\n    subprocess.Popen(['sleep', '300'])\n    return os.environ['TMPDIR']\n")
        .live();
    Answer answer = host.invoke("f", "{}");
    assertTrue(answer.body().contains(folder.toString()), answer.body());
    assertTrue(answer.text().contains("Max Memory Used"), answer.text());
  }
}

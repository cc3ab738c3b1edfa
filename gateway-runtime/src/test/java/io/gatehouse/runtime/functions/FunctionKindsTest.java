package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.runtime.functions.TestHost.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four kinds of functions, cold and warm, as real processes. */
@Tag("slow")
class FunctionKindsTest {

  @TempDir Path folder;
  private TestHost host;

  @BeforeEach
  void start() throws IOException {
    host = TestHost.in(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void aNodeFunctionStartsOnceAndServesOn() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "Node.js is not installed");
    host.node(
            "counter",
            """
            let count = 0;
            exports.handler = async (event, context) => {
              console.log('event', event.a);
              return { count: ++count, a: event.a, left: context.getRemainingTimeInMillis() > 0 };
            };
            """)
        .live();

    Answer cold = host.invoke("counter", "{\"a\":\"ä\"}");
    Answer warm = host.invoke("counter", "{\"a\":2}");

    assertEquals("{\"count\":1,\"a\":\"ä\",\"left\":true}", cold.body());
    assertEquals("{\"count\":2,\"a\":2,\"left\":true}", warm.body());
    assertEquals(200, warm.status());
    assertNull(warm.header("X-Amz-Function-Error"));
    assertEquals("$LATEST", warm.header("X-Amz-Executed-Version"));
    assertTrue(cold.text().contains("Init Duration:"), cold.text());
    assertTrue(warm.text().contains("\tINFO\tevent 2"), warm.text());
    assertEquals(1, host.meters.coldStarts().sum());
  }

  @Test
  void aPythonFunctionStartsOnceAndServesOn() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "Python is not installed");
    host.python(
            "counter",
            """
            count = 0
            def handler(event, context):
                global count
                count += 1
                print("event", event["a"])
                return {"count": count, "a": event["a"], "left": context.get_remaining_time_in_millis() > 0}
            """)
        .live();

    assertEquals(
        "{\"count\": 1, \"a\": \"ä\", \"left\": true}",
        host.invoke("counter", "{\"a\":\"ä\"}").body());
    Answer warm = host.invoke("counter", "{\"a\":2}");
    assertEquals("{\"count\": 2, \"a\": 2, \"left\": true}", warm.body());
    assertTrue(warm.log().contains("event 2"), warm.text());
    assertEquals(1, host.meters.coldStarts().sum());
  }

  @Test
  void aJavaFunctionStartsOnceAndServesOn() throws IOException {
    String name = JavaSample.class.getName().replace('.', '/') + ".class";
    byte[] classFile;
    try (InputStream in = JavaSample.class.getClassLoader().getResourceAsStream(name)) {
      classFile = in.readAllBytes();
    }
    byte[] zip = new Zips().file(name, classFile).bytes();
    host.new Made("counter", "java21", JavaSample.class.getName() + "::handleRequest", zip)
        .memory(256)
        .live();

    assertEquals(
        "{\"count\":1,\"event\":{\"a\":1},\"function\":\"counter\",\"left\":true,\"request\":\"request-1\"}",
        host.invoke("counter", "{\"a\":1}").body());
    Answer warm = host.invoke("counter", "{\"a\":2}");
    assertTrue(warm.body().contains("\"count\":2"), warm.body());
    assertTrue(warm.log().contains("java was here"), warm.text());
    Answer failed = host.invoke("counter", "{\"fail\":1}");
    assertEquals("Unhandled", failed.header("X-Amz-Function-Error"));
    assertTrue(failed.body().contains("\"errorMessage\":\"as asked\""), failed.body());
    assertTrue(
        failed.body().contains("\"errorType\":\"java.lang.IllegalArgumentException\""),
        failed.body());
    assertEquals(1, host.meters.coldStarts().sum());
  }

  @Test
  void aCustomRuntimeStartsOnceAndServesOn() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    byte[] script;
    try (InputStream in = getClass().getResourceAsStream("/functions/bootstrap.sh")) {
      script = in.readAllBytes();
    }
    // Without a mode in the archive: the host makes it executable.
    byte[] zip = new Zips().file("bootstrap", script).bytes();
    host.new Made("custom", "provided.al2023", "whatever", zip).live();

    Answer cold = host.invoke("custom", "{\"a\":1}");
    Answer warm = host.invoke("custom", "{\"a\":2}");

    assertTrue(cold.body().startsWith("{\"custom\":{\"a\":1},\"started\""), cold.body());
    assertEquals(
        cold.body().substring(cold.body().indexOf("started")),
        warm.body().substring(warm.body().indexOf("started")));
    assertTrue(warm.log().contains("event request-2"), warm.text());
    assertEquals(1, host.meters.coldStarts().sum());
  }
}

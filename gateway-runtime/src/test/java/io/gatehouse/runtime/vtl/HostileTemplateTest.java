package io.gatehouse.runtime.vtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every template under {@code golden/vtl-hostile} is refused in the way that its file says, or does
 * no harm; see {@link TemplateCase}. It runs on a thread with a stack as small as the doors' have.
 */
class HostileTemplateTest {

  private static final long STEPS = 2_000_000;
  private static final long STACK = 512 * 1024;

  @TestFactory
  Stream<DynamicTest> everyHostileTemplateIsRefusedOrHarmless() throws IOException {
    return TemplateCase.in("vtl-hostile").stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> isRefused(file)));
  }

  private static void isRefused(Path file) throws Exception {
    TemplateCase hostile = TemplateCase.read(file);
    String outcome = onSmallStack(hostile);
    if (!hostile.expected().equals("!! any")) {
      assertEquals(hostile.expected(), outcome);
    }
  }

  /** Errors of the machine, such as a full stack, come out as they are. */
  private static String onSmallStack(TemplateCase hostile) throws Exception {
    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                outcome.set(hostile.outcome(STEPS));
              } catch (Throwable e) {
                outcome.set(e);
              }
            },
            "hostile",
            STACK);
    thread.start();
    thread.join();
    if (outcome.get() instanceof Throwable e) {
      throw new AssertionError("only refusals may come out", e);
    }
    return (String) outcome.get();
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    List<Path> files = TemplateCase.in("vtl-hostile");
    assertTrue(files.size() >= 60, () -> files.size() + " cases");
  }
}

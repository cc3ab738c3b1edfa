package io.gatehouse.runtime.vtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every template under {@code golden/vtl} renders as its file says; see {@link TemplateCase}. */
class GoldenTemplateTest {

  private static final long STEPS = 1_000_000;

  @TestFactory
  Stream<DynamicTest> everyTemplateRendersAsItsFileSays() throws IOException {
    return TemplateCase.in("vtl").stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> renders(file)));
  }

  private static void renders(Path file) throws IOException {
    TemplateCase golden = TemplateCase.read(file);
    assertEquals(golden.expected(), golden.outcome(STEPS));
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    List<Path> files = TemplateCase.in("vtl");
    assertTrue(files.size() >= 250, () -> files.size() + " cases");
  }
}

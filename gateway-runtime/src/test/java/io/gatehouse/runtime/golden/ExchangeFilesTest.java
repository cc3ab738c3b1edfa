package io.gatehouse.runtime.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every exchange under {@code golden/exchange} and {@code golden/hostile} goes as its file says,
 * through a real door to a real backend. {@code -Dgolden.write=true} writes what is ours down
 * instead.
 */
class ExchangeFilesTest {

  private static ExchangeRun run;

  @BeforeAll
  static void open() throws Exception {
    run = new ExchangeRun();
  }

  /** Whatever happened, nothing is held for exchanges that are over. */
  @AfterAll
  static void close() throws Exception {
    try (ExchangeRun ended = run) {
      assertEquals(0, ended.bytesHeld());
      assertEquals(0, ended.inFlight());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExchangeGoesAsItsFileSays() {
    return cases("exchange");
  }

  /** After each, the node must serve the next caller as if nothing had been. */
  @TestFactory
  Stream<DynamicTest> noHostileDefinitionOrRequestHurtsTheNextOne() {
    return cases("hostile");
  }

  private static Stream<DynamicTest> cases(String folder) {
    return ExchangeCase.in(folder).stream().map(file -> dynamicTest(name(file), () -> play(file)));
  }

  private static String name(Path file) {
    return file.getParent().getFileName() + "/" + file.getFileName();
  }

  private static void play(Path file) throws Exception {
    ExchangeCase golden = ExchangeCase.read(file);
    if (Boolean.getBoolean("golden.write")) {
      golden.rewrite(run.rewritten(golden));
    } else {
      run.check(golden);
    }
    run.servesTheNext();
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    List<Path> files = ExchangeCase.in("exchange");
    assertTrue(files.size() >= 250, () -> files.size() + " cases");
    List<Path> hostile = ExchangeCase.in("hostile");
    assertTrue(hostile.size() >= 20, () -> hostile.size() + " hostile cases");
  }
}

package io.gatehouse.runtime.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FunctionLogTest {

  private final FunctionLog log = new FunctionLog();

  private int characters() {
    return log.lines().stream().mapToInt(String::length).sum();
  }

  @Test
  void aLineWithoutEndIsCut() {
    log.add("x".repeat(1 << 20));
    assertEquals(1, log.lines().size());
    assertTrue(log.lines().getFirst().startsWith("xxx"));
    assertTrue(log.lines().getFirst().endsWith("x[TRUNCATED]"));
    assertTrue(characters() < 65 << 10, () -> characters() + " characters");
  }

  @Test
  void linesWithoutEndAreCut() {
    for (int i = 0; i < 100_000; i++) {
      log.add("");
    }
    assertTrue(log.lines().size() < 10_000, () -> log.lines().size() + " lines");
    assertEquals("[TRUNCATED]", log.lines().getLast());
  }

  @Test
  void whatFitsIsKeptWhole() {
    log.add("one");
    log.add("x".repeat(60_000));
    assertEquals(2, log.lines().size());
    assertEquals(60_003, characters());
  }
}

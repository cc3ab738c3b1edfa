package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.functions.HostSettings.Isolation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSettingsTest {

  @Test
  void withoutAWordAQuarterOfTheMachineIsTheFunctions() {
    assertEquals(
        new HostSettings(
            Isolation.AUTO,
            new Uids.Range(60_000, 60_999),
            2048,
            100,
            50,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ""),
        HostSettings.fromEnvironment(Map.of(), 8192));
  }

  @ParameterizedTest
  @CsvSource({
    "GATEHOUSE_FUNCTIONS_ISOLATION, yes, 'auto, required or off'",
    "GATEHOUSE_FUNCTIONS_UIDS, 5, two user ids",
    "GATEHOUSE_FUNCTIONS_UIDS, 0-10, two user ids",
    "GATEHOUSE_FUNCTIONS_UIDS, 3000-2000, two user ids",
    "GATEHOUSE_FUNCTIONS_MEMORY_MB, 12, a number from 128",
    "GATEHOUSE_FUNCTIONS_CONCURRENCY, many, a number from 1",
    "GATEHOUSE_FUNCTIONS_ACCOUNT_CONCURRENCY, 0, a number from 1",
    "GATEHOUSE_FUNCTIONS_NODE, node, the absolute path",
    "GATEHOUSE_FUNCTIONS_PYTHON, python3, the absolute path",
    "GATEHOUSE_FUNCTIONS_JAVA, java, the absolute path"
  })
  void whatIsWrongIsSaidByName(String name, String value, String right) {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> HostSettings.fromEnvironment(Map.of(name, value), 8192))
            .getMessage();
    assertTrue(said.startsWith(name + " is " + value + " and must be "), said);
    assertTrue(said.contains(right), said);
  }

  @Test
  void aProgramBehindAClosedFolderIsNotForEverybody() {
    assertFalse(Commands.openToAnybody(Path.of("/proc/1/root")));
    assertTrue(Commands.openToAnybody(Path.of("/bin/sh")));
  }
}

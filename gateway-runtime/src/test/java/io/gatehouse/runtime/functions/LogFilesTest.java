package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of functions on the node's disk. */
class LogFilesTest {

  @Test
  void noFunctionReadsWhatAnotherWrote(@TempDir Path folder) throws IOException {
    Path logs = folder.resolve("logs");
    new LogFiles(logs).append("111111111111", "f", List.of("a line"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(logs)));
    assertEquals("a line\n", Files.readString(logs.resolve("111111111111").resolve("f.log")));
  }

  @Test
  void logsOfFunctionsThatAreGoneAreDeleted(@TempDir Path folder) throws IOException {
    LogFiles logs = new LogFiles(folder);
    logs.append("111111111111", "kept", List.of("x".repeat(2 << 20)));
    logs.append("111111111111", "kept", List.of("more"));
    logs.append("111111111111", "gone", List.of("x".repeat(2 << 20)));
    logs.append("111111111111", "gone", List.of("more"));
    logs.append("222222222222", "kept", List.of("a line"));
    logs.keepOnly((account, name) -> account.startsWith("1") && name.equals("kept"));
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(
          List.of("111111111111/kept.log", "111111111111/kept.log.1"),
          left.filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .toList());
    }
  }
}

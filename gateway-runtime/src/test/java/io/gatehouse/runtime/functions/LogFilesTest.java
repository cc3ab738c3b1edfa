package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
}

package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.observed.RequestRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReceiverTest {

  @TempDir private Path folder;

  private static SinkRecord record(int number) {
    return SinkRecord.read(SinkSamples.written("r" + number));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path file : files()) {
      for (String line : Files.readAllLines(file)) {
        ids.add(RequestRecord.fromJson(line.getBytes(StandardCharsets.UTF_8)).requestId());
      }
    }
    return ids;
  }

  @Test
  void recordsAreLinesOfFilesThatAreNoLargerThanTheyMay() throws Exception {
    long most = 10 * (record(10).json().length + 1);
    FileReceiver receiver = new FileReceiver(new LogFiles(folder, most, 3), "node-1");
    for (int i = 10; i < 30; i += 2) {
      receiver.take(List.of(record(i), record(i + 1)));
    }
    receiver.close();
    assertEquals(
        List.of("requests-node-1-000000000001.ndjson", "requests-node-1-000000000002.ndjson"),
        files().stream().map(file -> file.getFileName().toString()).toList());
    for (Path file : files()) {
      assertTrue(Files.size(file) <= most);
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertEquals(IntStream.range(10, 30).mapToObj(i -> "r" + i).toList(), ids());
  }

  @Test
  void onlyTheLatestFilesAreKeptAndOthersAreLeftAlone() throws Exception {
    Files.writeString(folder.resolve("requests-node-2-000000000001.ndjson"), "");
    Files.writeString(folder.resolve("notes.txt"), "");
    FileReceiver receiver = new FileReceiver(new LogFiles(folder, 1, 2), "node-1");
    for (int i = 0; i < 5; i++) {
      receiver.take(List.of(record(i)));
    }
    receiver.close();
    assertEquals(
        List.of(
            "notes.txt",
            "requests-node-1-000000000004.ndjson",
            "requests-node-1-000000000005.ndjson",
            "requests-node-2-000000000001.ndjson"),
        files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void aNewProcessBeginsANewFile() throws Exception {
    for (int i = 0; i < 2; i++) {
      FileReceiver receiver = new FileReceiver(new LogFiles(folder, 1 << 20, 5), "node-1");
      receiver.take(List.of(record(i)));
      receiver.close();
    }
    assertEquals(2, files().size());
    assertEquals(List.of("r0", "r1"), ids());
  }

  @Test
  void aDirectoryThatCannotBeWrittenToIsToldAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    String told =
        assertThrows(
                IllegalArgumentException.class,
                () -> new FileReceiver(new LogFiles(file, 1, 1), "node-1"))
            .getMessage();
    assertTrue(told.startsWith("GATEHOUSE_LOG_FILES is " + file), told);
    assertFalse(Files.isDirectory(file));
  }
}

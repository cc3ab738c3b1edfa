package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

  private static final String BOOT = "b7a2";

  @TempDir private Path directory;
  private final AtomicInteger names = new AtomicInteger();

  private JournalFile open(Path where, String boot) throws IOException {
    return new JournalFile(where, boot, () -> "node-" + names.incrementAndGet());
  }

  private static QuotaKey key(int i) {
    return new QuotaKey("123456789012", "plan", "key-" + i, Period.MONTH, 20_393);
  }

  /** As it lies on the disk when the process is killed now. */
  private Path killed(String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(name));
    Files.copy(directory.resolve("live/quotas"), copy.resolve("quotas"));
    return copy;
  }

  private JournalFile live() throws IOException {
    return open(directory.resolve("live"), BOOT);
  }

  @Test
  void whatWasCountedOutlivesTheProcessHoweverItEnds() throws IOException {
    try (JournalFile live = live()) {
      Journal.Slot slot = live.journal().add(key(1)).orElseThrow();
      slot.leased(12);
      slot.use(3);
      slot.use(3);
      slot.returned(4);
      slot.committed(77);
      slot.based();
      try (JournalFile again = open(killed("copy"), BOOT)) {
        assertEquals("node-1", again.journal().node());
        Journal.Slot found = again.journal().found().getFirst();
        assertEquals(key(1).text(), found.text());
        assertEquals(12, found.leased());
        assertEquals(4, found.returned());
        assertEquals(77, found.committed());
        assertEquals(2, found.days()[3]);
        assertTrue(found.isBased());
      }
    }
  }

  @Test
  void aNodeKeepsItsNameOverRestartsAndReboots() throws IOException {
    live().close();
    try (JournalFile rebooted = open(directory.resolve("live"), "another boot")) {
      assertEquals("node-1", rebooted.journal().node());
    }
  }

  @Test
  void aMachineThatWentDownUnderTheFileCostsTheName() throws IOException {
    try (JournalFile live = live()) {
      live.journal().add(key(1)).orElseThrow().leased(5);
      Path copy = killed("copy");
      try (JournalFile rebooted = open(copy, "another boot")) {
        assertEquals("node-2", rebooted.journal().node());
        assertEquals(0, rebooted.journal().found().size());
        assertTrue(Files.exists(copy.resolve("quotas.unreadable")));
      }
    }
  }

  @Test
  void aDamagedFileIsSetAsideAndNothingOfItIsUsed() throws IOException {
    try (JournalFile live = live()) {
      for (int i = 0; i < 5; i++) {
        live.journal().add(key(i)).orElseThrow().leased(5);
      }
      int copies = 0;
      for (long at : new long[] {0, Journal.SLOT, Journal.SLOT + 8 + 7, Journal.SLOT * 3 + 300}) {
        Path copy = killed("copy-" + copies++);
        try (RandomAccessFile file = new RandomAccessFile(copy.resolve("quotas").toFile(), "rw")) {
          file.seek(at);
          int before = file.read();
          file.seek(at);
          file.write(before ^ 0xff);
        }
        try (JournalFile again = open(copy, BOOT)) {
          assertNotEquals("node-1", again.journal().node(), "damaged at " + at);
          assertEquals(0, again.journal().found().size());
        }
      }
    }
  }

  @Test
  void aFileThatEndsTooEarlyIsSetAside() throws IOException {
    live().close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("live/quotas").toFile(), "rw")) {
      file.setLength(100);
    }
    try (JournalFile again = live()) {
      assertEquals("node-2", again.journal().node());
    }
  }

  @Test
  void aPartThatWasBegunWhenTheProcessWasKilledDoesNoHarm() throws IOException {
    live().close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("live/quotas").toFile(), "rw")) {
      file.setLength(file.length() + 1_000);
    }
    try (JournalFile again = live()) {
      assertEquals("node-1", again.journal().node());
    }
  }

  @Test
  void twoNodesDoNotShareAFile() throws IOException {
    try (JournalFile live = live()) {
      assertThrows(IOException.class, this::live);
      assertEquals("node-1", live.journal().node());
    }
  }

  @Test
  void theFileGrowsAndPlacesAreUsedAgain() throws IOException {
    try (JournalFile live = live()) {
      for (int i = 0; i < 3_000; i++) {
        live.journal().add(key(i)).orElseThrow().leased(i);
      }
      long size = Files.size(directory.resolve("live/quotas"));
      Journal.Slot last = live.journal().add(key(9_999)).orElseThrow();
      last.use(0);
      live.journal().free(last);
      for (int i = 0; i < 50; i++) {
        Journal.Slot slot = live.journal().add(key(5_000)).orElseThrow();
        assertEquals(0, slot.days().length);
        live.journal().free(slot);
      }
      assertEquals(size, Files.size(directory.resolve("live/quotas")));
    }
    try (JournalFile again = live()) {
      assertEquals(3_000, again.journal().found().size());
    }
  }

  @Test
  void aFullJournalSaysSo() throws IOException {
    Journal journal = new Journal("node", new MemoryRoom(), 2);
    assertTrue(journal.add(key(1)).isPresent());
    assertTrue(journal.add(key(2)).isPresent());
    assertTrue(journal.add(key(3)).isEmpty());
  }
}

package io.gatehouse.runtime.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.spool.Spool.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;
  private int ids;

  private Spool open(long mostBytes) throws IOException {
    return new Spool(folder, mostBytes, () -> "id-" + ids++);
  }

  private static void offer(Spool spool, String... records) {
    for (String record : records) {
      assertTrue(spool.offer(record.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static List<String> texts(Batch batch) {
    return batch.records().stream()
        .map(record -> new String(record, StandardCharsets.UTF_8))
        .toList();
  }

  /** Everything that is there, as who stores it takes it; what was offered is on disk. */
  private static List<String> drain(Spool spool, long stored, int mostBytes) throws IOException {
    List<String> all = new ArrayList<>();
    long position = stored;
    for (Batch batch = spool.read(position, mostBytes);
        !batch.records().isEmpty();
        batch = spool.read(position, mostBytes)) {
      assertTrue(batch.first() > position);
      all.addAll(texts(batch));
      position = batch.first() + batch.records().size() - 1;
    }
    return all;
  }

  @Test
  void whatWasOfferedIsReadInOrderUntilItIsStored() throws Exception {
    Spool spool = open(MEGABYTE);
    offer(spool, "a", "b", "c");
    spool.close();
    assertEquals(new Batch("id-0", 1, List.of()).first(), spool.read(0, 1).first());
    assertEquals(List.of("a"), texts(spool.read(0, 1)));
    assertEquals(List.of("a", "b", "c"), texts(spool.read(0, 100)));
    assertEquals(List.of("b", "c"), texts(spool.read(1, 100)));
    assertEquals(List.of("a", "b", "c"), texts(spool.read(0, 100)), "asked for again");
    assertEquals(List.of(), texts(spool.read(3, 100)));
  }

  @Test
  void aProcessTakesOverWhatTheOneBeforeLeftUnderTheSameId() throws Exception {
    Spool before = open(MEGABYTE);
    offer(before, "a", "b");
    before.close();
    Spool spool = open(MEGABYTE);
    offer(spool, "c");
    spool.close();
    assertEquals(before.id(), spool.id());
    assertEquals(List.of("a", "b", "c"), drain(spool, 0, 100));
    assertEquals(List.of("c"), drain(spool, 2, 100));
  }

  @Test
  void numbersThatWereGivenAwayDoNotComeAgainThoughTheDiskLostThem() throws Exception {
    Spool before = open(MEGABYTE);
    offer(before, "a", "b", "c");
    before.close();
    assertEquals(3, before.read(0, 100).records().size());
    Path file = records().getFirst();
    Files.write(file, List.of(), StandardOpenOption.TRUNCATE_EXISTING);
    Spool spool = open(MEGABYTE);
    offer(spool, "d");
    spool.close();
    assertEquals(List.of("d"), drain(spool, 3, 100));
  }

  @Test
  void aRecordThatIsHalfWrittenEndsAFileAndOthersGoOn() throws Exception {
    Spool before = open(MEGABYTE);
    offer(before, "whole", "half");
    before.close();
    Path file = records().getFirst();
    byte[] all = Files.readAllBytes(file);
    all[all.length - 1]++;
    Files.write(file, all);
    Spool spool = open(MEGABYTE);
    offer(spool, "next");
    spool.close();
    assertEquals(List.of("whole", "next"), drain(spool, 0, 100));
  }

  @Test
  void whatDoesNotFitIsDroppedAndCountedAndThereIsRoomWhenMoreIsStored() throws Exception {
    byte[] record = new byte[MEGABYTE];
    int fit = 12;
    Spool spool = open((long) fit * MEGABYTE + MEGABYTE / 2);
    int taken = 0;
    for (int i = 0; i < 2 * fit; i++) {
      taken += spool.offer(record) ? 1 : 0;
    }
    assertTrue(taken <= fit && taken > 0, taken + " taken");
    assertEquals(2 * fit - taken, spool.dropped());
    assertFalse(spool.hasRoom());
    assertFalse(spool.offer(new byte[MEGABYTE + 1]), "longer than a record may be");
    spool.close();

    Spool later = open((long) fit * MEGABYTE + MEGABYTE / 2);
    long before = later.bytes();
    assertEquals(taken, drain(later, 0, 3 * MEGABYTE).size());
    assertTrue(later.bytes() < before, "whole files are gone");
    assertTrue(later.hasRoom());
    assertArrayEquals(record, record(later, record));
  }

  private static byte[] record(Spool spool, byte[] record) throws IOException {
    assertTrue(spool.offer(record));
    spool.close();
    List<byte[]> all = new ArrayList<>();
    long position = 0;
    for (Batch batch = spool.read(position, MEGABYTE);
        !batch.records().isEmpty();
        batch = spool.read(position, MEGABYTE)) {
      all.addAll(batch.records());
      position = batch.first() + batch.records().size() - 1;
    }
    return all.getLast();
  }

  @Test
  void aFolderThatWasEmptiedIsAnotherSpool() throws Exception {
    Spool before = open(MEGABYTE);
    before.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Spool spool = open(MEGABYTE);
    spool.close();
    assertNotEquals(before.id(), spool.id());
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Segment::isOne).sorted().toList();
    }
  }
}

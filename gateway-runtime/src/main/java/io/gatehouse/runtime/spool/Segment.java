package io.gatehouse.runtime.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One file of a spool: records one after the other, each with its length and a checksum before it,
 * so that what a dying process left half written is known for that.
 */
final class Segment {

  static final int HEAD = 2 * Integer.BYTES;
  private static final String SUFFIX = ".records";

  private final Path file;
  private final long first;
  private long count;
  private long bytes;

  /** Where a record begins, the last one that was read up to: reading goes on from there. */
  private long knownNumber;

  private long knownOffset;

  private Segment(Path file, long first) {
    this.file = file;
    this.first = first;
    this.knownNumber = first;
  }

  static Segment begin(Path directory, long first) {
    return new Segment(directory.resolve("%019d%s".formatted(first, SUFFIX)), first);
  }

  static boolean isOne(Path file) {
    return file.getFileName().toString().matches("\\d{19}\\.records");
  }

  /** Takes over what a process before has left, up to the first record that is not whole. */
  static Segment open(Path file) throws IOException {
    String name = file.getFileName().toString();
    Segment segment =
        new Segment(file, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      byte[] record = next(channel, 0);
      while (record != null) {
        segment.count++;
        segment.bytes += HEAD + record.length;
        record = next(channel, segment.bytes);
      }
      channel.truncate(segment.bytes);
    }
    return segment;
  }

  /** Null where no whole record begins. */
  private static byte[] next(FileChannel channel, long offset) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (!fill(channel, head, offset)) {
      return null;
    }
    int length = head.getInt(0);
    if (length < 0 || length > Spool.MOST_RECORD_BYTES) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    return fill(channel, record, offset + HEAD)
            && checksum(record.array()) == head.getInt(Integer.BYTES)
        ? record.array()
        : null;
  }

  private static boolean fill(FileChannel channel, ByteBuffer into, long offset)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, offset + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  static int checksum(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record);
    return (int) crc.getValue();
  }

  Path file() {
    return file;
  }

  long first() {
    return first;
  }

  long next() {
    return first + count;
  }

  long bytes() {
    return bytes;
  }

  /** What was written to the end of the file. */
  void grew(long records, long by) {
    count += records;
    bytes += by;
  }

  /** Records from that number on, of so many bytes or one. */
  List<byte[]> read(long from, int mostBytes) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (from < knownNumber) {
        knownNumber = first;
        knownOffset = 0;
      }
      long total = 0;
      while (knownNumber < next()) {
        byte[] record = next(channel, knownOffset);
        if (record == null) {
          throw new IOException("record " + knownNumber + " of " + file + " is damaged");
        }
        boolean wanted = knownNumber >= from;
        if (wanted && !records.isEmpty() && total + record.length > mostBytes) {
          break;
        }
        if (wanted) {
          records.add(record);
          total += record.length;
        }
        knownNumber++;
        knownOffset += HEAD + record.length;
      }
    }
    return records;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}

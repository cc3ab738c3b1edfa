package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The Unix modes that a zip archive's directory has for its entries, which the JDK does not tell:
 * what is executable, and what is a symbolic link.
 */
final class ZipModes {

  private static final int END = 0x06054b50;
  private static final int ENTRY = 0x02014b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_BYTES = 46;
  private static final int MOST_COMMENT = 65_535;
  private static final int MOST_DIRECTORY = 16 << 20;
  private static final int UNIX = 3;
  private static final int KIND = 0170000;
  private static final int LINK = 0120000;
  private static final int ANY_EXECUTE = 0111;

  private final Map<String, Integer> modes;

  private ZipModes(Map<String, Integer> modes) {
    this.modes = modes;
  }

  static ZipModes read(Path archive) throws IOException {
    try (FileChannel file = FileChannel.open(archive)) {
      ByteBuffer tail =
          read(file, Math.max(0, file.size() - END_BYTES - MOST_COMMENT), file.size());
      int end = tail.limit() - END_BYTES;
      while (end >= 0 && tail.getInt(end) != END) {
        end--;
      }
      if (end < 0) {
        throw new IOException("it is no zip archive");
      }
      long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
      long from = Integer.toUnsignedLong(tail.getInt(end + 16));
      if (bytes > MOST_DIRECTORY || from + bytes > file.size()) {
        throw new IOException("its directory is too large, or not where it says");
      }
      return new ZipModes(entries(read(file, from, from + bytes)));
    }
  }

  private static ByteBuffer read(FileChannel file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("it is cut off");
      }
    }
    return bytes.flip();
  }

  private static Map<String, Integer> entries(ByteBuffer directory) throws IOException {
    Map<String, Integer> modes = new HashMap<>();
    int at = 0;
    while (at + ENTRY_BYTES <= directory.limit() && directory.getInt(at) == ENTRY) {
      int system = directory.get(at + 5);
      int name = Short.toUnsignedInt(directory.getShort(at + 28));
      int rest =
          Short.toUnsignedInt(directory.getShort(at + 30))
              + Short.toUnsignedInt(directory.getShort(at + 32));
      if (at + ENTRY_BYTES + name > directory.limit()) {
        throw new IOException("its directory is cut off");
      }
      if (system == UNIX) {
        modes.put(
            new String(directory.array(), at + ENTRY_BYTES, name, StandardCharsets.UTF_8),
            directory.getInt(at + 38) >>> 16);
      }
      at += ENTRY_BYTES + name + rest;
    }
    return modes;
  }

  boolean executable(String entry) {
    return (modes.getOrDefault(entry, 0) & ANY_EXECUTE) != 0;
  }

  boolean link(String entry) {
    return (modes.getOrDefault(entry, 0) & KIND) == LINK;
  }
}

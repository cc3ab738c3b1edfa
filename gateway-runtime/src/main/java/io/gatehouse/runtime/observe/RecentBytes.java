package io.gatehouse.runtime.observe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last records that were added, in memory that is allocated once: what is kept for a while as
 * objects, thousands a second, would have each collection of garbage copy it and stop everybody for
 * so long. The older half makes way at once.
 */
final class RecentBytes {

  private static final int HEAD = 2 * Integer.BYTES;

  private byte[] newer;
  private byte[] older;
  private int newerSize;
  private int olderSize;

  /**
   * @param most bytes of all records
   */
  RecentBytes(int most) {
    newer = new byte[most / 2];
    older = new byte[most / 2];
  }

  /** One that is longer than half of the room is not kept. */
  synchronized void add(String name, byte[] record) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    int length = HEAD + key.length + record.length;
    if (length > newer.length) {
      return;
    }
    if (newerSize + length > newer.length) {
      byte[] room = older;
      older = newer;
      olderSize = newerSize;
      newer = room;
      newerSize = 0;
    }
    putInt(newerSize, key.length);
    putInt(newerSize + Integer.BYTES, record.length);
    System.arraycopy(key, 0, newer, newerSize + HEAD, key.length);
    System.arraycopy(record, 0, newer, newerSize + HEAD + key.length, record.length);
    newerSize += length;
  }

  private void putInt(int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      newer[at + i] = (byte) (value >>> Byte.SIZE * i);
    }
  }

  /** The last one of that name. Looks through all: this is for the few that somebody asks about. */
  synchronized Optional<byte[]> find(String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    return find(newer, newerSize, key).or(() -> find(older, olderSize, key));
  }

  private static Optional<byte[]> find(byte[] records, int size, byte[] key) {
    Optional<byte[]> last = Optional.empty();
    for (int at = 0; at < size; ) {
      int name = at + HEAD;
      int record = name + getInt(records, at);
      int next = record + getInt(records, at + Integer.BYTES);
      if (Arrays.equals(records, name, record, key, 0, key.length)) {
        last = Optional.of(Arrays.copyOfRange(records, record, next));
      }
      at = next;
    }
    return last;
  }

  private static int getInt(byte[] records, int at) {
    int value = 0;
    for (int i = Integer.BYTES - 1; i >= 0; i--) {
      value = value << Byte.SIZE | records[at + i] & 0xff;
    }
    return value;
  }
}

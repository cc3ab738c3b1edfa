package io.gatehouse.runtime.limit;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.zip.CRC32;

/**
 * What this node has of quotas, written where it outlives the process: a slot of fixed size for
 * each counter, in memory that is mapped from a file. Nothing is lost when the process is killed; a
 * request is on record before it passes, and a lease before it is used.
 */
public final class Journal {

  /** Where slots lie. */
  interface Room {

    /** More of them, zeroed where they are new; each of the same size. */
    ByteBuffer chunk(int index) throws IOException;

    /** How many chunks were there when the room was opened. */
    int chunks();
  }

  /** Bytes of a slot. */
  static final int SLOT = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int STATE = 0;
  private static final int LEASED = 8;
  private static final int RETURNED = 16;
  private static final int COMMITTED = 24;
  private static final int BASED = 32;
  private static final int DAYS = 40;
  private static final int MOST_DAYS = 31;
  private static final int TEXT = DAYS + MOST_DAYS * Long.BYTES;
  private static final int MOST_TEXT = SLOT - TEXT - 1;
  private static final long IN_USE = 1L << 32;

  /** One counter's place. Any thread counts; one at a time does the rest. */
  static final class Slot {
    private final ByteBuffer bytes;

    private Slot(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    private long get(int at) {
      return (long) LONGS.getVolatile(bytes, at);
    }

    private void set(int at, long value) {
      LONGS.setVolatile(bytes, at, value);
    }

    void use(int day) {
      add(day, 1);
    }

    void add(int day, long count) {
      LONGS.getAndAdd(bytes, DAYS + day * Long.BYTES, count);
    }

    long[] days() {
      int last = MOST_DAYS;
      while (last > 0 && get(DAYS + (last - 1) * Long.BYTES) == 0) {
        last--;
      }
      long[] days = new long[last];
      for (int day = 0; day < last; day++) {
        days[day] = get(DAYS + day * Long.BYTES);
      }
      return days;
    }

    long leased() {
      return get(LEASED);
    }

    void leased(long total) {
      set(LEASED, total);
    }

    long returned() {
      return get(RETURNED);
    }

    void returned(long total) {
      set(RETURNED, total);
    }

    /** What all nodes had committed, as the owner said last. */
    long committed() {
      return get(COMMITTED);
    }

    void committed(long all) {
      set(COMMITTED, all);
    }

    /** Whether what the owner has of this node is in these figures. */
    boolean isBased() {
      return get(BASED) != 0;
    }

    void based() {
      set(BASED, 1);
    }

    String text() {
      byte[] text = new byte[Math.min(bytes.get(TEXT) & 0xff, MOST_TEXT)];
      bytes.get(TEXT + 1, text);
      return new String(text, StandardCharsets.UTF_8);
    }

    private boolean isFree() {
      return get(STATE) == 0;
    }

    private boolean isWhole() {
      boolean whole = get(STATE) == (IN_USE | crc(text())) && leased() >= 0 && returned() >= 0;
      for (int day = 0; day < MOST_DAYS; day++) {
        whole &= get(DAYS + day * Long.BYTES) >= 0;
      }
      return whole && committed() >= 0 && leased() >= returned() && hasKey();
    }

    private boolean hasKey() {
      try {
        return QuotaKey.parse(text()).startDay() >= 0;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private void begin(byte[] text) {
      for (int at = LEASED; at < TEXT; at += Long.BYTES) {
        set(at, 0);
      }
      bytes.put(TEXT, (byte) text.length);
      bytes.put(TEXT + 1, text);
      set(STATE, IN_USE | crc(text()));
    }

    private void free() {
      set(STATE, 0);
    }

    private static long crc(String text) {
      CRC32 crc = new CRC32();
      crc.update(text.getBytes(StandardCharsets.UTF_8));
      return crc.getValue();
    }
  }

  private final String node;
  private final Room room;
  private final int most;
  private final List<Slot> found = new ArrayList<>();
  private final Queue<Slot> free = new ArrayDeque<>(); // guarded by this, as what follows
  private int chunks;
  private int inChunk;
  private int used;

  /**
   * @param node the node's name, as long as its journal lives
   * @param most slots that there may be
   */
  Journal(String node, Room room, int most) throws IOException {
    this.node = node;
    this.room = room;
    this.most = most;
    while (chunks < room.chunks()) {
      addChunk();
    }
  }

  private void addChunk() throws IOException {
    ByteBuffer chunk = room.chunk(chunks);
    inChunk = chunk.capacity() / SLOT;
    for (int at = 0; at + SLOT <= chunk.capacity(); at += SLOT) {
      Slot slot = new Slot(chunk.slice(at, SLOT));
      if (slot.isFree()) {
        free.add(slot);
      } else if (slot.isWhole()) {
        found.add(slot);
        used++;
      } else {
        throw new UnreadableJournal("slot " + at / SLOT + " of part " + chunks + " is not whole");
      }
    }
    chunks++;
  }

  /** One that nobody could have written like this. */
  static final class UnreadableJournal extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableJournal(String why) {
      super(why);
    }
  }

  String node() {
    return node;
  }

  /** What the journal had when it was opened. */
  List<Slot> found() {
    return List.copyOf(found);
  }

  /** A place for a counter; empty where there is no room for more. */
  synchronized Optional<Slot> add(QuotaKey key) throws IOException {
    byte[] text = key.text().getBytes(StandardCharsets.UTF_8);
    if (text.length > MOST_TEXT || used >= most) {
      return Optional.empty();
    }
    if (free.isEmpty()) {
      addChunk();
    }
    Slot slot = free.remove();
    slot.begin(text);
    used++;
    return Optional.of(slot);
  }

  /** Makes room before it is needed. */
  synchronized void reserve() throws IOException {
    if (free.size() < inChunk / 4 && used + free.size() < most) {
      addChunk();
    }
  }

  /** Gives a place to others. Whoever may still count in it has to be done. */
  synchronized void free(Slot slot) {
    slot.free();
    free.add(slot);
    used--;
  }

  int most() {
    return most;
  }
}

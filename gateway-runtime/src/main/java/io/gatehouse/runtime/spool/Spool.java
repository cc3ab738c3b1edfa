package io.gatehouse.runtime.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on this node's disk until they have arrived where they go: at the control plane, or where
 * a log sink sends them. Their numbers only grow, so that who has stored up to a number gets each
 * once. Bounded: where there is no room, new ones are dropped and counted, and nobody ever waits.
 */
public final class Spool implements AutoCloseable {

  /** A record that is longer is dropped. */
  public static final int MOST_RECORD_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final long SEGMENT_BYTES = 4L << 20;
  private static final long MOST_BYTES_WAITING = 16L << 20;
  private static final int MOST_RECORDS_WAITING = 65_536;
  private static final int BYTES_AT_ONCE = 1 << 20;
  private static final long BATCH_NANOS = 20_000_000;
  private static final int CLOSE_MILLIS = 5_000;

  /**
   * Numbers that are left out when a process begins: what the one before had given away may be lost
   * with the machine's power, and its numbers must not come again.
   */
  private static final long NEW_PROCESS = 1L << 32;

  /**
   * Records for the control plane.
   *
   * @param spool the id of the spool: numbers of another one mean nothing here
   * @param first the number of the first record; the others follow one by one
   */
  public record Batch(String spool, long first, List<byte[]> records) {}

  private final Path directory;
  private final long mostBytes;
  private final String id;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_RECORDS_WAITING);
  private final AtomicLong bytesWaiting = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;

  private final NavigableMap<Long, Segment> segments = new TreeMap<>(); // guarded by this
  private long next = 1; // likewise
  private volatile long bytes;

  /**
   * Takes over what a process before has left.
   *
   * @param directory one spool's only
   * @param mostBytes of all records on disk
   * @param newId gives an id that no other spool has had
   */
  public Spool(Path directory, long mostBytes, Supplier<String> newId) throws IOException {
    this.directory = directory;
    this.mostBytes = mostBytes;
    Files.createDirectories(directory);
    // Functions see this machine's files, and these records are of all accounts.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    this.id = id(directory.resolve("id"), newId);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Segment::isOne).sorted().toList()) {
        Segment segment = Segment.open(file);
        segments.put(segment.first(), segment);
        next = segment.next() + NEW_PROCESS;
        bytes += segment.bytes();
      }
    }
    String name = "spool-" + directory.getFileName();
    writer = Thread.ofPlatform().name(name).daemon().start(this::write);
  }

  private static String id(Path file, Supplier<String> newId) throws IOException {
    if (!Files.exists(file)) {
      Path written = file.resolveSibling("id.new");
      Files.writeString(written, newId.get());
      Files.move(written, file);
    }
    return Files.readString(file);
  }

  /**
   * From any thread; returns at once.
   *
   * @return whether it was taken, and not dropped
   */
  public boolean offer(byte[] written) {
    boolean fits =
        written.length <= MOST_RECORD_BYTES
            && bytes + bytesWaiting.get() + written.length <= mostBytes
            && bytesWaiting.get() + written.length <= MOST_BYTES_WAITING;
    if (!fits || closing) {
      dropped.increment();
      return false;
    }
    bytesWaiting.addAndGet(written.length);
    if (!waiting.offer(written)) {
      bytesWaiting.addAndGet(-written.length);
      dropped.increment();
      return false;
    }
    return true;
  }

  /** Whether there is room left, so that it is worth while to make a record. */
  public boolean hasRoom() {
    long least = Math.min(MOST_RECORD_BYTES, mostBytes / 16);
    long coming = bytesWaiting.get() + least;
    return bytes + coming <= mostBytes && coming <= MOST_BYTES_WAITING;
  }

  /** Records dropped since the start. */
  public long dropped() {
    return dropped.sum();
  }

  /** Of the records on disk. */
  public long bytes() {
    return bytes;
  }

  /** Bytes that it may have on disk. */
  public long mostBytes() {
    return mostBytes;
  }

  private void write() {
    while (!(closing && waiting.isEmpty())) {
      List<byte[]> batch = batch();
      if (batch.isEmpty()) {
        // Waking for each record would cost the requests more than the record itself.
        LockSupport.parkNanos(BATCH_NANOS);
      } else {
        append(batch);
      }
    }
  }

  private List<byte[]> batch() {
    List<byte[]> batch = new ArrayList<>();
    long total = 0;
    while (total < BYTES_AT_ONCE) {
      byte[] next = waiting.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
      total += next.length;
    }
    return batch;
  }

  private void append(List<byte[]> batch) {
    long total = batch.stream().mapToLong(one -> one.length).sum();
    ByteBuffer all = ByteBuffer.allocate((int) (total + (long) batch.size() * Segment.HEAD));
    for (byte[] one : batch) {
      all.putInt(one.length).putInt(Segment.checksum(one)).put(one);
    }
    Segment segment = current();
    try (FileChannel channel =
        FileChannel.open(segment.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Not at the end of the file: what failed half way is written over.
      long at = segment.bytes();
      for (all.flip(); all.hasRemaining(); ) {
        at += channel.write(all, at);
      }
      written(segment, batch.size(), at - segment.bytes());
    } catch (IOException e) {
      dropped.add(batch.size());
      LOG.error("{} records are lost: {} cannot be written: {}", batch.size(), directory, e + "");
    } finally {
      bytesWaiting.addAndGet(-total);
    }
  }

  private synchronized Segment current() {
    Segment last = segments.isEmpty() ? null : segments.lastEntry().getValue();
    if (last == null || last.next() != next || last.bytes() >= SEGMENT_BYTES) {
      last = Segment.begin(directory, next);
      segments.put(next, last);
    }
    return last;
  }

  private synchronized void written(Segment segment, int records, long by) {
    segment.grew(records, by);
    next += records;
    bytes += by;
  }

  /**
   * Records that follow a number, oldest first; those up to it are stored and forgotten.
   *
   * @param stored the number of the last record that is stored, 0 for none
   * @param mostBytes of all that are given, but for a single one
   */
  public synchronized Batch read(long stored, int mostBytes) throws IOException {
    forget(stored);
    return readAfter(stored, mostBytes);
  }

  /**
   * Records that follow a number, oldest first; none is forgotten.
   *
   * @param mostBytes of all that are given, but for a single one
   */
  public synchronized Batch readAfter(long number, int mostBytes) throws IOException {
    for (Segment segment : segments.values()) {
      if (segment.next() > number + 1 && segment.next() > segment.first()) {
        long from = Math.max(number + 1, segment.first());
        return new Batch(id, from, segment.read(from, mostBytes));
      }
    }
    return new Batch(id, next, List.of());
  }

  /** How many records on disk follow a number. */
  public synchronized long waiting(long number) {
    long records = 0;
    for (Segment segment : segments.descendingMap().values()) {
      if (segment.next() <= number + 1) {
        break;
      }
      records += segment.next() - Math.max(number + 1, segment.first());
    }
    return records;
  }

  /** Lets go of whole files whose records have all arrived; the last one is written to. */
  public synchronized void forget(long stored) throws IOException {
    while (segments.size() > 1 && segments.firstEntry().getValue().next() <= stored + 1) {
      Segment gone = segments.firstEntry().getValue();
      gone.delete();
      segments.remove(gone.first());
      bytes -= gone.bytes();
    }
  }

  /** The spool's id. */
  public String id() {
    return id;
  }

  /** Writes what waits and ends. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.Journal.UnreadableJournal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that a node's journal of quotas is mapped from. It begins with the version of its
 * format, the node's name and the machine's boot during which it was written. A file that may lack
 * something, for it is torn or the machine went down under it, is set aside, and the node takes
 * another name: what it held under the old one stays granted and is not granted again.
 */
public final class JournalFile implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
  private static final String NAME = "quotas";
  private static final String ASIDE = "quotas.unreadable";
  private static final String LOCK = "quotas.lock";

  /** Read in the other byte order it is another number. */
  private static final long MAGIC = 0x4741_5445_5155_4f01L;

  private static final int NODE = 16;
  private static final int BOOT = 128;
  private static final int CLOSED = 8;
  private static final int MOST_NAME = 100;
  private static final int CHUNK = Journal.SLOT * 1024;
  private static final int MOST_SLOTS = 100_000;

  private final Path file;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final List<MappedByteBuffer> maps = new ArrayList<>();
  private FileChannel channel;
  private Journal journal;

  /**
   * Opens the journal in a directory, or begins one.
   *
   * @param boot differs from one start of the machine to the next
   * @param names of nodes, each other than all before
   * @throws IOException for a directory that cannot be used, or is by another node
   */
  public JournalFile(Path directory, String boot, Supplier<String> names) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    file = directory.resolve(NAME);
    lockChannel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = lock(directory);
    try {
      if (Files.exists(file)) {
        reopen(boot);
      } else {
        begin(names.get(), boot);
      }
    } catch (UnreadableJournal e) {
      LOG.error(
          "the journal of quotas in {} is set aside: {}. This node takes a new name; what it was"
              + " granted and had not used is lost until the periods end, and nothing is granted"
              + " again",
          directory,
          e.getMessage());
      closeFile();
      Files.move(file, directory.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
      begin(names.get(), boot);
    }
  }

  private FileLock lock(Path directory) throws IOException {
    try {
      FileLock held = lockChannel.tryLock();
      if (held != null) {
        return held;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("this very process holds it", e);
    }
    lockChannel.close();
    throw new IOException("another node keeps its quotas in " + directory);
  }

  private void begin(String node, String boot) throws IOException {
    channel =
        open(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    ByteBuffer head = ByteBuffer.allocate(CHUNK).order(ByteOrder.nativeOrder());
    head.putLong(0, MAGIC);
    put(head, NODE, node);
    put(head, BOOT, boot);
    write(head, 0);
    channel.force(true);
    journal = new Journal(node, new Mapped(), MOST_SLOTS);
  }

  private void reopen(String boot) throws IOException {
    channel = open(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    long size = channel.size();
    if (size < CHUNK) {
      throw new UnreadableJournal("it ends after " + size + " bytes");
    }
    channel.truncate(size / CHUNK * CHUNK); // what was begun behind that was not in use yet
    MappedByteBuffer head = map(0);
    if (head.getLong(0) != MAGIC) {
      throw new UnreadableJournal("it is of no version that this node reads");
    }
    boolean closed = head.getLong(CLOSED) == 1;
    if (!closed && (boot.isEmpty() || !boot.equals(text(head, BOOT)))) {
      throw new UnreadableJournal("the machine went down while it was written");
    }
    journal = new Journal(text(head, NODE), new Mapped(), MOST_SLOTS);
    head.putLong(CLOSED, 0);
    put(head, BOOT, boot);
    head.force();
  }

  private FileChannel open(Set<StandardOpenOption> how) throws IOException {
    return FileChannel.open(
        file,
        how,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void put(ByteBuffer head, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_NAME) {
      throw new IllegalArgumentException("a name that is too long: " + text);
    }
    head.put(at, (byte) bytes.length);
    head.put(at + 1, bytes);
  }

  private static String text(ByteBuffer head, int at) throws UnreadableJournal {
    byte[] bytes = new byte[head.get(at) & 0xff];
    if (bytes.length > MOST_NAME) {
      throw new UnreadableJournal("its head is not whole");
    }
    head.get(at + 1, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private MappedByteBuffer map(int index) throws IOException {
    MappedByteBuffer map = channel.map(MapMode.READ_WRITE, (long) index * CHUNK, CHUNK);
    map.order(ByteOrder.nativeOrder());
    return map;
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** The parts of the file. The first has its head in place of a slot. */
  private final class Mapped implements Journal.Room {

    private final int before;

    Mapped() throws IOException {
      before = (int) (channel.size() / CHUNK);
    }

    @Override
    public ByteBuffer chunk(int index) throws IOException {
      if ((long) index * CHUNK >= channel.size()) {
        // Written, not only made longer: a full disk shows here and not when a request counts.
        write(ByteBuffer.allocate(CHUNK), (long) index * CHUNK);
      }
      MappedByteBuffer map = map(index);
      maps.add(map);
      return index == 0 ? map.slice(Journal.SLOT, CHUNK - Journal.SLOT) : map;
    }

    @Override
    public int chunks() {
      return before;
    }
  }

  /** What the file has. */
  public Journal journal() {
    return journal;
  }

  private void closeFile() throws IOException {
    if (channel != null) {
      channel.close();
    }
    maps.clear();
  }

  /** Has all of it on the disk. Nobody may count in it any more. */
  @Override
  public void close() throws IOException {
    maps.forEach(MappedByteBuffer::force);
    if (!maps.isEmpty()) {
      maps.getFirst().putLong(CLOSED, 1);
      maps.getFirst().force();
    }
    closeFile();
    lock.release();
    lockChannel.close();
  }
}

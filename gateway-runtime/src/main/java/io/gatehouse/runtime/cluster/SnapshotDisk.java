package io.gatehouse.runtime.cluster;

import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's own copy of what it serves, so that it can start alone: one file for each key,
 * readable by its owner only, written beside its place and moved there when it is whole. A file
 * that is not whole is put aside and named in the log; the others are served.
 */
public final class SnapshotDisk {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDisk.class);
  private static final String WHOLE = ".snapshot";
  private static final String BEGUN = ".begun";
  private static final String DAMAGED = ".damaged";

  /** One snapshot as it lay on the disk. */
  public record Copy(Snapshot snapshot, byte[] bytes) {}

  private final Path directory;

  public SnapshotDisk(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** Everything that is whole. */
  public List<Copy> read() throws IOException {
    List<Copy> copies = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(BEGUN)) {
          Files.delete(file); // the write was cut off; the last whole one still stands in its place
        } else if (name.endsWith(WHOLE)) {
          readInto(copies, file);
        }
      }
    }
    return copies;
  }

  private static void readInto(List<Copy> copies, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      copies.add(new Copy(SnapshotCodec.decode(bytes), bytes));
    } catch (UnreadableSnapshot e) {
      Path aside = file.resolveSibling(file.getFileName() + DAMAGED);
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.error(
          "a snapshot on disk cannot be read and was put aside as {}: {}; the node serves what else it has and takes this"
              + " one from the cluster again",
          aside.getFileName(),
          e.getMessage());
    }
  }

  /** Returns when the bytes would survive a power cut. */
  public void write(String key, byte[] bytes) throws IOException {
    Path place = place(key);
    Path begun = place.resolveSibling(place.getFileName() + BEGUN);
    Files.deleteIfExists(begun);
    try (FileChannel channel =
        FileChannel.open(
            begun,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(begun, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public void delete(String key) throws IOException {
    Files.deleteIfExists(place(key));
  }

  /** By hash, because keys hold slashes and may be longer than a file name. */
  private Path place(String key) {
    return directory.resolve(
        SnapshotCodec.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 40) + WHOLE);
  }
}

package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Unpacked code on this node's disk, by the hash of its archive. What is wanted twice at once is
 * fetched once; what lies there was complete when it got its name.
 */
final class CodeStore {

  private final Path folder;
  private final CodeSource source;
  private final Map<String, ReentrantLock> fetching = new HashMap<>();

  CodeStore(Path folder, CodeSource source) throws IOException {
    this.folder = folder;
    this.source = source;
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    deleteUnfinished();
  }

  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "new-*")) {
      for (Path path : left) {
        DiskUse.delete(path);
      }
    }
  }

  /** The folder of one archive's content. */
  Path code(String account, String sha256) throws IOException, InterruptedException {
    return folder(account, sha256, List.of(sha256));
  }

  /** The folder of all layers' content, each over the ones before; none when there are none. */
  Optional<Path> layers(String account, List<String> sha256s)
      throws IOException, InterruptedException {
    return sha256s.isEmpty()
        ? Optional.empty()
        : Optional.of(folder(account, layersName(sha256s), sha256s));
  }

  static String layersName(List<String> sha256s) {
    byte[] all = String.join(" ", sha256s).getBytes(StandardCharsets.US_ASCII);
    return "layers-" + HexFormat.of().formatHex(sha256().digest(all));
  }

  private Path folder(String account, String name, List<String> archives)
      throws IOException, InterruptedException {
    Path done = folder.resolve(name);
    if (Files.isDirectory(done)) {
      return done;
    }
    ReentrantLock turn;
    synchronized (fetching) {
      turn = fetching.computeIfAbsent(name, n -> new ReentrantLock());
    }
    turn.lockInterruptibly();
    try {
      if (!Files.isDirectory(done)) {
        make(account, name, archives);
      }
    } finally {
      turn.unlock();
      synchronized (fetching) {
        if (!turn.hasQueuedThreads()) {
          fetching.remove(name);
        }
      }
    }
    return done;
  }

  private void make(String account, String name, List<String> archives)
      throws IOException, InterruptedException {
    Path unpacked = folder.resolve("new-" + name);
    Path packed = folder.resolve("new-" + name + ".zip");
    try {
      DiskUse.delete(unpacked);
      Files.createDirectory(unpacked);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
      Archive archive = new Archive(unpacked, Archive.MOST_BYTES);
      for (String sha256 : archives) {
        Files.deleteIfExists(packed);
        source.fetch(account, sha256, packed);
        verify(packed, sha256);
        archive.unpack(packed);
      }
      Files.move(unpacked, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(packed);
      DiskUse.delete(unpacked);
    }
  }

  private static void verify(Path file, String expected) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(expected)) {
      throw new IOException("the archive " + expected + " came with the hash " + actual);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes what no function has any more. */
  void keepOnly(Set<String> names) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        String name = path.getFileName().toString();
        if (!names.contains(name) && !name.startsWith("new-")) {
          DiskUse.delete(path);
        }
      }
    }
  }
}

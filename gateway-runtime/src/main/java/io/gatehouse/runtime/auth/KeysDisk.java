package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issuers' keys where they outlive the node: a file for each pool, which begins with the hash of
 * the rest, written beside its place and moved there when it is whole. Read once, when the node
 * starts; what is not whole counts as not there.
 */
public final class KeysDisk {

  private static final Logger LOG = LoggerFactory.getLogger(KeysDisk.class);
  private static final String WHOLE = ".keys";
  private static final String BEGUN = ".begun";

  /** Before keys: their issuer, where they were had from, and when. */
  private static final int MOST_BYTES = DocumentRequest.MOST_BYTES + (16 << 10);

  /** Keys as they lay on the disk. */
  record Kept(PublishedKeys keys, long since) {}

  private final Path directory;
  private final Executor writer;
  private final Map<String, Map<String, Object>> read = new ConcurrentHashMap<>();

  /**
   * @param writer does what may wait for the disk, in the order given
   * @param oldest keys that were had before, in epoch milliseconds, serve no more
   */
  public KeysDisk(Path directory, Executor writer, long oldest) throws IOException {
    this.directory = directory;
    this.writer = writer;
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (file.getFileName().toString().endsWith(BEGUN)) {
          Files.delete(file);
        } else if (file.getFileName().toString().endsWith(WHOLE)) {
          read(file, oldest);
        }
      }
    }
  }

  private void read(Path file, long oldest) throws IOException {
    Optional<Map<String, Object>> content =
        Files.size(file) > MOST_BYTES ? Optional.empty() : content(Files.readString(file));
    if (content.isEmpty()) {
      LOG.error("the keys in {} are not whole: they are asked for again", file.getFileName());
      Files.delete(file);
    } else if (((Number) content.get().get("since")).longValue() < oldest) {
      Files.delete(file);
    } else {
      read.put((String) content.get().get("pool"), content.get());
    }
  }

  private static Optional<Map<String, Object>> content(String text) {
    int line = text.indexOf('\n');
    if (line < 0 || !hash(text.substring(line + 1)).equals(text.substring(0, line))) {
      return Optional.empty();
    }
    try {
      Map<String, Object> content = PublishedKeys.document(text.substring(line + 1));
      return content.get("pool") instanceof String
              && content.get("since") instanceof Number
              && content.get("document") instanceof String
          ? Optional.of(content)
          : Optional.empty();
    } catch (IssuerFailure e) {
      return Optional.empty();
    }
  }

  /** What was kept of the pool, if it had the same issuer then. */
  Optional<Kept> take(String key, UserPoolSnapshot pool) {
    Map<String, Object> content = read.remove(key);
    if (content == null
        || !pool.issuer().equals(content.get("issuer"))
        || !pool.keysUrl().orElse("").equals(content.get("keysUrl"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Kept(
              PublishedKeys.read((String) content.get("document"), null),
              ((Number) content.get("since")).longValue()));
    } catch (IssuerFailure e) {
      LOG.error("the keys of {} on disk serve no more: {}", key, e.getMessage());
      return Optional.empty();
    }
  }

  /** Never blocks. */
  void keep(String key, Issuer issuer, PublishedKeys keys, long since) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pool", key);
    content.put("issuer", issuer.name());
    content.put("keysUrl", issuer.keysUrl().orElse(""));
    content.put("since", since);
    content.put("document", keys.document());
    writer.execute(
        () -> {
          try {
            write(key, Json.text(content, Budget.of(Long.MAX_VALUE)));
          } catch (IOException e) {
            LOG.error("the keys of {} serve but are not on disk: {}", key, e.toString());
          }
        });
  }

  private void write(String key, String content) throws IOException {
    String name = hash(key).substring(0, 40);
    Path begun = directory.resolve(name + BEGUN);
    Files.deleteIfExists(begun);
    try (FileChannel channel =
        FileChannel.open(
            begun,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes =
          ByteBuffer.wrap((hash(content) + "\n" + content).getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        begun,
        directory.resolve(name + WHOLE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String hash(String text) {
    return SnapshotCodec.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}

package io.gatehouse.runtime.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes records as lines of JSON into files of a bounded size, of which the latest are kept. Names
 * are numbered and never change, so that whoever follows the files misses nothing.
 */
final class FileReceiver implements Receiver {

  private static final String SUFFIX = ".ndjson";

  private final LogFiles files;
  private final String prefix;
  private final Pattern own;
  private FileChannel channel;
  private long number;
  private long size;

  /**
   * @param node whose files these are; others may have theirs beside them
   * @throws IllegalArgumentException when nothing can be written there
   */
  FileReceiver(LogFiles files, String node) {
    this.files = files;
    this.prefix = "requests-" + node.replaceAll("[^A-Za-z0-9._-]", "_") + "-";
    this.own = Pattern.compile(Pattern.quote(prefix) + "\\d{12}" + Pattern.quote(SUFFIX));
    try {
      Files.createDirectories(files.directory());
      List<Path> there = there();
      number = there.isEmpty() ? 0 : number(there.getLast());
      rotate();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "GATEHOUSE_LOG_FILES is %s, where nothing can be written: %s"
              .formatted(files.directory(), e));
    }
  }

  @Override
  public void take(List<SinkRecord> records) throws DeliveryFailure {
    int length = records.stream().mapToInt(one -> one.json().length + 1).sum();
    ByteBuffer lines = ByteBuffer.allocate(length);
    records.forEach(one -> lines.put(one.json()).put((byte) '\n'));
    lines.flip();
    try {
      if (channel == null || size > 0 && size + length > files.bytes()) {
        rotate();
      }
      // Not at the end of the file: what failed half way is written over.
      for (long at = size; lines.hasRemaining(); ) {
        at += channel.write(lines, at);
      }
      channel.force(false);
      size += length;
    } catch (IOException e) {
      throw DeliveryFailure.ofReceiver(e);
    }
  }

  private void rotate() throws IOException {
    close();
    number++;
    Path file = files.directory().resolve("%s%012d%s".formatted(prefix, number, SUFFIX));
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    size = 0;
    // Functions see this machine's files, and these lines are of all accounts.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    List<Path> there = there();
    for (Path old : there.subList(0, Math.max(0, there.size() - files.count()))) {
      Files.deleteIfExists(old);
    }
  }

  /** Oldest first. */
  private List<Path> there() throws IOException {
    try (Stream<Path> all = Files.list(files.directory())) {
      return all.filter(file -> own.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(prefix.length(), name.length() - SUFFIX.length()));
  }

  @Override
  public void close() {
    if (channel != null) {
      try (FileChannel closing = channel) {
        closing.truncate(size);
        closing.force(true);
      } catch (IOException e) {
        // what has arrived was forced to disk before
      }
      channel = null;
    }
  }
}

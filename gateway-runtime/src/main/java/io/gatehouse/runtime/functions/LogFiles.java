package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What functions write, in a file for each below the data directory: the newest megabytes of it.
 */
final class LogFiles {

  private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
  private static final long MOST_BYTES = 1 << 20;
  private static final int LOCKS = 16;

  private final Path folder;
  private final Object[] locks = new Object[LOCKS];

  LogFiles(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    // Functions of other accounts see this machine's files, too.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /**
   * Deletes those of functions that are gone.
   *
   * @param functions whether this account has a function of this name
   */
  void keepOnly(BiPredicate<String, String> functions) throws IOException {
    for (Path account : in(folder)) {
      for (Path file : in(account)) {
        String function = file.getFileName().toString().replaceFirst("\\.log(\\.1)?$", "");
        if (!functions.test(account.getFileName().toString(), function)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  /** The older half lies beside it as {@code NAME.log.1}. */
  void append(String account, String function, List<String> lines) {
    Path file = folder.resolve(account).resolve(function + ".log");
    synchronized (locks[Math.floorMod(file.hashCode(), LOCKS)]) {
      try {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
          Files.move(
              file, file.resolveSibling(function + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(
            file,
            (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        LOG.error("{} lines of {} are not in its log: {}", lines.size(), function, e.toString());
      }
    }
  }
}

package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A memory control group of one execution environment: the kernel itself ends what takes more.
 *
 * @param used the file and the word in it that tell how much is in use; the word is empty where the
 *     file holds nothing else
 * @param events the file that counts kills
 */
record MemoryGroup(Path folder, String used, String word, String events) {

  private static final Path FIRST = Path.of("/sys/fs/cgroup/memory");
  private static final Path SECOND = Path.of("/sys/fs/cgroup");
  private static final String PARENT = "gatehouse-functions";

  /** None where this system has no such groups, or does not let us make one. */
  static Optional<MemoryGroup> make(String name, long bytes) {
    boolean first = Files.exists(FIRST.resolve("memory.limit_in_bytes"));
    Path parent = (first ? FIRST : SECOND).resolve(PARENT);
    try {
      if (!first && !Files.exists(SECOND.resolve("cgroup.controllers"))) {
        return Optional.empty();
      }
      Files.createDirectories(parent);
      if (!first) {
        write(SECOND.resolve("cgroup.subtree_control"), "+memory");
        write(parent.resolve("cgroup.subtree_control"), "+memory");
      }
      Path folder = parent.resolve(name);
      Files.deleteIfExists(folder);
      Files.createDirectory(folder);
      String limit = Long.toString(bytes);
      if (first) {
        write(folder.resolve("memory.limit_in_bytes"), limit);
        writeIfThere(folder.resolve("memory.memsw.limit_in_bytes"), limit);
        return Optional.of(new MemoryGroup(folder, "memory.stat", "rss ", "memory.oom_control"));
      }
      write(folder.resolve("memory.max"), limit);
      writeIfThere(folder.resolve("memory.swap.max"), "0");
      writeIfThere(folder.resolve("memory.oom.group"), "1");
      return Optional.of(new MemoryGroup(folder, "memory.stat", "anon ", "memory.events"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes in the process that writes 0 to it. */
  String door() {
    return folder.resolve("cgroup.procs").toString();
  }

  long usedBytes() {
    return number(used, word);
  }

  /** Whether the kernel has ended something because there was no more. */
  boolean killed() {
    return number(events, "oom_kill ") > 0;
  }

  private long number(String file, String word) {
    try {
      for (String line : Files.readAllLines(folder.resolve(file))) {
        if (line.startsWith(word)) {
          return Long.parseLong(line.substring(word.length()).strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // The group is gone.
    }
    return 0;
  }

  void remove() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Something in it is still dying; whoever takes its name next removes it.
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void writeIfThere(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      write(file, text);
    }
  }
}

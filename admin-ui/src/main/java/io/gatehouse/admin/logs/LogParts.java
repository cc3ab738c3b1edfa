package io.gatehouse.admin.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The parts that lie on the disk, and how many bytes each has. Any thread may ask. */
final class LogParts {

  private final Path root;

  /** The oldest first; guarded by this. */
  private final TreeMap<Part, Long> bytes = new TreeMap<>();

  LogParts(Path root) {
    this.root = root;
    for (Path account : inside(root)) {
      for (Path directory : inside(account)) {
        Part.of(directory).ifPresent(part -> bytes.put(part, size(directory)));
      }
    }
  }

  private static List<Path> inside(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(LogParts::length).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      // Indexes delete files of their own at any time.
      return 0;
    }
  }

  Path directory(Part part) {
    return part.in(root);
  }

  /** Where an account's records of a day are stored now. */
  synchronized Part current(String account, LocalDate day) {
    return bytes.keySet().stream()
        .filter(part -> part.account().equals(account) && part.day().equals(day))
        .max(Comparator.naturalOrder())
        .orElse(new Part(account, day, 0));
  }

  /** Counts the bytes of a part anew. */
  void measure(Part part) {
    long size = size(part.in(root));
    synchronized (this) {
      bytes.put(part, size);
    }
  }

  /**
   * Has what follows of a part's day stored in another one, also by whoever starts after us.
   *
   * @return whether the part was large enough for that
   */
  boolean endIfLarger(Part part, long most) throws IOException {
    boolean larger;
    synchronized (this) {
      larger = bytes.getOrDefault(part, 0L) > most && current(part).equals(part);
    }
    if (larger) {
      Files.createDirectories(part.next().in(root));
      measure(part.next());
    }
    return larger;
  }

  private Part current(Part part) {
    return current(part.account(), part.day());
  }

  /** An account's parts from one day to another, by day. */
  synchronized TreeMap<LocalDate, List<Part>> days(String account, LocalDate from, LocalDate to) {
    TreeMap<LocalDate, List<Part>> days = new TreeMap<>();
    for (Part part : bytes.keySet()) {
      if (part.account().equals(account) && !part.day().isBefore(from) && !part.day().isAfter(to)) {
        days.merge(
            part.day(),
            List.of(part),
            (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
      }
    }
    return days;
  }

  synchronized long bytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What has to go: what is older than a day, or the oldest of whoever has most beyond a size. */
  synchronized Optional<Part> toDrop(LocalDate oldest, long mostBytes) {
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    if (bytes.firstKey().day().isBefore(oldest)) {
      return Optional.of(bytes.firstKey());
    }
    return bytes() > mostBytes ? largestAccount().map(this::oldestOf) : Optional.empty();
  }

  private Optional<String> largestAccount() {
    Map<String, Long> accounts = new HashMap<>();
    bytes.forEach((part, size) -> accounts.merge(part.account(), size, Long::sum));
    return accounts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private Part oldestOf(String account) {
    return bytes.keySet().stream()
        .filter(part -> part.account().equals(account))
        .findFirst()
        .orElseThrow();
  }

  /** Gives a part that cannot be read another name, for whoever wants to look at it. */
  void setAside(Part part) throws IOException {
    Path directory = part.in(root);
    Files.move(directory, directory.resolveSibling("unreadable-" + directory.getFileName()));
    synchronized (this) {
      bytes.remove(part);
    }
  }

  void delete(Part part) throws IOException {
    synchronized (this) {
      bytes.remove(part);
    }
    Path directory = part.in(root);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (NoSuchFileException gone) {
      // that is what was wanted
    }
  }
}

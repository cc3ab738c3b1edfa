package io.gatehouse.admin.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;

/** The parts that are searched, the last used ones open. Any thread may ask. */
final class LogReaders {

  private static final int MOST_OPEN = 64;

  private final LogParts parts;
  private final LinkedHashMap<Part, DirectoryReader> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Part> changed = new HashSet<>();

  LogReaders(LogParts parts) {
    this.parts = parts;
  }

  /**
   * What a part has on the disk now; whoever is given it has to {@code decRef} it. Empty for a part
   * that has nothing yet.
   */
  synchronized Optional<DirectoryReader> acquire(Part part) throws IOException {
    DirectoryReader reader = open.get(part);
    if (reader == null) {
      // Opening would make the directory again of what has just been dropped.
      if (!Files.isDirectory(parts.directory(part))) {
        return Optional.empty();
      }
      FSDirectory directory = FSDirectory.open(parts.directory(part));
      if (!DirectoryReader.indexExists(directory)) {
        return Optional.empty();
      }
      reader = DirectoryReader.open(directory);
      open.put(part, reader);
    } else if (changed.contains(part)) {
      DirectoryReader newer = DirectoryReader.openIfChanged(reader);
      if (newer != null) {
        open.put(part, newer);
        reader.decRef();
        reader = newer;
      }
    }
    changed.remove(part);
    reader.incRef();
    while (open.size() > MOST_OPEN) {
      open.pollFirstEntry().getValue().decRef();
    }
    return Optional.of(reader);
  }

  /** A part has something new. */
  synchronized void changed(Part part) {
    if (open.containsKey(part)) {
      changed.add(part);
    }
  }

  /** Nobody knows which parts have something new. */
  synchronized void allChanged() {
    changed.addAll(open.keySet());
  }

  /** Searches that are under way go on. */
  synchronized void close(Part part) throws IOException {
    changed.remove(part);
    DirectoryReader reader = open.remove(part);
    if (reader != null) {
      reader.decRef();
    }
  }

  synchronized void closeAll() throws IOException {
    for (Part part : Set.copyOf(open.keySet())) {
      close(part);
    }
  }
}

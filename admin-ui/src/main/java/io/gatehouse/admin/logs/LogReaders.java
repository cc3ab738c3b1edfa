package io.gatehouse.admin.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.store.FSDirectory;

/** The parts that are searched, the last used ones open. Any thread may ask. */
final class LogReaders {

  private static final Logger LOG = Logger.getLogger(LogReaders.class.getName());
  private static final int MOST_OPEN = 64;

  /** Pieces of an index in the order in which they are searched. */
  private static final Comparator<LeafReader> NEWEST_FIRST =
      Comparator.comparingLong(LogReaders::newestOrder).reversed();

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
      reader = DirectoryReader.open(directory, NEWEST_FIRST);
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

  private static long newestOrder(LeafReader piece) {
    try {
      PointValues orders = piece.getPointValues(LogDocument.ORDER);
      return orders == null
          ? Long.MIN_VALUE
          : LongPoint.decodeDimension(orders.getMaxPackedValue(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  synchronized void closeAll() {
    for (Part part : Set.copyOf(open.keySet())) {
      try {
        close(part);
      } catch (IOException e) {
        LOG.log(Level.FINE, e, () -> "A part was closed with an error: " + part);
      }
    }
  }
}

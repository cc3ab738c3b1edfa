package io.gatehouse.admin.logs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;

/** The parts that are being written, the last used ones open. For one thread at a time. */
final class LogWriters {

  private static final Logger LOG = Logger.getLogger(LogWriters.class.getName());
  private static final int MOST_OPEN = 24;

  private final LogParts parts;
  private final LinkedHashMap<Part, PartWriter> open = new LinkedHashMap<>(16, 0.75f, true);

  /** Committed since {@link #commit} was asked last. */
  private final List<Part> committed = new ArrayList<>();

  LogWriters(LogParts parts) {
    this.parts = parts;
  }

  PartWriter of(Part part) throws IOException {
    PartWriter writer = open.get(part);
    if (writer == null) {
      writer = opened(part);
      open.put(part, writer);
      if (open.size() > MOST_OPEN) {
        closeOldest();
      }
    }
    return writer;
  }

  private PartWriter opened(Part part) throws IOException {
    try {
      return PartWriter.open(parts.directory(part));
    } catch (CorruptIndexException
        | IndexNotFoundException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | NoSuchFileException
        | EOFException e) {
      LOG.log(Level.WARNING, e, () -> "Logs that cannot be read are set aside: " + part);
      parts.setAside(part);
      return PartWriter.open(parts.directory(part));
    }
  }

  private void closeOldest() throws IOException {
    Map.Entry<Part, PartWriter> oldest = open.pollFirstEntry();
    try {
      commit(oldest.getKey(), oldest.getValue());
    } finally {
      oldest.getValue().close();
    }
  }

  private void commit(Part part, PartWriter writer) throws IOException {
    if (writer.commit()) {
      committed.add(part);
      parts.measure(part);
    }
  }

  /** Puts all that was added onto the disk; returns the parts that have something new. */
  List<Part> commit() throws IOException {
    for (Map.Entry<Part, PartWriter> one : open.entrySet()) {
      commit(one.getKey(), one.getValue());
    }
    List<Part> all = List.copyOf(committed);
    committed.clear();
    return all;
  }

  void close(Part part) throws IOException {
    PartWriter writer = open.remove(part);
    if (writer != null) {
      writer.close();
    }
  }

  /** Forgets what was added since the last commit. */
  void closeAll() {
    for (PartWriter writer : open.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        LOG.log(Level.FINE, "A part was closed with an error", e);
      }
    }
    open.clear();
    committed.clear();
  }
}

package io.gatehouse.admin.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Writes one part. Each commit says up to where the spools that its records came from are stored,
 * so a record that is delivered again is known.
 */
final class PartWriter {

  private static final int MOST_SPOOLS = 1000;

  private final Directory directory;
  private final IndexWriter index;

  /** The number of the last record of each spool, those without news for longest first. */
  private final LinkedHashMap<String, Long> stored = new LinkedHashMap<>(16, 0.75f, true);

  private boolean changed;

  private PartWriter(Directory directory, IndexWriter index) {
    this.directory = directory;
    this.index = index;
  }

  static PartWriter open(Path path) throws IOException {
    Files.createDirectories(path);
    Directory directory = FSDirectory.open(path);
    try {
      PartWriter writer = new PartWriter(directory, new IndexWriter(directory, config()));
      Iterable<Map.Entry<String, String>> said = writer.index.getLiveCommitData();
      if (said != null) {
        said.forEach(entry -> writer.stored.put(entry.getKey(), Long.valueOf(entry.getValue())));
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config() {
    TieredMergePolicy merges = new TieredMergePolicy();
    // Merging is done by whoever stores, so no merge may take long.
    merges.setMaxMergedSegmentMB(128);
    Analyzer words = new LogAnalyzer();
    return new IndexWriterConfig(words)
        .setMergePolicy(merges)
        .setMergeScheduler(new SerialMergeScheduler())
        .setRAMBufferSizeMB(8)
        .setCommitOnClose(false);
  }

  /**
   * @param number of the record in its spool; they come in order
   * @return whether it is new here
   */
  boolean add(String spool, long number, Document record) throws IOException {
    Long last = stored.get(spool);
    if (last != null && number <= last) {
      return false;
    }
    index.addDocument(record);
    stored.put(spool, number);
    if (stored.size() > MOST_SPOOLS) {
      stored.pollFirstEntry();
    }
    changed = true;
    return true;
  }

  /** Puts what was added onto the disk, all or nothing. */
  boolean commit() throws IOException {
    if (!changed) {
      return false;
    }
    Map<String, String> said = new LinkedHashMap<>();
    stored.forEach((spool, number) -> said.put(spool, Long.toString(number)));
    index.setLiveCommitData(said.entrySet());
    index.commit();
    changed = false;
    return true;
  }

  /** Lets go of the part; what is not committed is lost, and will be delivered again. */
  void close() throws IOException {
    try (directory) {
      index.rollback();
    }
  }
}

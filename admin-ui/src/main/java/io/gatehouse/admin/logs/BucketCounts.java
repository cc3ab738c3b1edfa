package io.gatehouse.admin.logs;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts requests by time and class of status, over several searches of one thread. */
final class BucketCounts implements CollectorManager<BucketCounts.Leaves, BucketCounts> {

  private static final int CLASSES = 6;

  private final long from;
  private final long width;
  private final long[][] counts;

  /**
   * @param from milliseconds
   * @param width of a bucket, milliseconds
   */
  BucketCounts(long from, long width, int buckets) {
    this.from = from;
    this.width = width;
    this.counts = new long[buckets][CLASSES];
  }

  /** Of a bucket, by the first digit of the status. */
  long[] of(int bucket) {
    return counts[bucket];
  }

  @Override
  public Leaves newCollector() {
    return new Leaves();
  }

  @Override
  public BucketCounts reduce(Collection<Leaves> all) {
    return this;
  }

  /** Goes through an index piece by piece. */
  final class Leaves extends SimpleCollector {

    private SortedNumericDocValues orders;
    private SortedNumericDocValues statuses;

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
      orders = DocValues.getSortedNumeric(leaf.reader(), LogDocument.ORDER);
      statuses = DocValues.getSortedNumeric(leaf.reader(), LogField.STATUS.word());
    }

    @Override
    public void collect(int document) throws IOException {
      if (orders.advanceExact(document) && statuses.advanceExact(document)) {
        long bucket = (LogDocument.millisOf(orders.nextValue()) - from) / width;
        long statusClass = statuses.nextValue() / 100;
        if (bucket >= 0 && bucket < counts.length) {
          counts[(int) bucket][(int) Math.clamp(statusClass, 0, CLASSES - 1)]++;
        }
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

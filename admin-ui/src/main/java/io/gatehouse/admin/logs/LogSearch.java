package io.gatehouse.admin.logs;

import io.gatehouse.admin.logs.Found.Entry;
import io.gatehouse.admin.logs.Histogram.Bucket;
import io.gatehouse.model.observed.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader.ExitingReaderException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.util.BytesRef;

/** Looks through the parts of an account, day by day, the newest first, for a bounded time. */
final class LogSearch {

  private static final Logger LOG = Logger.getLogger(LogSearch.class.getName());
  private static final long MOST_MILLIS = 2000;
  private static final long FIRST_WINDOW_MILLIS = 4000;
  private static final int WINDOWS_GROW = 8;
  private static final long LONGEST_WINDOW = LogDocument.orderOf(Duration.ofDays(366).toMillis());
  private static final Sort NEWEST_FIRST = newestFirst(LogDocument.ORDER);
  private static final Sort LAST_STORED_FIRST = newestFirst(LogDocument.ARRIVAL);

  private final LogParts parts;
  private final LogReaders readers;
  private final InstantSource clock;

  LogSearch(LogParts parts, LogReaders readers, InstantSource clock) {
    this.parts = parts;
    this.readers = readers;
    this.clock = clock;
  }

  private static Sort newestFirst(String field) {
    return new Sort(LongField.newSortField(field, true, SortedNumericSelector.Type.MIN));
  }

  /** What is done with each day. */
  private interface Look {
    /**
     * @return whether to go on with the day before
     */
    boolean at(IndexSearcher searcher) throws IOException;
  }

  /**
   * Looks at a short time first and then at ever longer ones before it: an index goes through a time
   * from its beginning, and would have to go through all of it to know the newest.
   *
   * @param before the order that all have to be below of
   */
  Found newest(String account, LogQuery query, TimeRange range, long before, int most) {
    long end = clock.millis() + MOST_MILLIS;
    long first = LogDocument.orderOf(range.from().toEpochMilli());
    long to = Math.min(before, LogDocument.orderOf(range.to().toEpochMilli())) - 1;
    long width = LogDocument.orderOf(FIRST_WINDOW_MILLIS);
    List<Entry> found = new ArrayList<>();
    boolean complete = true;
    while (complete && to >= first && found.size() <= most) {
      long from = Math.max(first, to - width);
      complete = add(found, account, query, from, to, most, end);
      to = from - 1;
      width = Math.min(width * WINDOWS_GROW, LONGEST_WINDOW);
    }
    boolean more = found.size() > most;
    return new Found(more ? found.subList(0, most) : found, more, complete);
  }

  /**
   * @return whether the whole window was looked through, as far as was needed
   */
  private boolean add(
      List<Entry> found,
      String account,
      LogQuery query,
      long from,
      long to,
      int most,
      long end) {
    Query wanted = within(account, query, LogDocument.ORDER, from, to);
    return eachDay(
        account,
        dayOf(LogDocument.millisOf(from)),
        dayOf(LogDocument.millisOf(to)),
        end,
        searcher -> {
          // One more than is wanted tells whether there are more.
          int left = most + 1 - found.size();
          for (ScoreDoc one : searcher.search(wanted, left, NEWEST_FIRST).scoreDocs) {
            add(found, searcher, (FieldDoc) one);
          }
          return found.size() <= most;
        });
  }

  private static void add(List<Entry> found, IndexSearcher searcher, FieldDoc one)
      throws IOException {
    request(searcher, one.doc).ifPresent(r -> found.add(new Entry((Long) one.fields[0], r)));
  }

  /** Empty for what another version has stored, and this one cannot read. */
  private static Optional<RequestRecord> request(IndexSearcher searcher, int document)
      throws IOException {
    BytesRef record =
        searcher
            .storedFields()
            .document(document, Set.of(LogDocument.RECORD))
            .getBinaryValue(LogDocument.RECORD);
    try {
      return Optional.of(
          RequestRecord.fromJson(
              Arrays.copyOfRange(record.bytes, record.offset, record.offset + record.length)));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "A record is left out", e);
      return Optional.empty();
    }
  }

  /** What was stored after another, whenever the requests were. */
  Tail tail(String account, LogQuery query, TimeRange range, long after, int most) {
    Query wanted = within(account, query, LogDocument.ARRIVAL, after + 1, Long.MAX_VALUE);
    List<RequestRecord> newest = new ArrayList<>();
    long[] seen = {0, after};
    eachDay(
        account,
        dayOf(range.from().toEpochMilli()),
        dayOf(range.to().toEpochMilli()),
        clock.millis() + MOST_MILLIS,
        searcher -> {
          seen[0] += searcher.count(wanted);
          for (ScoreDoc one : searcher.search(wanted, most, LAST_STORED_FIRST).scoreDocs) {
            seen[1] = Math.max(seen[1], (Long) ((FieldDoc) one).fields[0]);
            if (newest.size() < most) {
              request(searcher, one.doc).ifPresent(newest::add);
            }
          }
          return true;
        });
    return new Tail(newest, seen[0], seen[1]);
  }

  Histogram histogram(String account, LogQuery query, TimeRange range, int buckets) {
    long from = range.from().toEpochMilli();
    long to = range.to().toEpochMilli();
    long width = Math.max(1, Math.ceilDiv(to - from, buckets));
    Query wanted =
        within(
            account,
            query,
            LogDocument.ORDER,
            LogDocument.orderOf(from),
            LogDocument.orderOf(to) - 1);
    BucketCounts counts = new BucketCounts(from, width, buckets);
    boolean complete =
        eachDay(
            account,
            dayOf(from),
            dayOf(to),
            clock.millis() + MOST_MILLIS,
            searcher -> {
              searcher.search(wanted, counts);
              return true;
            });
    List<Bucket> all = new ArrayList<>();
    for (int i = 0; i < buckets && from + i * width < to; i++) {
      long[] count = counts.of(i);
      all.add(
          new Bucket(
              Instant.ofEpochMilli(from + i * width),
              count[0] + count[1] + count[2],
              count[3],
              count[4],
              count[5]));
    }
    return new Histogram(Duration.ofMillis(width), all, complete);
  }

  private static Query within(String account, LogQuery query, String field, long first, long last) {
    return new BooleanQuery.Builder()
        // First, so that nothing else is asked of a piece of an index without such times.
        .add(LongField.newRangeQuery(field, first, last), Occur.FILTER)
        .add(LogClauses.of(account, query), Occur.FILTER)
        .build();
  }

  /**
   * @param end until when, milliseconds
   * @return whether all was looked at that was to be
   */
  private boolean eachDay(
      String account, LocalDate from, LocalDate to, long end, Look look) {
    boolean complete = true;
    for (List<Part> day : parts.days(account, from, to).descendingMap().values()) {
      List<DirectoryReader> held = new ArrayList<>();
      try {
        IndexSearcher searcher = searcher(day, held, end);
        boolean goOn = look.at(searcher);
        complete &= !searcher.timedOut();
        if (!goOn || clock.millis() > end) {
          return complete && !goOn;
        }
      } catch (ExitingReaderException late) {
        return false;
      } catch (IOException e) {
        LOG.log(Level.WARNING, e, () -> "Logs cannot be read: " + day);
        complete = false;
      } finally {
        held.forEach(LogSearch::release);
      }
    }
    return complete;
  }

  private static LocalDate dayOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private IndexSearcher searcher(List<Part> day, List<DirectoryReader> held, long end)
      throws IOException {
    List<IndexReader> bounded = new ArrayList<>();
    for (Part part : day) {
      Optional<DirectoryReader> reader = readers.acquire(part);
      if (reader.isPresent()) {
        held.add(reader.get());
        bounded.add(ExitableDirectoryReader.wrap(reader.get(), () -> clock.millis() > end));
      }
    }
    // Closing is for whoever holds the readers.
    IndexSearcher searcher =
        new IndexSearcher(new MultiReader(bounded.toArray(IndexReader[]::new), false));
    searcher.setTimeout(() -> clock.millis() > end);
    // What one account asks for again and again must not take memory from the others.
    searcher.setQueryCache(null);
    return searcher;
  }

  private static void release(DirectoryReader reader) {
    try {
      reader.decRef();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A part was closed with an error", e);
    }
  }
}

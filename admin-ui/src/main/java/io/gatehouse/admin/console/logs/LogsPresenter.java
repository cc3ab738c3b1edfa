package io.gatehouse.admin.console.logs;

import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.Found.Entry;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.Histogram.Bucket;
import io.gatehouse.admin.logs.LogQuery;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Logs.Asked;
import io.gatehouse.model.wire.ApiError;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for requests in a time, page by page, and counts them over it. */
final class LogsPresenter {

  static final int BUCKETS = 60;

  /** Rows that a page keeps, and lines of a download. */
  static final int MOST_ROWS = 5000;

  private static final int PAGE = 100;

  interface Screen {
    /**
     * @param chips what the query is made of, each to be taken out
     */
    void showQuery(String query, List<String> chips, Period period);

    void showHistogram(Histogram histogram);

    /** There are other rows to be asked for. */
    void showRows();

    /** What is wrong with the query, or that not all was looked through; empty for nothing. */
    void showProblem(String sentence);
  }

  private final Logs logs;
  private final Supplier<Caller> caller;
  private final InstantSource clock;
  private final Screen screen;
  private final List<LogRow> rows = new ArrayList<>();
  private String query = "";
  private Period period = Period.Last.HOUR;

  /** Stays while rows are being added, whatever time it is. */
  private TimeRange range;

  private boolean more;

  LogsPresenter(Logs logs, Supplier<Caller> caller, InstantSource clock, Screen screen) {
    this.logs = logs;
    this.caller = caller;
    this.clock = clock;
    this.screen = screen;
  }

  String query() {
    return query;
  }

  Period period() {
    return period;
  }

  /** Begins anew. A query that is not understood is said, and finds nothing. */
  void search(String wanted, Period when) {
    query = wanted.strip();
    period = when;
    range = when.range(clock.instant());
    rows.clear();
    more = true;
    try {
      screen.showProblem("");
      screen.showQuery(query, chips(), period);
      Histogram histogram = logs.logHistogram(caller.get(), asked(), BUCKETS);
      screen.showHistogram(histogram);
      if (!histogram.complete()) {
        screen.showProblem(
            "There is too much to look through in time: the counts are too small, and older"
                + " requests may be missing. Look at a shorter time.");
      }
    } catch (ApiError refused) {
      more = false;
      screen.showQuery(query, List.of(), period);
      screen.showProblem(refused.getMessage());
    }
    screen.showRows();
  }

  private List<String> chips() {
    return LogQuery.parse(query).clauses().stream().map(LogQuery.Clause::written).toList();
  }

  private Asked asked() {
    return new Asked(query, range);
  }

  /** The same without one of its words. */
  void without(int chip) {
    List<String> left = new ArrayList<>(chips());
    left.remove(chip);
    search(String.join(" ", left), period);
  }

  /** The same with one word more. */
  void with(String word) {
    search(query.isEmpty() ? word : query + " " + word, period);
  }

  /** Looks at one bucket of the histogram. */
  void zoom(Histogram histogram, int bucket) {
    Instant from = histogram.buckets().get(bucket).from();
    search(query, new Period.Between(new TimeRange(from, from.plus(histogram.width()))));
  }

  /** Rows by their place in the list; older ones are looked for when they are wanted. */
  List<LogRow> rows(int offset, int limit) {
    int wanted = Math.min(offset + limit, MOST_ROWS);
    try {
      while (more && rows.size() < wanted) {
        Found page = logs.searchLogs(caller.get(), asked(), last(), PAGE);
        page.entries().stream().map(LogRow::of).forEach(rows::add);
        more = page.more() && !page.entries().isEmpty();
      }
    } catch (ApiError refused) {
      more = false;
      screen.showProblem(refused.getMessage());
    }
    int from = Math.min(offset, rows.size());
    return List.copyOf(rows.subList(from, Math.min(wanted, rows.size())));
  }

  private Optional<Long> last() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().order());
  }

  /** Writes what is found, a JSON object a line, the newest first. */
  void download(Caller who, OutputStream out) throws IOException {
    Asked asked = asked();
    Optional<Long> before = Optional.empty();
    int written = 0;
    boolean goOn = true;
    while (goOn && written < MOST_ROWS) {
      Found page = logs.searchLogs(who, asked, before, PAGE);
      for (Entry entry : page.entries()) {
        out.write(entry.request().toJson());
        out.write('\n');
        before = Optional.of(entry.order());
        written++;
      }
      goOn = page.more() && !page.entries().isEmpty();
    }
  }

  /** As "1,204 requests, 17 of them failed". */
  static String summary(Histogram histogram) {
    long failed =
        histogram.buckets().stream()
            .collect(Collectors.summingLong(b -> b.clientError() + b.serverError()));
    return "%s, %s of them 4xx or 5xx".formatted(requests(histogram.all()), number(failed));
  }

  /** Of one bucket, for those who cannot see it. */
  static String words(Bucket bucket) {
    return requests(bucket.all())
        + ", "
        + number(bucket.clientError())
        + " with 4xx, "
        + number(bucket.serverError())
        + " with 5xx";
  }

  private static String requests(long count) {
    return number(count) + (count == 1 ? " request" : " requests");
  }

  private static String number(long count) {
    return Rates.number(count);
  }
}

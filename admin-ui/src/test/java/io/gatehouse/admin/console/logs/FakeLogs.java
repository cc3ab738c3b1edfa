package io.gatehouse.admin.console.logs;

import static io.gatehouse.admin.logs.Requests.served;
import static io.gatehouse.admin.store.Kit.NOON;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.Histogram.Bucket;
import io.gatehouse.admin.logs.LogQuery;
import io.gatehouse.admin.logs.Requests;
import io.gatehouse.admin.logs.Tail;
import io.gatehouse.admin.operations.Logs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** So many requests, one a millisecond back from noon. */
final class FakeLogs extends Logs {

  final List<String> asked = new ArrayList<>();
  long all = 250;
  long arriving;
  boolean complete = true;

  @Override
  public Found searchLogs(Caller caller, Asked in, Optional<Long> before, int most) {
    LogQuery.parse(in.query());
    asked.add(in.query() + " before " + before.map(String::valueOf).orElse("-"));
    long first = before.orElse(all);
    List<Found.Entry> page =
        LongStream.iterate(first - 1, order -> order >= 0, order -> order - 1)
            .limit(most)
            .mapToObj(
                order ->
                    new Found.Entry(
                        order, served(caller.account(), "r" + order, NOON.plusMillis(order), 200)))
            .toList();
    return new Found(page, first > most, true);
  }

  @Override
  public Histogram logHistogram(Caller caller, Asked in, int buckets) {
    LogQuery.parse(in.query());
    return new Histogram(
        Duration.ofSeconds(10),
        List.of(new Bucket(NOON, 3, 0, 0, 0), new Bucket(NOON.plusSeconds(10), 1000, 0, 200, 4)),
        complete);
  }

  @Override
  public Tail tailLogs(Caller caller, String query, Optional<Long> after) {
    LogQuery.parse(query);
    asked.add("tail " + query + " after " + after.map(String::valueOf).orElse("-"));
    long shown = Math.min(50, arriving);
    long upTo = after.orElse(0L) + arriving;
    return new Tail(
        LongStream.range(0, shown)
            .mapToObj(i -> served(Requests.ANN, "t" + (upTo - i), NOON, 200))
            .toList(),
        arriving,
        upTo);
  }
}

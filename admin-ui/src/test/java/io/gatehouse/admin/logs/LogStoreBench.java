package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How long storing and searching take with many small records; no test. Arguments: an empty
 * directory, and how many records.
 */
final class LogStoreBench {

  private static final int OF_ROUND = 5000;

  private LogStoreBench() {}

  public static void main(String[] arguments) throws IOException {
    int all = Integer.parseInt(arguments[1]);
    Instant now = InstantSource.system().instant();
    LogStore store =
        new LogStore(
            new LogSettings(Path.of(arguments[0]), Duration.ofDays(14), 8L << 30), InstantSource.system());
    long begin = System.nanoTime();
    Random random = new Random(1);
    String some = "";
    for (int first = 0; first < all; first += OF_ROUND) {
      List<byte[]> records = new ArrayList<>();
      for (int i = first; i < first + OF_ROUND; i++) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        some = i == all / 2 ? id : some;
        records.add(record(id, now.minusMillis(all - i), random).toJson());
      }
      store.store(List.of(new Delivery("n", "s", first + 1, records)));
    }
    System.out.printf(
        "%,d records stored in %,d ms, %,d bytes%n",
        all, (System.nanoTime() - begin) / 1_000_000, store.counts().bytes());
    String id = some;
    for (int turn = 0; turn < 3; turn++) {
      search(store, "");
      search(store, "id:" + id);
      search(store, "status:5xx");
      search(store, "reason:THROTTLED_BY_PLAN latency:>1");
      search(store, "miau_42");
      search(store, "\"said miau\" -status:5xx");
      search(store, "path:/pets/*");
      search(store, "path:*f00d*");
      time("histogram of all", () -> histogram(store, ""));
      time("histogram of status:5xx", () -> histogram(store, "status:5xx"));
    }
    store.close();
  }

  private static RequestRecord record(String id, Instant time, Random random) {
    return random.nextInt(10) == 0
        ? Requests.refused(Requests.ANN, id, time, Reason.THROTTLED_BY_PLAN)
        : Requests.served(Requests.ANN, id, time, random.nextInt(20) == 0 ? 502 : 200);
  }

  private static void search(LogStore store, String query) {
    time(
        "search of '" + query + "'",
        () -> {
          Found found =
              store.search(
                  Requests.ANN, LogQuery.parse(query), store.kept(), Optional.empty(), 100);
          return found.entries().size() + (found.complete() ? "" : ", not complete");
        });
  }

  private static String histogram(LogStore store, String query) {
    Histogram histogram = store.histogram(Requests.ANN, LogQuery.parse(query), store.kept(), 60);
    return histogram.all() + (histogram.complete() ? "" : ", not complete");
  }

  private static void time(String what, Supplier<String> work) {
    long begin = System.nanoTime();
    String answer = work.get();
    System.out.printf("%-50s %,10.1f ms  %s%n", what, (System.nanoTime() - begin) / 1e6, answer);
  }
}

package io.gatehouse.admin.logs;

import static io.gatehouse.admin.logs.Requests.ANN;
import static io.gatehouse.admin.logs.Requests.BEN;
import static io.gatehouse.admin.logs.Requests.refused;
import static io.gatehouse.admin.logs.Requests.served;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogStoreTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path directory;

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private long mostBytes = 1L << 30;
  private LogStore store;

  @AfterEach
  void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }

  private LogStore store() {
    if (store == null) {
      store = new LogStore(new LogSettings(directory, Duration.ofDays(14), mostBytes), now::get);
    }
    return store;
  }

  /** As after a kill: nobody has closed anything in order. */
  private LogStore restarted() throws IOException {
    close();
    store = null;
    return store();
  }

  private static Delivery delivery(String node, long first, RequestRecord... records) {
    return new Delivery(
        node, "spool-" + node, first, Arrays.stream(records).map(RequestRecord::toJson).toList());
  }

  private void put(RequestRecord... records) throws IOException {
    long next = store().positions().getOrDefault("n", Position.NONE).number() + 1;
    store().store(List.of(delivery("n", next, records)));
  }

  private List<String> found(String query) {
    return found(ANN, query);
  }

  private List<String> found(String account, String query) {
    Found found =
        store().search(account, LogQuery.parse(query), store().kept(), Optional.empty(), 100);
    assertTrue(found.complete());
    return ids(found);
  }

  private static List<String> ids(Found found) {
    return found.entries().stream().map(entry -> entry.request().requestId()).toList();
  }

  @Test
  void whatIsStoredIsFoundTheNewestFirst() throws IOException {
    put(
        served(ANN, "old", NOON.minusSeconds(60), 200),
        served(ANN, "new", NOON.minusSeconds(1), 200),
        served(ANN, "yesterday", NOON.minus(Duration.ofDays(1)), 200),
        served(ANN, "middle", NOON.minusSeconds(30), 200));

    assertEquals(List.of("new", "middle", "old", "yesterday"), found(""));
    assertEquals(
        served(ANN, "new", NOON.minusSeconds(1), 200),
        store()
            .search(ANN, LogQuery.EVERYTHING, store().kept(), Optional.empty(), 1)
            .entries()
            .getFirst()
            .request());
  }

  @Test
  void anAccountSeesItsOwnAlone() throws IOException {
    put(served(ANN, "a", NOON, 200), served(BEN, "b", NOON, 200));

    assertEquals(List.of("a"), found(ANN, ""));
    assertEquals(List.of("b"), found(BEN, ""));
    assertEquals(List.of(), found(BEN, "id:a"));
    assertEquals(List.of(), found("333333333333", ""));
    assertEquals(List.of(), found("../111111111111", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status:5xx | broken",
        "status:200 status:429 | fine throttled",
        "-status:200 | broken throttled",
        "reason:throttled_by_plan | throttled",
        "reason:THROTTLED* | throttled",
        "plan banana throttled | ",
        "plan rate throttled | throttled",
        "THROTTLED_BY_PLAN | throttled",
        "\"10 a second\" | throttled",
        "api:api1 stage:prod method:get | broken fine throttled",
        "stage:dev | ",
        "path:/pets/fine | fine",
        "path:/prod/pets/fine | fine",
        "path:/pets/* | broken fine throttled",
        "path:/pets/f?ne | ",
        "resource:/pets/{petId} | broken fine throttled",
        "key:key1 -fine | broken throttled",
        "level:error | broken throttled",
        "latency:>10 | broken fine",
        "latency:<10 | throttled",
        "miau_42 10.0.0.5 | broken fine",
        "\"said miau\" | broken fine",
        "\"miau said\" | ",
        "\"execution the\" | ",
        "mia* | broken fine",
        "cache:miss | broken fine",
        "type:throttled | throttled",
        "id:FINE | fine",
        "id:Extended-fine= | fine",
        "ip:198.51.100.7 | broken fine throttled",
      })
  void theLanguageFinds(String query, String ids) throws IOException {
    put(
        served(ANN, "fine", NOON.minusMillis(2), 200),
        served(ANN, "broken", NOON.minusMillis(1), 502),
        refused(ANN, "throttled", NOON.minusMillis(3), Reason.THROTTLED_BY_PLAN));

    assertEquals(
        ids == null ? List.of() : List.of(ids.split(" ")),
        found(query.strip()).stream().sorted().toList());
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() throws IOException {
    put(
        IntStream.range(0, 25)
            .mapToObj(i -> served(ANN, "r" + i, NOON.minusSeconds(i / 10), 200))
            .toArray(RequestRecord[]::new));
    List<String> all = new ArrayList<>();
    Optional<Long> before = Optional.empty();
    int pages = 0;
    Found page;
    do {
      page = store().search(ANN, LogQuery.EVERYTHING, store().kept(), before, 7);
      all.addAll(ids(page));
      before = Optional.of(page.entries().getLast().order());
      pages++;
    } while (page.more());

    assertEquals(4, pages);
    assertEquals(25, all.size());
    assertEquals(25, all.stream().distinct().count());
  }

  @Test
  void whatIsOldIsFoundHoweverLongTheTimeBetween() throws IOException {
    put(
        served(ANN, "now", NOON, 200),
        served(ANN, "minutes", NOON.minusSeconds(300), 200),
        served(ANN, "hours", NOON.minusSeconds(3600 * 5), 200),
        served(ANN, "days", NOON.minus(Duration.ofDays(12)), 200));

    assertEquals(List.of("now", "minutes", "hours", "days"), found("cat said"));
    assertEquals(
        List.of("now", "minutes", "hours", "days"),
        ids(
            store()
                .search(
                    ANN,
                    LogQuery.EVERYTHING,
                    new TimeRange(Instant.EPOCH, Instant.parse("2900-01-01T00:00:00Z")),
                    Optional.empty(),
                    10)));
  }

  @Test
  void aTimeIsLookedAtFromItsBeginningToBeforeItsEnd() throws IOException {
    put(
        served(ANN, "before", NOON.minusMillis(1), 200),
        served(ANN, "at", NOON, 200),
        served(ANN, "end", NOON.plusSeconds(1), 200));
    now.set(NOON.plusSeconds(5));

    TimeRange second = new TimeRange(NOON, NOON.plusSeconds(1));
    assertEquals(
        List.of("at", "end"),
        ids(store().search(ANN, LogQuery.EVERYTHING, second, Optional.empty(), 9)).stream()
            .sorted()
            .toList(),
        "a node whose clock is ahead has written it now");
  }

  @Test
  void whatIsDeliveredAgainIsThereOnce() throws IOException {
    Delivery first = delivery("n", 1, served(ANN, "a", NOON, 200), served(BEN, "b", NOON, 200));
    store().store(List.of(first));
    Files.delete(directory.resolve("positions.json"));
    restarted();

    assertEquals(Map.of(), store().positions(), "as if killed between the parts and the positions");
    store().store(List.of(first));
    store().store(List.of(delivery("n", 2, served(BEN, "b", NOON, 200))));

    assertEquals(List.of("a"), found(ANN, ""));
    assertEquals(List.of("b"), found(BEN, ""));
    assertEquals(3, store().counts().again());
    assertEquals(Map.of("n", new Position("spool-n", 2)), store().positions());
  }

  @Test
  void aNodeThatBeginsAnotherSpoolIsListenedToFromItsStart() throws IOException {
    store().store(List.of(delivery("n", 1, served(ANN, "a", NOON, 200))));
    store()
        .store(
            List.of(
                new Delivery("n", "another", 1, List.of(served(ANN, "b", NOON, 200).toJson()))));

    assertEquals(2, found("").size());
    assertEquals(new Position("another", 1), store().positions().get("n"));
  }

  @Test
  void recordsStayOverARestart() throws IOException {
    put(served(ANN, "a", NOON, 200));
    restarted();
    put(served(ANN, "b", NOON, 200));

    assertEquals(2, found("").size());
    assertEquals(new Position("spool-n", 2), store().positions().get("n"));
  }

  @Test
  void whatIsNoRecordIsCountedAndLeftOut() throws IOException {
    byte[] good = served(ANN, "a", NOON, 200).toJson();
    byte[] evil = served("../../etc", "x", NOON, 200).toJson();
    store()
        .store(
            List.of(
                new Delivery(
                    "n",
                    "s",
                    1,
                    List.of(
                        "no".getBytes(UTF_8),
                        "{}".getBytes(UTF_8),
                        new byte[0],
                        evil,
                        "[".repeat(100_000).getBytes(UTF_8),
                        good))));

    assertEquals(List.of("a"), found(""));
    assertEquals(5, store().counts().unreadable());
    assertEquals(new Position("s", 6), store().positions().get("n"));
  }

  @Test
  void hugeValuesDoNotStandInTheWay() throws IOException {
    RequestRecord small = served(ANN, "a", NOON, 200);
    RequestRecord huge =
        new RequestRecord(
            "b",
            "e",
            "t",
            small.time(),
            small.place(),
            new RequestRecord.Call("GET", "/prod/" + "\u20ac".repeat(60_000), "ip", "k"),
            small.answer(),
            List.of(),
            small.level(),
            List.of(new RequestRecord.Line(1, "x".repeat(200_000))),
            null);
    put(huge, small);

    assertEquals(2, found("").size());
    assertEquals(0, store().counts().unreadable());
  }

  @Test
  void tooOldDaysAreDropped() throws IOException {
    put(served(ANN, "a", NOON, 200));
    now.set(NOON.plus(Duration.ofDays(13)));
    put(served(ANN, "b", now.get(), 200));
    assertEquals(2, found("").size());

    now.set(NOON.plus(Duration.ofDays(15)));
    store().store(List.of());

    assertEquals(List.of("b"), found(""));
    assertEquals(1, store().counts().dropped());
    assertFalse(Files.exists(directory.resolve(ANN).resolve("2026-06-01.0")));
  }

  @Test
  void whoeverHasMostLosesTheOldestWhenThereIsTooMuch() throws IOException {
    mostBytes = 3 << 20;
    put(served(BEN, "quiet", NOON.minus(Duration.ofDays(5)), 200));
    for (int round = 0; round < 12; round++) {
      put(noise(round));
    }

    assertTrue(store().counts().bytes() <= mostBytes, "" + store().counts());
    assertTrue(store().counts().dropped() > 0);
    assertEquals(List.of("quiet"), found(BEN, ""), "the one who has little keeps it");
    assertTrue(found("id:noise-11-0").size() == 1, "the newest stays");
    assertEquals(List.of(), found("id:noise-0-0"));
  }

  /** About half a megabyte that does not compress. */
  private static RequestRecord[] noise(int round) {
    java.util.Random random = new java.util.Random(round);
    return IntStream.range(0, 50)
        .mapToObj(
            i -> {
              RequestRecord one =
                  served(ANN, "noise-" + round + "-" + i, NOON.minusSeconds(60 - round), 200);
              StringBuilder text = new StringBuilder();
              random.ints(8_000, 33, 127).forEach(c -> text.append((char) c));
              return new RequestRecord(
                  one.requestId(),
                  one.extendedRequestId(),
                  one.xrayTraceId(),
                  one.time(),
                  one.place(),
                  one.call(),
                  one.answer(),
                  one.steps(),
                  one.level(),
                  List.of(new RequestRecord.Line(one.time(), text.toString())),
                  null);
            })
        .toArray(RequestRecord[]::new);
  }

  @Test
  void requestsAreCountedByTimeAndClass() throws IOException {
    put(
        served(ANN, "a", NOON.minusSeconds(50), 200),
        served(ANN, "b", NOON.minusSeconds(50), 404),
        served(ANN, "c", NOON.minusSeconds(10), 302),
        served(ANN, "d", NOON.minusSeconds(10), 503),
        served(BEN, "e", NOON.minusSeconds(10), 503),
        served(ANN, "f", NOON.minusSeconds(100), 200));

    Histogram histogram =
        store().histogram(ANN, LogQuery.EVERYTHING, new TimeRange(NOON.minusSeconds(60), NOON), 3);

    assertEquals(Duration.ofSeconds(20), histogram.width());
    assertEquals(
        List.of("1 0 1 0", "0 0 0 0", "0 1 0 1"),
        histogram.buckets().stream()
            .map(
                b ->
                    b.success()
                        + " "
                        + b.redirect()
                        + " "
                        + b.clientError()
                        + " "
                        + b.serverError())
            .toList());
    assertEquals(4, histogram.all());
  }

  @Test
  void theTailShowsWhatCameSinceHoweverOldItIs() throws IOException {
    put(served(ANN, "before", NOON, 200));
    now.set(NOON.plusSeconds(1));
    Tail begun = store().tail(ANN, LogQuery.EVERYTHING, Optional.empty(), 2);
    assertEquals(0, begun.arrived());

    now.set(NOON.plusSeconds(2));
    put(
        served(ANN, "late", NOON.minus(Duration.ofDays(2)), 200),
        served(ANN, "x", NOON, 200),
        served(BEN, "other", NOON, 200),
        served(ANN, "y", NOON, 200));
    Tail next = store().tail(ANN, LogQuery.EVERYTHING, Optional.of(begun.upTo()), 2);

    assertEquals(3, next.arrived());
    assertEquals(List.of("y", "x"), next.newest().stream().map(RequestRecord::requestId).toList());
    assertEquals(0, store().tail(ANN, LogQuery.EVERYTHING, Optional.of(next.upTo()), 2).arrived());
  }

  @Test
  void aSearchThatTakesTooLongSaysSo() throws IOException {
    put(served(ANN, "a", NOON.minus(Duration.ofDays(1)), 200), served(ANN, "b", NOON, 200));
    store().close();
    long[] ticks = {0};
    LogStore slow =
        new LogStore(
            new LogSettings(directory, Duration.ofDays(14), mostBytes),
            () -> NOON.plusMillis(1500 * ticks[0]++));

    assertFalse(
        slow.search(
                ANN,
                LogQuery.EVERYTHING,
                new TimeRange(NOON.minus(Duration.ofDays(3)), NOON.plusSeconds(1)),
                Optional.empty(),
                10)
            .complete());
    slow.close();
  }

  @Test
  void aPartThatCannotBeReadIsSetAside() throws IOException {
    put(served(ANN, "a", NOON, 200));
    put(served(BEN, "b", NOON, 200));
    close();
    Path part = directory.resolve(ANN).resolve("2026-06-01.0");
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.filter(f -> !f.endsWith("write.lock")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    store = null;
    put(served(ANN, "c", NOON, 200));

    assertEquals(List.of("c"), found(ANN, ""));
    assertEquals(List.of("b"), found(BEN, ""));
    assertTrue(Files.exists(directory.resolve(ANN).resolve("unreadable-2026-06-01.0")));
  }

  @Test
  void aDiskThatFailsLosesNothing() throws IOException {
    put(served(ANN, "a", NOON, 200));
    Path positions = directory.resolve("positions.new");
    Files.createDirectories(positions.resolve("in the way"));

    assertThrows(IOException.class, () -> put(served(ANN, "b", NOON, 200)));
    assertEquals(new Position("spool-n", 1), store().positions().get("n"));
    Files.delete(positions.resolve("in the way"));
    Files.delete(positions);
    put(served(ANN, "b", NOON, 200), served(ANN, "c", NOON, 200));

    assertEquals(List.of("a", "b", "c"), found("").stream().sorted().toList());
  }
}

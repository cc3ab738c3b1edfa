package io.gatehouse.admin.operations;

import static io.gatehouse.admin.logs.Requests.refused;
import static io.gatehouse.admin.logs.Requests.served;
import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.admin.operations.Logs.Asked;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

  private static final Asked ALL =
      new Asked("", new TimeRange(NOON.minusSeconds(3600), NOON.plusSeconds(1)));

  @TempDir private Path directory;

  private final Map<String, RequestRecord> remembered = new HashMap<>();
  private long next = 1;
  private LogStore store;
  private Logs logs;

  @BeforeEach
  void open() throws IOException {
    store = new LogStore(new LogSettings(directory, Duration.ofDays(14), 1L << 30), () -> NOON);
    logs = new Logs(store, id -> Optional.ofNullable(remembered.get(id)));
    put(
        served(ALICE.account(), "one", NOON.minusSeconds(30), 200),
        refused(ALICE.account(), "two", NOON.minusSeconds(29), Reason.THROTTLED_BY_PLAN),
        served(ALICE.account(), "three", NOON.minusSeconds(10), 500),
        served(MALLORY.account(), "hers", NOON.minusSeconds(30), 200));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void put(RequestRecord... records) throws IOException {
    List<byte[]> written = Stream.of(records).map(RequestRecord::toJson).toList();
    store.store(List.of(new Delivery("n", "s", next, written)));
    next += written.size();
  }

  private List<String> search(Caller caller, String query) {
    return logs
        .searchLogs(caller, new Asked(query, ALL.range()), Optional.empty(), 1000)
        .entries()
        .stream()
        .map(entry -> entry.request().requestId())
        .toList();
  }

  @Test
  void aTenantSearchesItsOwnRequests() {
    assertEquals(List.of("three", "two", "one"), search(ALICE, ""));
    assertEquals(List.of("hers"), search(MALLORY, ""));
    assertEquals(3, logs.logHistogram(ALICE, ALL, 10).all());
  }

  @Test
  void aQueryThatIsNotUnderstoodIsABadRequest() {
    assertEquals(
        ApiError.Kind.BAD_REQUEST,
        assertThrows(ApiError.class, () -> search(ALICE, "colour:red")).kind());
    assertThrows(ApiError.class, () -> logs.tailLogs(ALICE, "\"", Optional.empty()));
  }

  @Test
  void aRequestIsFoundByItsIdAndByNobodyElse() {
    assertEquals("two", logs.loggedRequest(ALICE, " TWO ").requestId());
    for (String id : List.of("hers", "none", "", "x".repeat(1000), "t*", "two\" OR \"hers")) {
      assertEquals(
          ApiError.Kind.NOT_FOUND,
          assertThrows(ApiError.class, () -> logs.loggedRequest(ALICE, id)).kind(),
          id);
    }
  }

  @Test
  void whatIsNotLoggedIsAskedOfTheNodes() {
    remembered.put("own", refused(ALICE.account(), "own", NOON, Reason.BODY_INVALID));
    remembered.put("others", refused(MALLORY.account(), "others", NOON, Reason.BODY_INVALID));
    remembered.put("nobodys", refused("", "nobodys", NOON, Reason.API_NOT_FOUND));

    assertEquals("own", logs.loggedRequest(ALICE, "own").requestId());
    assertEquals("nobodys", logs.loggedRequest(ALICE, "nobodys").requestId());
    assertThrows(ApiError.class, () -> logs.loggedRequest(ALICE, "others"));
  }

  @Test
  void whatReachedNoApiIsFoundByIdAloneAlsoWhenNoNodeRemembersIt() throws IOException {
    put(refused(Place.NOBODY, "astray", NOON.minusSeconds(5), Reason.API_NOT_FOUND));

    assertEquals("astray", logs.loggedRequest(ALICE, "astray").requestId());
    assertEquals("astray", logs.loggedRequest(MALLORY, "astray").requestId());
    assertEquals(List.of("three", "two", "one"), search(ALICE, ""));
  }

  @Test
  void requestsAroundAreOfTheSameKeyOrPathWithinTenSeconds() {
    assertEquals(
        List.of("two"),
        logs.requestsAround(ALICE, "one").stream().map(RequestRecord::requestId).toList());
    assertEquals(List.of(), logs.requestsAround(ALICE, "three"));
    assertEquals(List.of(), logs.requestsAround(ALICE, "hers"));
  }
}

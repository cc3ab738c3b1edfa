package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.Found.Entry;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.LogField;
import io.gatehouse.admin.logs.LogQuery;
import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.admin.logs.LogStore.Counts;
import io.gatehouse.admin.logs.Tail;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.admin.publish.NodeStories;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened to a tenant's requests: what the vendor has CloudWatch Logs for. */
@ApplicationScoped
public class Logs implements Operations {

  /** Of a page. */
  public static final int MOST = 200;

  private static final int MOST_BUCKETS = 240;
  private static final int MOST_OF_TAIL = 50;
  private static final int MOST_NEIGHBOURS = 20;
  private static final int LONGEST_ID = 200;
  private static final Duration AROUND = Duration.ofSeconds(10);

  /**
   * What to look for.
   *
   * @param query as people type it, see {@link LogQuery#parse}
   */
  public record Asked(String query, TimeRange range) {}

  private LogStore logs;
  private NodeStories nodes;

  protected Logs() {}

  @Inject
  public Logs(LogStore logs, NodeStories nodes) {
    this.logs = logs;
    this.nodes = nodes;
  }

  /**
   * The newest first.
   *
   * @param before the order of the last one of the page before; empty for the first page
   * @param most of the page, at most {@link #MOST}
   */
  @ConsoleQuery
  public Found searchLogs(Caller caller, Asked asked, Optional<Long> before, int most) {
    return logs.search(
        caller.account(),
        LogQuery.parse(asked.query()),
        asked.range(),
        before,
        Math.clamp(most, 1, MOST));
  }

  /** How many there were over time. */
  @ConsoleQuery
  public Histogram logHistogram(Caller caller, Asked asked, int buckets) {
    return logs.histogram(
        caller.account(),
        LogQuery.parse(asked.query()),
        asked.range(),
        Math.clamp(buckets, 1, MOST_BUCKETS));
  }

  /**
   * What has come since the last look, of many the newest.
   *
   * @param after what the last look said; empty for the first one
   */
  @ConsoleQuery
  public Tail tailLogs(Caller caller, String query, Optional<Long> after) {
    return logs.tail(caller.account(), LogQuery.parse(query), after, MOST_OF_TAIL);
  }

  /** What has become of all that nodes have logged, of all tenants. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Counts logStoreCounts(Caller caller) {
    return logs.counts();
  }

  /**
   * One request, by the id that its caller was given: as it was logged, or else as its node
   * remembers it. What reached no API belongs to nobody, and whoever has the id may know why.
   *
   * @throws ApiError when nothing is known of it
   */
  @ConsoleQuery
  public RequestRecord loggedRequest(Caller caller, String requestId) {
    return find(caller.account(), requestId)
        .or(() -> remembered(caller.account(), requestId))
        .or(() -> find(Place.NOBODY, requestId))
        .orElseThrow(
            () -> ApiError.notFound("Nothing is known of a request with the id " + requestId));
  }

  /** Requests of the same API key or path at about the same time, the newest first. */
  @ConsoleQuery
  public List<RequestRecord> requestsAround(Caller caller, String requestId) {
    Optional<RequestRecord> found = find(caller.account(), requestId);
    if (found.isEmpty()) {
      return List.of();
    }
    RequestRecord request = found.get();
    Instant time = Instant.ofEpochMilli(request.time());
    TimeRange around = new TimeRange(time.minus(AROUND), time.plus(AROUND).plusMillis(1));
    return Stream.concat(
            like(caller.account(), LogField.KEY, request.call().apiKeyId(), around),
            like(caller.account(), LogField.PATH, request.call().path(), around))
        .filter(other -> !other.requestId().equals(request.requestId()))
        .distinct()
        .sorted(Comparator.comparingLong(RequestRecord::time).reversed())
        .limit(MOST_NEIGHBOURS)
        .toList();
  }

  private Stream<RequestRecord> like(
      String account, LogField field, String value, TimeRange around) {
    return value == null
        ? Stream.of()
        : logs
            .search(
                account,
                LogQuery.where(field, value),
                around,
                Optional.empty(),
                MOST_NEIGHBOURS + 1)
            .entries()
            .stream()
            .map(Entry::request);
  }

  private Optional<RequestRecord> remembered(String account, String requestId) {
    if (!isId(requestId)) {
      return Optional.empty();
    }
    return nodes
        .story(requestId.strip())
        .filter(
            story ->
                story.place().accountId().isEmpty() || story.place().accountId().equals(account));
  }

  private static boolean isId(String text) {
    return !text.isBlank() && text.length() <= LONGEST_ID;
  }

  private Optional<RequestRecord> find(String account, String requestId) {
    if (!isId(requestId)) {
      return Optional.empty();
    }
    return logs
        .search(
            account,
            LogQuery.where(LogField.ID, requestId.strip()),
            logs.kept(),
            Optional.empty(),
            1)
        .entries()
        .stream()
        .map(Entry::request)
        .findFirst();
  }
}

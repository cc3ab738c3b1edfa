package io.gatehouse.admin.console.logs;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.logs.Period.Last;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.model.wire.ApiError;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogsPresenterTest implements LogsPresenter.Screen {

  private final FakeLogs logs = new FakeLogs();
  private final LogsPresenter presenter = new LogsPresenter(logs, () -> ALICE, () -> NOON, this);
  private List<String> chips = List.of();
  private Period period;
  private Histogram histogram;
  private String problem = "";
  private int refreshed;

  @Override
  public void showQuery(String query, List<String> words, Period when) {
    chips = words;
    period = when;
  }

  @Override
  public void showHistogram(Histogram shown) {
    histogram = shown;
  }

  @Override
  public void showRows() {
    refreshed++;
  }

  @Override
  public void showProblem(String sentence) {
    problem = sentence;
  }

  @Test
  void rowsAreLookedForWhenTheyAreWanted() {
    presenter.search("cat", Last.HOUR);
    assertEquals(List.of(), logs.asked);

    assertEquals(50, presenter.rows(0, 50).size());
    assertEquals(50, presenter.rows(40, 50).size());
    assertEquals(List.of("cat before -"), logs.asked);
    assertEquals("r129", presenter.rows(120, 50).getFirst().id());
    assertEquals(List.of("cat before -", "cat before 150"), logs.asked);
    assertEquals(10, presenter.rows(240, 50).size());
    assertEquals(List.of(), presenter.rows(250, 50));
    assertEquals(3, logs.asked.size());
  }

  @Test
  void aPageKeepsABoundedNumberOfRows() {
    logs.all = 1_000_000;
    presenter.search("", Last.HOUR);

    assertEquals(0, presenter.rows(LogsPresenter.MOST_ROWS, 100).size());
    assertEquals(LogsPresenter.MOST_ROWS / 100, logs.asked.size());
  }

  @Test
  void wordsCanBeTakenOut() {
    presenter.search("cat \"a dog\" status:5xx", Last.HOUR);
    assertEquals(List.of("cat", "\"a dog\"", "status:5xx"), chips);

    presenter.without(1);
    assertEquals(List.of("cat", "status:5xx"), chips);
  }

  @Test
  void whatIsNotUnderstoodIsSaidAndFindsNothing() {
    presenter.search("cat colour:red", Last.HOUR);

    assertTrue(problem.startsWith("'colour:red' is not understood"), problem);
    assertEquals(List.of(), presenter.rows(0, 50));
    assertEquals(1, refreshed);

    presenter.search("cat", Last.HOUR);
    assertEquals("", problem);
  }

  @Test
  void aBucketIsLookedAtByItself() {
    presenter.search("cat", Last.HOUR);
    presenter.zoom(histogram, 1);

    assertEquals(
        new Period.Between(new TimeRange(NOON.plusSeconds(10), NOON.plusSeconds(20))), period);
    assertEquals("cat", presenter.query());
  }

  @Test
  void countsThatAreTooSmallAreSaidToBe() {
    logs.complete = false;
    presenter.search("", Last.WEEK);

    assertTrue(problem.contains("too much to look through"), problem);
    assertEquals("1,207 requests, 204 of them 4xx or 5xx", LogsPresenter.summary(histogram));
  }

  @Test
  void allThatIsFoundIsDownloadedALineEach() throws Exception {
    presenter.search("", Last.HOUR);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    presenter.download(ALICE, out);

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertEquals(250, lines.size());
    assertTrue(lines.getFirst().startsWith("{\"requestId\":\"r249\""), lines.getFirst());
  }

  @Test
  void aTimeOfTheAddressIsUnderstoodOrRefused() {
    assertEquals(Last.SIX_HOURS, Period.of("6h", "", ""));
    assertEquals(Last.HOUR, Period.of("", "", ""));
    assertEquals(
        new Period.Between(new TimeRange(NOON, NOON.plusSeconds(1))),
        Period.of("", NOON.toString(), NOON.plusSeconds(1).toString()));
    Instant far = Instant.parse("+1000000-01-01T00:00:00Z");
    for (String to : List.of("tomorrow", NOON.toString(), "2026-13-01T00:00:00Z")) {
      assertThrows(ApiError.class, () -> Period.of("", NOON.toString(), to), to);
    }
    assertThrows(ApiError.class, () -> Period.of("", far.toString(), far + "x"));
  }
}

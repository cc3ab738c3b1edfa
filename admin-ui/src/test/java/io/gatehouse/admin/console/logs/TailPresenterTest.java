package io.gatehouse.admin.console.logs;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailPresenterTest implements TailPresenter.Screen {

  private final FakeLogs logs = new FakeLogs();
  private String query = "status:5xx";
  private final TailPresenter tail = new TailPresenter(logs, () -> ALICE, () -> query, this);
  private List<LogRow> lines = List.of();
  private String note = "";
  private String problem = "";

  @Override
  public void showTail(List<LogRow> newest, String said) {
    lines = newest;
    note = said;
  }

  @Override
  public void showProblem(String sentence) {
    problem = sentence;
  }

  @Test
  void itGoesOnWhereTheLastLookEnded() {
    tail.begin();
    assertEquals("Waiting for requests", note);
    logs.arriving = 3;
    tail.look();
    tail.look();

    assertEquals(
        List.of("tail status:5xx after -", "tail status:5xx after 0", "tail status:5xx after 3"),
        logs.asked);
    assertEquals(
        List.of("t6", "t5", "t4", "t3", "t2", "t1"), lines.stream().map(LogRow::id).toList());
    assertEquals("3 in the last second", note);
  }

  @Test
  void ofManyTheNewestAreShownAndTheNumberSaid() {
    tail.begin();
    logs.arriving = 1800;
    for (int second = 0; second < 6; second++) {
      tail.look();
    }

    assertEquals("Showing 50 of 1,800 in the last second", note);
    assertEquals(TailPresenter.MOST_LINES, lines.size());
    assertEquals("t10800", lines.getFirst().id());
  }

  @Test
  void aPauseKeepsTheLinesAndThenItGoesOnFromNow() {
    tail.begin();
    logs.arriving = 1;
    tail.look();
    tail.pause(true);
    tail.look();
    assertEquals(2, logs.asked.size());

    tail.pause(false);
    tail.look();
    assertEquals("tail status:5xx after -", logs.asked.getLast());
    assertEquals(2, lines.size());
  }

  @Test
  void aQueryThatIsNotUnderstoodEndsIt() {
    query = "colour:red";
    tail.begin();

    assertFalse(tail.isWatching());
    assertTrue(problem.startsWith("'colour:red'"), problem);
  }
}

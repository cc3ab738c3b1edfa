package io.gatehouse.admin.console.logs;

import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Tail;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Watches requests as they are stored. */
final class TailPresenter {

  static final int MOST_LINES = 200;

  interface Screen {
    /**
     * @param lines the newest first
     * @param note how much of what came is shown
     */
    void showTail(List<LogRow> lines, String note);

    void showProblem(String sentence);
  }

  private final Logs logs;
  private final Supplier<Caller> caller;
  private final Supplier<String> query;
  private final Screen screen;
  private final Deque<LogRow> lines = new ArrayDeque<>();
  private Optional<Long> upTo = Optional.empty();
  private boolean watching;
  private boolean paused;

  TailPresenter(Logs logs, Supplier<Caller> caller, Supplier<String> query, Screen screen) {
    this.logs = logs;
    this.caller = caller;
    this.query = query;
    this.screen = screen;
  }

  boolean isWatching() {
    return watching;
  }

  /** From now on. */
  void begin() {
    watching = true;
    paused = false;
    upTo = Optional.empty();
    lines.clear();
    look();
  }

  void end() {
    watching = false;
  }

  /** Keeps the lines as they are; what comes meanwhile is in the list. */
  void pause(boolean pause) {
    paused = pause;
    upTo = pause ? upTo : Optional.empty();
  }

  /** To be called about every second. */
  void look() {
    if (!watching || paused) {
      return;
    }
    try {
      Tail tail = logs.tailLogs(caller.get(), query.get(), upTo);
      upTo = Optional.of(tail.upTo());
      for (RequestRecord request : tail.newest().reversed()) {
        lines.addFirst(LogRow.of(0, request));
        if (lines.size() > MOST_LINES) {
          lines.removeLast();
        }
      }
      screen.showTail(List.copyOf(lines), note(tail));
    } catch (ApiError refused) {
      watching = false;
      screen.showProblem(refused.getMessage());
    }
  }

  private static String note(Tail tail) {
    if (tail.arrived() == 0) {
      return "Waiting for requests";
    }
    return tail.arrived() > tail.newest().size()
        ? "Showing %d of %s in the last second"
            .formatted(tail.newest().size(), Rates.number(tail.arrived()))
        : Rates.number(tail.arrived()) + " in the last second";
  }
}

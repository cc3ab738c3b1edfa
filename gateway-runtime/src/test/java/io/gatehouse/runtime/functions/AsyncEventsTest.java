package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Events of one account leave room for those of another. */
class AsyncEventsTest {

  private final List<Consumer<AsyncEvents.Attempt>> running = new ArrayList<>();
  private final AsyncEvents events =
      new AsyncEvents(
          (invocation, ended) -> running.add(ended), (millis, work) -> {}, InstantSource.system());

  private static Invocation event(String account, int bytes) {
    FunctionVersion version =
        new FunctionVersion(
            FunctionSnapshot.LATEST,
            "0".repeat(64),
            "python3.11",
            "app.handler",
            128,
            1,
            Optional.empty(),
            List.of(),
            FunctionVersion.EventInvoke.USUAL);
    FunctionSnapshot function =
        new FunctionSnapshot(
            1,
            account,
            "eu-north-1",
            "f",
            Map.of(version.version(), version),
            Map.of(),
            Map.of(),
            OptionalInt.empty());
    return new Invocation(new Chosen(function, version, "", "arn"), "id", new byte[bytes], "", "");
  }

  @Test
  void anAccountThatFloodsLeavesRoomForOthers() {
    for (int i = 0; i < AsyncEvents.MOST_EVENTS_OF_ACCOUNT; i++) {
      assertTrue(events.accept(event("111111111111", 1)));
    }
    assertFalse(events.accept(event("111111111111", 1)));
    assertTrue(events.accept(event("222222222222", 1)));
  }

  @Test
  void largeEventsOfAnAccountLeaveRoomForOthers() {
    while (events.accept(event("111111111111", 1 << 20))) {
      assertTrue(events.waiting() < 64);
    }
    assertTrue(events.accept(event("222222222222", 1 << 20)));
  }

  @Test
  void whatEndedMakesRoom() {
    for (int i = 0; i < AsyncEvents.MOST_EVENTS_OF_ACCOUNT; i++) {
      events.accept(event("111111111111", 1));
    }
    running.getFirst().accept(AsyncEvents.Attempt.DONE);
    assertTrue(events.accept(event("111111111111", 1)));
    assertEquals(AsyncEvents.MOST_EVENTS_OF_ACCOUNT, events.waiting());
  }
}

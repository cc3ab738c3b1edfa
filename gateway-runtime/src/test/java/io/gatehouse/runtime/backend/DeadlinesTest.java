package io.gatehouse.runtime.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private long millis = 1_000;
  private final Queue<Runnable> ticks = new ArrayDeque<>();
  private final Deadlines deadlines = new Deadlines(() -> millis * 1_000_000, ticks::add);
  private final List<String> late = new ArrayList<>();

  private final class Call extends Deadlines.Waiting {
    private final String name;
    private final Runnable then;

    Call(String name, Runnable then) {
      this.name = name;
      this.then = then;
    }

    @Override
    void late() {
      late.add(name + " at " + (millis - 1_000));
      then.run();
    }
  }

  private Call begin(String name, int after) {
    Call call = new Call(name, () -> {});
    deadlines.begin(call, after);
    return call;
  }

  private void pass(long more) {
    for (long end = millis + more; millis < end; ) {
      millis += Math.min(Deadlines.TICK_MILLIS, end - millis);
      for (int i = ticks.size(); i > 0; i--) {
        ticks.remove().run();
      }
    }
  }

  @Test
  void aTimeOutComesNeverEarlyAndAtMostTwoTicksLate() {
    for (int after : new int[] {1, 10, 50, 55, 29_000, 900_000}) {
      late.clear();
      long begin = millis - 1_000;
      begin("one", after);
      pass(after + 2 * Deadlines.TICK_MILLIS);
      assertEquals(1, late.size(), "after " + after);
      long at = Long.parseLong(late.getFirst().substring("one at ".length())) - begin;
      assertTrue(at >= after && at <= after + 2 * Deadlines.TICK_MILLIS, after + ": " + at);
    }
  }

  @Test
  void whatHasEndedIsNotLateAndTheWheelStandsStill() {
    Call call = begin("one", 50);
    deadlines.end(call);
    deadlines.end(call);
    pass(100);
    assertEquals(List.of(), late);
    assertTrue(ticks.isEmpty());
    begin("two", 50);
    pass(100);
    assertEquals(1, late.size());
  }

  @Test
  void oneThatIsLateMayEndOthersOfTheSameSlot() {
    List<Call> calls = new ArrayList<>();
    deadlines.begin(new Call("first", () -> calls.forEach(deadlines::end)), 50);
    for (int i = 0; i < 3; i++) {
      calls.add(begin("other " + i, 50));
    }
    begin("last", 50);
    pass(100);
    assertEquals(List.of("first", "last"), late.stream().map(s -> s.split(" at")[0]).toList());
  }

  @Test
  void aLongPauseLosesNobody() {
    begin("one", 50);
    begin("two", 29_000);
    millis += 60_000;
    pass(20);
    assertEquals(2, late.size());
  }

  @Test
  void manyAtRandomAreAsInAListOfThem() {
    Random random = new Random(7);
    Map<Call, Long> expected = new HashMap<>();
    for (int round = 0; round < 20_000; round++) {
      int after = 1 + random.nextInt(20_000);
      Call call = begin("call " + round, after);
      expected.put(call, millis + after);
      if (random.nextInt(3) > 0) {
        deadlines.end(call);
        expected.remove(call);
      }
      if (random.nextInt(4) == 0) {
        pass(random.nextInt(30));
      }
    }
    pass(30_000);
    assertEquals(expected.size(), late.size());
    assertTrue(ticks.isEmpty());
  }
}

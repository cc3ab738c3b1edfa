package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.limit.ThrottleSimulation.Fault;
import org.junit.jupiter.api.Test;

/**
 * Throttles in a simulated cluster at ten times their limit, one story for each seed, as {@link
 * QuotaSimulationTest}.
 */
class ThrottleSimulationTest {

  private static final int STORIES = Integer.getInteger("gatehouse.simulations", 500);
  private static final long FIRST = Long.getLong("gatehouse.seed", 0);

  @Test
  void noWindowSeesMoreThanRateAndBurstAndWhatNodesHold() {
    for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
      ThrottleSimulation story = new ThrottleSimulation(seed, 10);
      try {
        story.run();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      double due = story.rate * story.seconds() + story.burst;
      String told =
          "seed %d: %s%s, %d nodes, rate %.0f, burst %d: admitted %d of %.0f, bucket of %.1f, bound %.1f, counter lost %d times"
              .formatted(
                  seed,
                  story.fault,
                  story.bad ? " and a bad network" : "",
                  story.cluster.members().size(),
                  story.rate,
                  story.burst,
                  story.admitted(),
                  due,
                  story.highest(),
                  story.bound(),
                  story.cluster.counterLosses());
      assertTrue(story.highest() <= story.bound(), told);
      assertEquals(0, story.refusedWithoutTime(), told);
      // A bucket of one loses what falls due between two requests, wherever it is kept.
      if (story.fault == Fault.NONE && story.burst > 1) {
        assertTrue(story.admitted() >= 0.99 * story.rate * story.seconds(), told);
      }
    }
  }

  @Test
  void halfOfTheRateIsNeverRefused() {
    for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
      ThrottleSimulation story = new ThrottleSimulation(seed, 0.5);
      int nodes = story.cluster.members().size();
      if (story.fault == Fault.NONE && story.burst > 15 + nodes * story.limit.lease(nodes)) {
        story.run();
        assertEquals(0, story.refused(), "seed " + seed + ": burst " + story.burst);
      }
    }
  }
}

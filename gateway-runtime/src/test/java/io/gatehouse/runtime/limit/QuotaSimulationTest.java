package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.limit.QuotaSimulation.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Quotas in a simulated cluster where whatever may go wrong does, one story for each seed. {@code
 * -Dgatehouse.simulations=100000} tells more of them, {@code -Dgatehouse.seed=7} begins elsewhere.
 */
class QuotaSimulationTest {

  private static final int STORIES = Integer.getInteger("gatehouse.simulations", 500);
  private static final long FIRST = Long.getLong("gatehouse.seed", 0);

  @Test
  void aQuotaIsNeverExceededAndNothingThatWasUsedIsLost() {
    for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
      tell(seed, WhenUnreachable.REFUSE);
    }
  }

  @Test
  void whatIsServedBeyondAQuotaWhileNobodyKnowsIsCounted() {
    for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
      tell(seed, WhenUnreachable.SERVE);
    }
  }

  private static void tell(long seed, WhenUnreachable whenUnreachable) {
    QuotaSimulation story = new QuotaSimulation(seed, whenUnreachable);
    try {
      story.run();
      story.settle();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    QuotaState state = story.state();
    String told =
        "seed %d: %s, %d nodes, limit %d, admitted %d, overdraft %d, late %d, counter lost %d times, %s"
            .formatted(
                seed,
                story.fault,
                story.cluster.members().size(),
                story.most,
                story.admitted(),
                story.overdraft(),
                story.late(),
                story.cluster.counterLosses(),
                state);
    boolean lost = story.lostCounter();
    boolean killed =
        Set.of(Fault.KILL, Fault.KILL_WITHOUT_DISK, Fault.RESTART_ALL).contains(story.fault);
    // Without disk, owner and backup the ledger alone would know.
    if (!lost || story.fault != Fault.KILL_WITHOUT_DISK) {
      assertTrue(story.admitted() - story.overdraft() <= story.most + story.beyond(), told);
    }
    if (story.fault == Fault.NONE || story.fault == Fault.CLOCK) {
      assertEquals(0, story.refusedWithoutNeed(), told);
    }
    assertTrue(killed || story.undecided() == 0, told);
    if (story.fault != Fault.KILL_WITHOUT_DISK) {
      assertEquals(story.admitted(), state.used(), told);
    }
    if (!lost) {
      assertTrue(story.stranded() >= -story.overdraft(), told);
      assertTrue(story.stranded() <= story.strandedAtMost(), told);
      // What was served beyond the quota is kept from nodes that had leases on their way.
      long withheld = state.committed() - story.admitted() - story.stranded();
      assertTrue(withheld >= 0 && withheld <= story.overdraft(), told);
      boolean allGranted = state.committed() + story.heldInTheEnd() >= story.most;
      assertTrue(story.late() < story.most || allGranted, told);
      assertTrue(story.heldInTheEnd() <= story.strandedAtMost(), told);
    }
  }
}

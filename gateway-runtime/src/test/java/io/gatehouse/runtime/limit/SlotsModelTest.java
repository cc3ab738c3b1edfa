package io.gatehouse.runtime.limit;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A node's tokens under all interleavings of the threads that use them: each is had once, and what
 * is taken, given back, granted and expired adds up.
 */
public class SlotsModelTest {

  private static final int LATER = 10;

  private final Slots slots = new Slots();

  public SlotsModelTest() {
    slots.grant(0, 1, 2, 0);
  }

  @Operation
  public boolean take() {
    return slots.take(LATER) != Took.NONE;
  }

  @Operation
  public void giveBack() {
    slots.giveBack(LATER);
  }

  @Operation(nonParallelGroup = "owner")
  public void grant() {
    slots.grant(1, 2, 2, 1);
  }

  @Operation(nonParallelGroup = "owner")
  public long expire() {
    return slots.expire(LATER, 0);
  }

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(2)
        .sequentialSpecification(Model.class)
        .check(SlotsModelTest.class);
  }

  /** One thread's tokens. */
  public static class Model {
    private long held = 2;

    public boolean take() {
      boolean any = held > 0;
      held -= any ? 1 : 0;
      return any;
    }

    public void giveBack() {
      held++;
    }

    public void grant() {
      held += 2;
    }

    public long expire() {
      long all = held;
      held = 0;
      return all;
    }
  }
}

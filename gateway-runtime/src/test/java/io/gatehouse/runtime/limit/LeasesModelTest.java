package io.gatehouse.runtime.limit;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * What a node may use of a quota under all interleavings of the threads that use it: no more is
 * taken than was granted, and what was given back is not taken.
 */
public class LeasesModelTest {

  private final Leases leases = new Leases(2, 0);
  private long granted = 2;

  @Operation
  public boolean take() {
    return leases.take() != Took.UNKNOWN;
  }

  @Operation(nonParallelGroup = "owner")
  public void grant() {
    granted += 2;
    leases.grant(granted);
  }

  @Operation(nonParallelGroup = "owner")
  public long giveBack() {
    return leases.giveBack(1);
  }

  @Operation
  public void overdraw() {
    leases.overdraw();
  }

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(2)
        .sequentialSpecification(Model.class)
        .check(LeasesModelTest.class);
  }

  /** One thread's leases. */
  public static class Model {
    private long held = 2;

    public boolean take() {
      boolean any = held > 0;
      held -= any ? 1 : 0;
      return any;
    }

    public void grant() {
      held += 2;
    }

    public long giveBack() {
      long back = Math.max(0, held - 1);
      held -= back;
      return back;
    }

    public void overdraw() {
      held--;
    }
  }
}

package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which account may take how much of a node's memory. */
class EnvironmentsTest {

  private static final String ONE = "111111111111";
  private static final String OTHER = "222222222222";

  private final Environments environments = new Environments(1000, 500, null);

  private boolean takes(String account, int megabytes) throws InterruptedException {
    FunctionVersion version =
        new FunctionVersion(
            FunctionSnapshot.LATEST,
            "0".repeat(64),
            "python3.11",
            "app.handler",
            megabytes,
            1,
            Optional.empty(),
            List.of(),
            FunctionVersion.EventInvoke.USUAL);
    return environments.take(new Chosen.Key(account, "f", "eu-north-1", version)).isPresent();
  }

  @Test
  void anAccountLeavesMemoryForOthers() throws InterruptedException {
    assertEquals(true, takes(ONE, 250));
    assertEquals(true, takes(ONE, 250));
    assertEquals(false, takes(ONE, 128));
    assertEquals(true, takes(OTHER, 500));
  }

  @Test
  void aSingleEnvironmentMayBeLargerThanTheShare() throws InterruptedException {
    assertEquals(true, takes(ONE, 800));
    assertEquals(false, takes(ONE, 128));
    assertEquals(true, takes(OTHER, 128));
    assertEquals(false, takes(OTHER, 128));
  }

  @Test
  void noneIsLargerThanTheNode() throws InterruptedException {
    assertEquals(false, takes(ONE, 1001));
  }
}

package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.snapshot.FunctionAlias;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChosenTest {

  private static final EventInvoke OF_VERSION = new EventInvoke(1, 120);
  private static final EventInvoke OF_ALIAS = new EventInvoke(0, 60);

  private static EventInvoke eventInvoke(String qualifier) {
    FunctionVersion version =
        new FunctionVersion(
            "1", "0", "python3.12", "f.f", 128, 3, Optional.empty(), List.of(), OF_VERSION);
    FunctionSnapshot function =
        new FunctionSnapshot(
            1,
            "111111111111",
            "us-east-1",
            "f",
            Map.of("1", version),
            Map.of(
                "own", new FunctionAlias("1", Map.of(), Optional.of(OF_ALIAS)),
                "plain", new FunctionAlias("1", Map.of(), Optional.empty())),
            Map.of(),
            OptionalInt.empty());
    return new Chosen(function, version, qualifier, "arn").eventInvoke();
  }

  @Test
  void whatAnAliasSaysOfEventsGoesBeforeWhatItsVersionSays() {
    assertEquals(OF_ALIAS, eventInvoke("own"));
    assertEquals(OF_VERSION, eventInvoke("plain"));
    assertEquals(OF_VERSION, eventInvoke("1"));
    assertEquals(OF_VERSION, eventInvoke(""));
  }
}

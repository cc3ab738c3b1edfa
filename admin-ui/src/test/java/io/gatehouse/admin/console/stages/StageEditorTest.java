package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.stages.StageEditor.Conflict;
import io.gatehouse.admin.console.stages.StageEditor.Outcome;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

class StageEditorTest {

  private static final Stage OPENED =
      Stage.builder()
          .stageName("prod")
          .tracingEnabled(false)
          .variables(Map.of("host", "a", "old", "x"))
          .methodSettings(
              Map.of(
                  "pets/{id}/GET",
                  MethodSetting.builder().loggingLevel("ERROR").throttlingRateLimit(10.0).build()))
          .build();

  private static final StageWrite HOST = StageWrite.set("/variables/host", "Variable host", "mine");
  private static final StageWrite RATE =
      StageWrite.set("/~1pets~1{id}/GET/throttling/rateLimit", "Requests a second", "20");
  private static final StageWrite SETTINGS =
      StageWrite.remove("/~1pets~1{id}/GET", "Settings of GET /pets/{id}");

  private final List<String> asked = new ArrayList<>();
  private Stage now = OPENED;
  private final StageEditor editor =
      new StageEditor(
          new FakeStages(),
          () -> new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE),
          "api1",
          "prod");

  @Test
  void whatNobodyElseHasTouchedIsWrittenInOnePatch() {
    StageWrite gone = StageWrite.remove("/variables/old", "Variable old");

    assertTrue(editor.save(OPENED, List.of(HOST, gone, RATE)).isWritten());

    assertEquals(
        List.of(
            "api1 prod",
            "replace /variables/host mine",
            "remove /variables/old null",
            "replace /~1pets~1{id}/GET/throttling/rateLimit 20"),
        asked);
  }

  @Test
  void twoWhoChangeDifferentValuesDoNotHinderEachOther() {
    now = OPENED.toBuilder().tracingEnabled(true).build();

    assertTrue(editor.save(OPENED, List.of(HOST)).isWritten());

    assertEquals(List.of("api1 prod", "replace /variables/host mine"), asked);
  }

  @Test
  void aValueThatSomebodyElseHasChangedIsAConflictAndNothingIsWritten() {
    now = OPENED.toBuilder().variables(Map.of("host", "theirs", "old", "x")).build();

    Outcome outcome = editor.save(OPENED, List.of(HOST, RATE));

    assertFalse(outcome.isWritten());
    assertEquals(
        List.of(new Conflict(HOST, Optional.of("a"), Optional.of("theirs"))), outcome.conflicts());
    assertEquals(List.of(), asked);
  }

  @Test
  void theSameChangeByBothIsNoConflictAndIsNotWrittenAgain() {
    now = OPENED.toBuilder().variables(Map.of("host", "mine", "old", "x")).build();

    assertTrue(editor.save(OPENED, List.of(HOST)).isWritten());

    assertEquals(List.of(), asked);
  }

  @Test
  void toRemoveSettingsThatSomebodyHasChangedIsAConflict() {
    now =
        OPENED.toBuilder()
            .methodSettings(
                Map.of(
                    "pets/{id}/GET",
                    MethodSetting.builder().loggingLevel("INFO").throttlingRateLimit(10.0).build()))
            .build();

    Conflict conflict = editor.save(OPENED, List.of(SETTINGS)).conflicts().getFirst();

    assertEquals(Optional.of("logging/loglevel ERROR, throttling/rateLimit 10"), conflict.opened());
    assertEquals(Optional.of("logging/loglevel INFO, throttling/rateLimit 10"), conflict.theirs());
  }

  @Test
  void settingsThatSomebodyElseHasRemovedNeedNoRemoving() {
    now = OPENED.toBuilder().methodSettings(Map.of()).build();

    assertTrue(editor.save(OPENED, List.of(SETTINGS)).isWritten());

    assertEquals(List.of(), asked);
  }

  @Test
  void whoseValueStaysIsWrittenOverTheStageThatWasSeenUnlessItChangesOnceMore() {
    now = OPENED.toBuilder().variables(Map.of("host", "theirs", "old", "x")).build();
    List<StageWrite> writes = List.of(HOST, RATE);
    Outcome first = editor.save(OPENED, writes);

    assertEquals(
        List.of(RATE), StageEditor.kept(writes, first.conflicts(), Set.of()), "theirs stays");
    List<StageWrite> mine =
        StageEditor.kept(writes, first.conflicts(), Set.copyOf(first.conflicts()));
    assertEquals(writes, mine);
    now = OPENED.toBuilder().variables(Map.of("host", "again", "old", "x")).build();
    Outcome second = editor.save(first.seen(), mine);
    assertEquals(Optional.of("theirs"), second.conflicts().getFirst().opened());
    assertEquals(Optional.of("again"), second.conflicts().getFirst().theirs());

    assertTrue(editor.save(second.seen(), mine).isWritten());
    assertEquals("replace /variables/host mine", asked.get(1));
  }

  private final class FakeStages extends Stages {
    @Override
    public Stage getStage(Caller caller, GetStageRequest in) {
      return now;
    }

    @Override
    public Stage updateStage(Caller caller, UpdateStageRequest in) {
      asked.add(in.restApiId() + " " + in.stageName());
      in.patchOperations()
          .forEach(
              patch -> asked.add(patch.opAsString() + " " + patch.path() + " " + patch.value()));
      return now;
    }
  }
}

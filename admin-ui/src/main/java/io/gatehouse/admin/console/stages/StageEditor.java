package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Stages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/**
 * Writes what a form has changed of a stage, but never over what somebody else has written since
 * the form was opened: that is for the person to decide.
 */
final class StageEditor {

  /**
   * A value that two have changed.
   *
   * @param opened what it was when the form was opened
   * @param theirs what it is by now
   */
  record Conflict(StageWrite mine, Optional<String> opened, Optional<String> theirs) {}

  /**
   * What became of a form: written when there is no conflict, else nothing was.
   *
   * @param seen the stage that the form was compared with
   */
  record Outcome(Stage seen, List<Conflict> conflicts) {

    boolean isWritten() {
      return conflicts.isEmpty();
    }
  }

  private final Stages stages;
  private final Supplier<Caller> caller;
  private final String apiId;
  private final String stageName;

  StageEditor(Stages stages, Supplier<Caller> caller, String apiId, String stageName) {
    this.stages = stages;
    this.caller = caller;
    this.apiId = apiId;
    this.stageName = stageName;
  }

  String apiId() {
    return apiId;
  }

  String stageName() {
    return stageName;
  }

  Stage stage() {
    return stages.getStage(
        caller.get(), GetStageRequest.builder().restApiId(apiId).stageName(stageName).build());
  }

  /**
   * Writes all or nothing.
   *
   * @param opened the stage that the form began with
   */
  Outcome save(Stage opened, List<StageWrite> writes) {
    Stage now = stage();
    List<Conflict> conflicts =
        writes.stream()
            .filter(write -> !write.in(now).equals(write.in(opened)))
            .filter(write -> !write.in(now).equals(write.value()))
            .map(write -> new Conflict(write, write.in(opened), write.in(now)))
            .toList();
    List<PatchOperation> patches =
        writes.stream()
            .filter(write -> !write.in(now).equals(write.value()))
            .map(StageWrite::patch)
            .toList();
    if (!conflicts.isEmpty() || patches.isEmpty()) {
      return new Outcome(now, conflicts);
    }
    return new Outcome(
        stages.updateStage(
            caller.get(),
            UpdateStageRequest.builder()
                .restApiId(apiId)
                .stageName(stageName)
                .patchOperations(patches)
                .build()),
        List.of());
  }

  /** Of what was to be written, what is left once it is chosen whose values stay. */
  static List<StageWrite> kept(
      List<StageWrite> writes, List<Conflict> conflicts, Set<Conflict> mine) {
    return writes.stream()
        .filter(
            write ->
                conflicts.stream()
                    .filter(conflict -> conflict.mine().equals(write))
                    .allMatch(mine::contains))
        .toList();
  }
}

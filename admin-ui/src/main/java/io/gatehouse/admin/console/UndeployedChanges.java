package io.gatehouse.admin.console;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.DeploymentHistory.StageBehind;
import io.gatehouse.model.wire.ApiError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far the API in whose pages a person is has moved on from what is deployed. */
final class UndeployedChanges {

  /**
   * What the header has room for.
   *
   * @param stage the one to deploy to, if any is there
   */
  record Told(String apiId, Optional<String> stage, String words) {}

  private final DeploymentHistory history;

  UndeployedChanges(DeploymentHistory history) {
    this.history = history;
  }

  /** The API whose page it is. */
  static Optional<String> apiOf(List<String> path) {
    return path.size() > 1 && path.getFirst().equals("apis") && !path.get(1).equals("new")
        ? Optional.of(path.get(1))
        : Optional.empty();
  }

  private static Optional<String> stageOf(List<String> path) {
    return path.size() > 3 && path.get(2).equals("stages")
        ? Optional.of(path.get(3))
        : Optional.empty();
  }

  /**
   * On a stage's pages what that stage does not serve yet, on others what no stage does; empty
   * where there is nothing to say.
   *
   * @param path of the page, segment by segment
   */
  Optional<Told> tell(Caller caller, List<String> path) {
    return apiOf(path).flatMap(apiId -> tell(caller, apiId, stageOf(path)));
  }

  private Optional<Told> tell(Caller caller, String apiId, Optional<String> stage) {
    List<StageBehind> behind;
    try {
      behind = history.stagesBehind(caller, apiId);
    } catch (ApiError refused) {
      // the page itself says why
      return Optional.empty();
    }
    if (behind.isEmpty()) {
      return Optional.of(new Told(apiId, Optional.empty(), "Not deployed yet"));
    }
    return behind.stream()
        .filter(one -> stage.isEmpty() || stage.get().equals(one.stage()))
        .min(Comparator.comparingInt(StageBehind::changes))
        .filter(one -> one.changes() > 0)
        .map(one -> new Told(apiId, Optional.of(one.stage()), words(one.changes())));
  }

  private static String words(int changes) {
    return changes == 1 ? "1 undeployed change" : changes + " undeployed changes";
  }
}

package io.gatehouse.admin.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.UndeployedChanges.Told;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UndeployedChangesTest {

  private static final Caller ALICE =
      new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private List<DeploymentHistory.StageBehind> behind =
      List.of(
          new DeploymentHistory.StageBehind("prod", 3),
          new DeploymentHistory.StageBehind("test", 1));
  private final List<String> asked = new ArrayList<>();
  private final UndeployedChanges changes = new UndeployedChanges(new FakeHistory());

  private Optional<Told> at(String... path) {
    return changes.tell(ALICE, List.of(path));
  }

  @Test
  void onAStagesPagesItIsWhatThatStageDoesNotServe() {
    Optional<Told> told = Optional.of(new Told("a1", Optional.of("prod"), "3 undeployed changes"));

    assertEquals(told, at("apis", "a1", "stages", "prod"));
    assertEquals(told, at("apis", "a1", "stages", "prod", "settings"));
  }

  @Test
  void onOtherPagesOfTheApiItIsWhatNoStageServes() {
    Optional<Told> told = Optional.of(new Told("a1", Optional.of("test"), "1 undeployed change"));

    assertEquals(told, at("apis", "a1"));
    assertEquals(told, at("apis", "a1", "resources", "r1", "GET"));
  }

  @Test
  void nothingIsSaidWhenAStageServesTheApiAsItIs() {
    behind =
        List.of(
            new DeploymentHistory.StageBehind("prod", 3),
            new DeploymentHistory.StageBehind("test", 0));

    assertEquals(Optional.empty(), at("apis", "a1"));
    assertEquals(Optional.empty(), at("apis", "a1", "stages", "test"));
  }

  @Test
  void anApiWithoutStagesIsNotDeployedYet() {
    behind = List.of();

    assertEquals(
        Optional.of(new Told("a1", Optional.empty(), "Not deployed yet")), at("apis", "a1"));
  }

  @Test
  void elsewhereNobodyIsAsked() {
    assertEquals(Optional.empty(), at(""));
    assertEquals(Optional.empty(), at("apis"));
    assertEquals(Optional.empty(), at("apis", "new"));
    assertEquals(Optional.empty(), at("keys", "a1"));
    assertEquals(List.of(), asked);
  }

  @Test
  void whatOneMayNotSeeIsNotTold() {
    assertEquals(Optional.empty(), at("apis", "secret"));
    assertEquals(List.of("secret"), asked);
  }

  private final class FakeHistory extends DeploymentHistory {
    @Override
    public List<StageBehind> stagesBehind(Caller caller, String apiId) {
      asked.add(apiId);
      if (apiId.equals("secret")) {
        throw ApiError.notFound("Invalid API identifier specified");
      }
      return behind;
    }
  }
}

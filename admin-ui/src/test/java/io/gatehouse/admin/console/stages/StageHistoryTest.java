package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import io.gatehouse.model.definition.DefinitionDiff.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;

class StageHistoryTest {

  private static final List<Deployment> NEWEST_FIRST =
      List.of(deployment("d3"), deployment("d2"), deployment("d1"));
  private static final Stage STAGE = Stage.builder().stageName("prod").deploymentId("d2").build();

  private final StageHistory history =
      new StageHistory(
          new FakeDeployments(),
          new FakeHistory(),
          () -> new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE),
          "api1");

  private static Deployment deployment(String id) {
    return Deployment.builder().id(id).build();
  }

  @Test
  void whatChangesIsAskedInTheDirectionOfTheRollback() {
    assertEquals(NEWEST_FIRST, history.deployments());
    assertEquals(
        List.of("Method GET /api1/d2/d1 removed"),
        history.changes("d2", "d1").stream().map(Difference::line).toList());
    assertEquals("1 change in what stage prod serves:", StageHistory.words(STAGE, 1));
    assertEquals("Nothing changes in what stage prod serves.", StageHistory.words(STAGE, 0));
  }

  @Test
  void backIsWhatWasMadeBefore() {
    assertTrue(StageHistory.isBack(NEWEST_FIRST, STAGE, deployment("d1")));
    assertFalse(StageHistory.isBack(NEWEST_FIRST, STAGE, deployment("d3")));
  }

  @Test
  void anAddressThatNamesADeploymentThatIsGoneComparesTheUsualOnes() {
    assertEquals("d3", StageHistory.chosen(NEWEST_FIRST, Optional.of("d3"), "d2"));
    assertEquals("d2", StageHistory.chosen(NEWEST_FIRST, Optional.of("gone"), "d2"));
    assertEquals("d2", StageHistory.chosen(NEWEST_FIRST, Optional.empty(), "d2"));
  }

  @Test
  void theNewestIsComparedWithWhatIsServedOrElseWithTheOneBefore() {
    assertEquals("d2", StageHistory.before(NEWEST_FIRST, STAGE));
    assertEquals(
        "d2", StageHistory.before(NEWEST_FIRST, STAGE.toBuilder().deploymentId("d3").build()));
  }

  @Test
  void toServeADeploymentIsOnePatchThatConflictsWithAnotherDeployment() {
    StageWrite write = StageHistory.serve("d1");

    assertEquals("/deploymentId", write.patch().path());
    assertEquals("replace", write.patch().opAsString());
    assertEquals(Optional.of("d2"), write.in(STAGE));
  }

  private static final class FakeDeployments extends Deployments {
    @Override
    public GetDeploymentsResponse getDeployments(Caller caller, GetDeploymentsRequest in) {
      return GetDeploymentsResponse.builder().items(NEWEST_FIRST).build();
    }
  }

  private static final class FakeHistory extends DeploymentHistory {
    @Override
    public List<Difference> deploymentChanges(
        Caller caller, String apiId, String earlier, String later) {
      return List.of(
          new Difference(
              Kind.REMOVED, "Method GET /" + apiId + "/" + earlier + "/" + later, List.of()));
    }
  }
}

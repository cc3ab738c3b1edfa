package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;

class DeployPresenterTest {

  private static final Caller CALLER =
      new Caller(
          "111111111111", "us-east-1", "alice", Set.of(Caller.Role.OWNER), Caller.Door.CONSOLE);

  private final List<String> seen = new ArrayList<>();
  private final List<Acknowledgement> acknowledged = new ArrayList<>();
  private final List<CreateDeploymentRequest> deployed = new ArrayList<>();
  private Instant now = Instant.ofEpochMilli(10_000);
  private Optional<ApiError> refusal = Optional.empty();

  private final DeployPresenter presenter =
      new DeployPresenter(
          new FakeDeployments(), new FakeNodes(), CALLER, () -> now, new FakeScreen());

  @Test
  void itLooksUntilEveryNodeServesTheNewRevision() {
    presenter.begin("api1", "prod");
    assertEquals(Optional.empty(), presenter.deploy("first"));
    assertEquals("first", deployed.getFirst().description());
    assertEquals("prod", deployed.getFirst().stageName());

    acknowledged.add(heard("a", 7, Optional.empty()));
    acknowledged.add(heard("b", 6, Optional.empty()));
    assertFalse(presenter.look(), "b still serves an older revision");

    acknowledged.set(1, heard("b", 7, Optional.empty()));
    assertTrue(presenter.look());
    assertEquals("done everywhere", seen.getLast());
  }

  @Test
  void aNodeThatRefusesEndsTheWaitingToo() {
    presenter.begin("api1", "prod");
    acknowledged.add(heard("a", 7, Optional.empty()));
    acknowledged.add(heard("b", 6, Optional.of("cannot compile")));

    assertTrue(presenter.look());
  }

  @Test
  void patienceEndsAndSaysThatNotAllHaveAnswered() {
    presenter.begin("api1", "prod");
    acknowledged.add(heard("a", 7, Optional.empty()));
    assertFalse(presenter.look());

    now = now.plusSeconds(31);
    assertTrue(presenter.look());
    assertEquals("done in part", seen.getLast());
  }

  @Test
  void aRefusedDeploymentSaysWhyAndIsNotFollowed() {
    refusal = Optional.of(ApiError.badRequest("The REST API doesn't contain any methods"));
    presenter.begin("api1", "prod");

    assertEquals(Optional.of("The REST API doesn't contain any methods"), presenter.deploy(""));
  }

  private static Acknowledgement heard(String node, long revision, Optional<String> failure) {
    return new Acknowledgement(node, "key", revision, "0123456789abcdef", 10_040, failure);
  }

  private final class FakeDeployments extends Deployments {
    @Override
    public Deployment createDeployment(Caller caller, CreateDeploymentRequest in) {
      refusal.ifPresent(
          error -> {
            throw error;
          });
      deployed.add(in);
      return Deployment.builder().id("d1").build();
    }
  }

  private final class FakeNodes extends Nodes {
    private final List<NodeView> both =
        List.of(new NodeView("a", "127.0.0.1:1"), new NodeView("b", "127.0.0.1:2"));

    @Override
    public List<NodeView> nodes(Caller caller) {
      return both;
    }

    @Override
    public StageReceipt receipt(Caller caller, String apiId, String stageName) {
      return new StageReceipt(7, both, List.copyOf(acknowledged));
    }
  }

  private final class FakeScreen implements DeployPresenter.Screen {
    @Override
    public void waiting(List<Nodes.NodeView> nodes) {
      seen.add("waiting for " + nodes.size());
    }

    @Override
    public void progress(Nodes.StageReceipt receipt, Instant since) {
      seen.add("progress");
    }

    @Override
    public void done(boolean everywhere) {
      seen.add(everywhere ? "done everywhere" : "done in part");
    }

    @Override
    public void refuse(String message) {
      seen.add(message);
    }
  }
}

package io.gatehouse.admin.publish;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.Published;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Rows as nodes see them. */
@ApplicationScoped
public class SnapshotBuilder {

  private Settings settings;
  private DeploymentStore deployments;
  private PlanStore plans;

  protected SnapshotBuilder() {}

  @Inject
  public SnapshotBuilder(Settings settings, DeploymentStore deployments, PlanStore plans) {
    this.settings = settings;
    this.deployments = deployments;
    this.plans = plans;
  }

  public StageSnapshot stage(StoredStage stage) {
    return stage(
        stage.revision(),
        stage.account(),
        stage.apiId(),
        stage.body(),
        deployments.definition(stage.account(), stage.apiId(), stage.deploymentId()));
  }

  /** A stage as it would be served, before it is stored. */
  public StageSnapshot stage(
      long revision, String account, String apiId, Stage stage, ApiDefinition definition) {
    return new StageSnapshot(revision, account, settings.region(), apiId, stage, definition);
  }

  public PlanSnapshot plan(StoredUsagePlan plan) {
    Set<String> stages =
        plan.body().apiStages().stream()
            .map(stage -> stage.apiId() + ":" + stage.stage())
            .collect(Collectors.toSet());
    return new PlanSnapshot(plan.revision(), plan.account(), plan.planId(), stages);
  }

  public KeySnapshot key(StoredApiKey key) {
    return key(key, Set.copyOf(plans.plansOf(key.account(), key.keyId())));
  }

  public KeySnapshot key(StoredApiKey key, Set<String> planIds) {
    return new KeySnapshot(
        key.revision(),
        key.account(),
        key.keyId(),
        key.sha256(),
        Boolean.TRUE.equals(key.body().enabled()),
        planIds);
  }

  /** For {@link Published}. */
  public Published.Readers<Snapshot> readers() {
    return new Published.Readers<>(this::stage, this::plan, this::key);
  }
}

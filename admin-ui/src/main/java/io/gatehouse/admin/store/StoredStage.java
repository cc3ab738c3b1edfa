package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** A named deployment with its settings. */
@Entity
@Table(name = "stage")
public class StoredStage extends StoredRow {

  @Column(name = "api_id")
  private String apiId;

  @Column(name = "stage_name")
  private String stageName;

  @Column(name = "deployment_id")
  private String deploymentId;

  /** Null for none. */
  @Column(name = "client_certificate_id")
  private String clientCertificateId;

  /** Null for none. */
  @Column(name = "canary_deployment_id")
  private String canaryDeploymentId;

  private String body;

  @Column(name = "cache_generation")
  private long cacheGeneration;

  private long revision;

  protected StoredStage() {}

  StoredStage(String account, String apiId, Stage body, long revision) {
    super(account);
    this.apiId = apiId;
    this.stageName = body.stageName();
    replace(body, revision);
  }

  /** Changes what nodes serve, so it takes a new revision. */
  void replace(Stage next, long newRevision) {
    body = Documents.text(Wire.write(next));
    deploymentId = next.deploymentId();
    clientCertificateId = next.clientCertificateId();
    canaryDeploymentId =
        next.canarySettings() == null ? null : next.canarySettings().deploymentId();
    revision = newRevision;
  }

  void flushCache(long newRevision) {
    cacheGeneration = newRevision;
    revision = newRevision;
  }

  StoredStage touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public Stage body() {
    return Wire.read(Documents.json(body), Stage.builder());
  }

  public String apiId() {
    return apiId;
  }

  public String stageName() {
    return stageName;
  }

  public String deploymentId() {
    return deploymentId;
  }

  public Optional<String> canaryDeploymentId() {
    return Optional.ofNullable(canaryDeploymentId);
  }

  /** Grows with every flush of the stage's cache. */
  public long cacheGeneration() {
    return cacheGeneration;
  }

  public long revision() {
    return revision;
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import software.amazon.awssdk.services.apigateway.model.Deployment;

/**
 * A frozen copy of a REST API without its documentation, which no node serves and which has
 * versions of its own; the definition never changes, its description may.
 */
@Entity
@Table(name = "deployment")
public class StoredDeployment extends StoredRow {

  @Column(name = "api_id")
  private String apiId;

  @Column(name = "deployment_id")
  private String deploymentId;

  private String body;

  private String document;

  private Long deleted;

  protected StoredDeployment() {}

  StoredDeployment(String account, String apiId, Deployment body, ApiDefinition definition) {
    super(account);
    this.apiId = apiId;
    this.deploymentId = body.id();
    this.document = Documents.text(definition.withoutDocumentation().toJson());
    replaceBody(body);
  }

  public void replaceBody(Deployment next) {
    body = Documents.text(Wire.write(next));
  }

  public Deployment body() {
    return Wire.read(Documents.json(body), Deployment.builder());
  }

  public ApiDefinition definition() {
    return ApiDefinition.fromJson(Documents.json(document));
  }

  /** Of what it froze, in characters. */
  int length() {
    return document.length();
  }

  void delete(Instant now) {
    deleted = now.toEpochMilli();
  }

  public String apiId() {
    return apiId;
  }

  public String deploymentId() {
    return deploymentId;
  }
}

package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A resource of a REST API with its methods and all that hangs below them. */
@Entity
@Table(name = "api_resource")
public class StoredResource extends StoredRow {

  @Column(name = "api_id")
  private String apiId;

  @Column(name = "resource_id")
  private String resourceId;

  private String body;

  protected StoredResource() {}

  StoredResource(StoredApi api, String resourceId, String body) {
    super(api.account());
    this.apiId = api.apiId();
    this.resourceId = resourceId;
    this.body = body;
  }
}

package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.BasePathMapping;

/** What is behind a base path of a custom domain name. */
@Entity
@Table(name = "base_path_mapping")
public class StoredPathMapping extends StoredRow {

  @Column(name = "domain_ordinal")
  private long domainOrdinal;

  /** As the vendor names it: {@code (none)} for the empty one. */
  @Column(name = "base_path")
  private String basePath;

  @Column(name = "api_id")
  private String apiId;

  /** Null when the request's path names the stage. */
  @Column(name = "stage_name")
  private String stageName;

  protected StoredPathMapping() {}

  StoredPathMapping(StoredDomain domain, BasePathMapping body) {
    super(domain.account());
    this.domainOrdinal = domain.ordinal();
    replace(body);
  }

  void replace(BasePathMapping next) {
    basePath = next.basePath();
    apiId = next.restApiId();
    stageName = next.stage();
  }

  public BasePathMapping body() {
    return BasePathMapping.builder().basePath(basePath).restApiId(apiId).stage(stageName).build();
  }

  public String basePath() {
    return basePath;
  }

  public String apiId() {
    return apiId;
  }

  public Optional<String> stageName() {
    return Optional.ofNullable(stageName);
  }
}

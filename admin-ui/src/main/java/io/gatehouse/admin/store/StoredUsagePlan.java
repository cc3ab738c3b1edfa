package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** A usage plan: which stages its keys open. */
@Entity
@Table(name = "usage_plan")
public class StoredUsagePlan extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  private String body;

  private long revision;

  protected StoredUsagePlan() {}

  StoredUsagePlan(String account, UsagePlan body, long revision) {
    super(account);
    this.planId = body.id();
    replace(body, revision);
  }

  void replace(UsagePlan next, long newRevision) {
    body = Documents.text(Wire.write(next));
    revision = newRevision;
  }

  StoredUsagePlan touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public UsagePlan body() {
    return Wire.read(Documents.json(body), UsagePlan.builder());
  }

  public String planId() {
    return planId;
  }

  public long revision() {
    return revision;
  }
}

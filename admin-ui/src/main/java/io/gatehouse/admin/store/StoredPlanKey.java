package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** An API key's membership of a usage plan. */
@Entity
@Table(name = "plan_key")
public class StoredPlanKey extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  protected StoredPlanKey() {}

  StoredPlanKey(String account, String planId, String keyId) {
    super(account);
    this.planId = planId;
    this.keyId = keyId;
  }

  public String planId() {
    return planId;
  }

  public String keyId() {
    return keyId;
  }
}

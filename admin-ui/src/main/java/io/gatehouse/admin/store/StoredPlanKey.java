package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;

/** An API key's membership of a usage plan. */
@Entity
@Table(name = "plan_key")
public class StoredPlanKey extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  /** Null for those from before it was noted. */
  @Column(name = "joined_on")
  private Long joinedOn;

  protected StoredPlanKey() {}

  StoredPlanKey(String account, String planId, String keyId, long day) {
    super(account);
    this.planId = planId;
    this.keyId = keyId;
    this.joinedOn = day;
  }

  public String planId() {
    return planId;
  }

  public String keyId() {
    return keyId;
  }

  /** The day on which the key joined the plan, counted from the epoch; where it is known. */
  public Optional<Long> joinedOn() {
    return Optional.ofNullable(joinedOn);
  }
}

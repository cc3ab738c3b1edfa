package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** What somebody set as left of a key's quota in a plan, from a day on until its period ends. */
@Entity
@Table(name = "usage_grant")
public class StoredUsageGrant extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  @Column(name = "granted_on")
  private long grantedOn;

  private long remaining;

  protected StoredUsageGrant() {}

  StoredUsageGrant(String account, String planId, String keyId, LocalDate day, long remaining) {
    super(account);
    this.planId = planId;
    this.keyId = keyId;
    this.grantedOn = day.toEpochDay();
    this.remaining = remaining;
  }

  void replace(long newRemaining) {
    remaining = newRemaining;
  }

  public LocalDate day() {
    return LocalDate.ofEpochDay(grantedOn);
  }

  public long remaining() {
    return remaining;
  }

  public String keyId() {
    return keyId;
  }
}

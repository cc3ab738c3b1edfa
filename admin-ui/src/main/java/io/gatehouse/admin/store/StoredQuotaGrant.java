package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.Quota;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/**
 * All that a key may use of a plan's quota, as somebody said on a day: from that day on until the
 * quota's period ends.
 */
@Entity
@Table(name = "quota_grant")
public class StoredQuotaGrant extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  @Column(name = "granted_on")
  private long grantedOn;

  @Column(name = "quota_period")
  @Enumerated(EnumType.STRING)
  private Quota.Period period;

  private long allowed;

  protected StoredQuotaGrant() {}

  StoredQuotaGrant(String account, String planId, String keyId, long day) {
    super(account);
    this.planId = planId;
    this.keyId = keyId;
    this.grantedOn = day;
  }

  void replace(Quota.Period newPeriod, long newAllowed) {
    period = newPeriod;
    allowed = newAllowed;
  }

  public String planId() {
    return planId;
  }

  public String keyId() {
    return keyId;
  }

  /** Counted from the epoch. */
  public long day() {
    return grantedOn;
  }

  /** As nodes are told it. */
  public Quota.Total total() {
    return new Quota.Total(period, period.startOf(grantedOn), allowed);
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.Quota;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** What nodes have counted of one key in one plan in one period. */
@Entity
@Table(name = "usage_count")
public class StoredUsageCount extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  @Column(name = "quota_period")
  @Enumerated(EnumType.STRING)
  private Quota.Period period;

  @Column(name = "start_day")
  private long startDay;

  private String counts;

  protected StoredUsageCount() {}

  StoredUsageCount(UsageCounter counter, UsageCounts counts) {
    super(counter.account());
    this.planId = counter.planId();
    this.keyId = counter.keyId();
    this.period = counter.period();
    this.startDay = counter.start();
    this.counts = Documents.text(counts.toJson());
  }

  void replace(UsageCounts next) {
    counts = Documents.text(next.toJson());
  }

  public UsageCounter counter() {
    return new UsageCounter(account(), planId, keyId, period, startDay);
  }

  public UsageCounts counts() {
    return UsageCounts.of(Documents.json(counts));
  }
}

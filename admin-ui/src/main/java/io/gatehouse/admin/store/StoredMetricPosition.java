package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** Up to which of its records what a node has counted is stored. */
@Entity
@Table(name = "metric_position")
public class StoredMetricPosition extends StoredRow {

  private String node;

  private String spool;

  @Column(name = "last_record")
  private long lastRecord;

  @Column(name = "stored_minute")
  private long storedMinute;

  protected StoredMetricPosition() {}

  StoredMetricPosition(String node) {
    super(Caller.PLATFORM_ACCOUNT);
    this.node = node;
    this.spool = "";
  }

  /** The number after which records of this spool are new. */
  long after(String ofSpool) {
    return spool.equals(ofSpool) ? lastRecord : Long.MIN_VALUE;
  }

  void stored(String ofSpool, long number, long epochMinute) {
    spool = ofSpool;
    lastRecord = number;
    storedMinute = epochMinute;
  }

  String node() {
    return node;
  }

  MetricStore.Position position() {
    return new MetricStore.Position(spool, lastRecord);
  }
}

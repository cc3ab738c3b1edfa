package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.model.snapshot.RateLimit;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A tenant: an account with a name that people know. */
@Entity
@Table(name = "tenant")
public class StoredTenant extends StoredRow {

  private String name;

  private long created;

  /** Null until somebody has set it, as the burst. */
  @Column(name = "throttle_rate")
  private Double throttleRate;

  @Column(name = "throttle_burst")
  private Integer throttleBurst;

  /** Null while it is not suspended, as the reason. */
  @Column(name = "suspended_at")
  private Long suspendedAt;

  @Column(name = "suspended_reason")
  private String suspendedReason;

  private long revision;

  protected StoredTenant() {}

  StoredTenant(String account, String name, Instant created) {
    super(account);
    this.name = name;
    this.created = created.toEpochMilli();
  }

  void throttle(RateLimit limit, long newRevision) {
    throttleRate = limit.rate();
    throttleBurst = limit.burst();
    revision = newRevision;
  }

  void suspend(Optional<Suspension> suspension, long newRevision) {
    suspendedAt = suspension.map(one -> one.since().toEpochMilli()).orElse(null);
    suspendedReason = suspension.map(Suspension::reason).orElse(null);
    revision = newRevision;
  }

  StoredTenant touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  /** How fast all of its APIs together may be called, once somebody has said so. */
  public Optional<RateLimit> throttle() {
    return Optional.ofNullable(throttleRate).map(rate -> new RateLimit(rate, throttleBurst));
  }

  /** Empty while it is not suspended. */
  public Optional<Suspension> suspension() {
    return Optional.ofNullable(suspendedAt)
        .map(at -> new Suspension(Instant.ofEpochMilli(at), suspendedReason));
  }

  public long revision() {
    return revision;
  }

  public String name() {
    return name;
  }

  public Instant created() {
    return Instant.ofEpochMilli(created);
  }
}

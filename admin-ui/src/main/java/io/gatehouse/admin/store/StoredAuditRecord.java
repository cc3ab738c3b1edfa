package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who did what through which door, and what was there before and after. Never changed. */
@Entity
@Table(name = "audit_record")
public class StoredAuditRecord extends StoredRow {

  private long at;
  private String principal;
  private String door;
  private String source;
  private String operation;
  private String resource;
  private String outcome;
  private String message;

  @Column(name = "state_before")
  private String before;

  @Column(name = "state_after")
  private String after;

  protected StoredAuditRecord() {}

  /**
   * @param message of the refusal, else empty
   */
  StoredAuditRecord(
      AuditEntry entry, Instant at, String outcome, String message, String before, String after) {
    super(entry.account());
    Caller caller = entry.caller();
    this.at = at.toEpochMilli();
    this.principal = cut(caller.principal(), 2048);
    this.door = caller.door().name();
    this.source = cut(caller.origin().address(), 64);
    this.operation = cut(entry.operation(), 128);
    this.resource = cut(entry.resource(), 4096);
    this.outcome = outcome;
    this.message = cut(message, 1024);
    this.before = before;
    this.after = after;
  }

  /** What a refusal quotes may hold anything, and PostgreSQL keeps no text with a zero in it. */
  private static String cut(String text, int most) {
    String kept = text.replace('\0', '?');
    return kept.length() <= most ? kept : kept.substring(0, most - 3) + "...";
  }

  public Instant at() {
    return Instant.ofEpochMilli(at);
  }

  public String principal() {
    return principal;
  }

  public Caller.Door door() {
    return Caller.Door.valueOf(door);
  }

  public String source() {
    return source;
  }

  public String operation() {
    return operation;
  }

  public String resource() {
    return resource;
  }

  public String outcome() {
    return outcome;
  }

  public String message() {
    return message;
  }

  /** JSON: an object by thing; empty when nothing was changed. */
  public String before() {
    return before;
  }

  /** As {@link #before()}. */
  public String after() {
    return after;
  }
}

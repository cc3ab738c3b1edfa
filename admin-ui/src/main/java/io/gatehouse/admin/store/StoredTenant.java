package io.gatehouse.admin.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A tenant: an account with a name that people know. */
@Entity
@Table(name = "tenant")
public class StoredTenant extends StoredRow {

  private String name;

  private long created;

  protected StoredTenant() {}

  StoredTenant(String account, String name, Instant created) {
    super(account);
    this.name = name;
    this.created = created.toEpochMilli();
  }

  public String name() {
    return name;
  }

  public Instant created() {
    return Instant.ofEpochMilli(created);
  }
}

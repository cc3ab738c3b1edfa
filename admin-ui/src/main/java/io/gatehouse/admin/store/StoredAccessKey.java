package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** What a tenant's programs sign requests with; the secret is sealed. */
@Entity
@Table(name = "access_key")
public class StoredAccessKey extends StoredRow {

  @Column(name = "access_key_id")
  private String accessKeyId;

  @Column(name = "sealed_secret")
  private String sealedSecret;

  @Enumerated(EnumType.STRING)
  private Caller.Role role;

  private boolean active;

  private String policy;

  private long created;

  protected StoredAccessKey() {}

  StoredAccessKey(
      String account, String accessKeyId, String sealedSecret, Caller.Role role, Instant created) {
    super(account);
    this.accessKeyId = accessKeyId;
    this.sealedSecret = sealedSecret;
    this.role = role;
    this.active = true;
    this.created = created.toEpochMilli();
  }

  void replaceSecret(String sealed) {
    sealedSecret = sealed;
  }

  void activate(boolean on) {
    active = on;
  }

  public String accessKeyId() {
    return accessKeyId;
  }

  String sealedSecret() {
    return sealedSecret;
  }

  public Caller.Role role() {
    return role;
  }

  public boolean active() {
    return active;
  }

  /**
   * @param document null for none
   */
  void limitTo(String document) {
    policy = document;
  }

  /** The document that says what it is limited to; empty when to nothing. */
  public Optional<String> policy() {
    return Optional.ofNullable(policy);
  }

  public Instant created() {
    return Instant.ofEpochMilli(created);
  }
}

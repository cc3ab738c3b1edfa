package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a user of IAM signs requests with; the secret is sealed. */
@Entity
@Table(name = "access_key")
public class StoredAccessKey extends StoredRow {

  @Column(name = "access_key_id")
  private String accessKeyId;

  @Column(name = "sealed_secret")
  private String sealedSecret;

  @Column(name = "user_id")
  private String userId;

  private boolean active;

  private long created;

  protected StoredAccessKey() {}

  StoredAccessKey(
      String account, String accessKeyId, String sealedSecret, String userId, Instant created) {
    super(account);
    this.accessKeyId = accessKeyId;
    this.sealedSecret = sealedSecret;
    this.userId = userId;
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

  /** Unique id of the user whose key it is. */
  public String userId() {
    return userId;
  }

  public boolean active() {
    return active;
  }

  public Instant created() {
    return Instant.ofEpochMilli(created);
  }
}

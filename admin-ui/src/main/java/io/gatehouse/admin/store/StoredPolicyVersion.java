package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A version of a managed policy, which never changes. */
@Entity
@Table(name = "iam_policy_version")
public class StoredPolicyVersion extends StoredRow {

  @Column(name = "policy_id")
  private String policyId;

  private long version;

  private String document;

  private long created;

  protected StoredPolicyVersion() {}

  StoredPolicyVersion(
      String account, String policyId, long version, String document, Instant created) {
    super(account);
    this.policyId = policyId;
    this.version = version;
    this.document = document;
    this.created = created.toEpochMilli();
  }

  public long version() {
    return version;
  }

  /** JSON text, as it was given. */
  public String document() {
    return document;
  }

  public Instant created() {
    return Instant.ofEpochMilli(created);
  }
}

package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** That a managed policy hangs on a user, group or role, as its policy or as its boundary. */
@Entity
@Table(name = "iam_attachment")
public class StoredAttachment extends StoredRow {

  @Column(name = "identity_id")
  private String identityId;

  @Column(name = "policy_arn")
  private String policyArn;

  private boolean boundary;

  protected StoredAttachment() {}

  StoredAttachment(String account, String identityId, String policyArn, boolean boundary) {
    super(account);
    this.identityId = identityId;
    this.policyArn = policyArn;
    this.boundary = boundary;
  }

  /** Unique id of whom it hangs on. */
  public String identityId() {
    return identityId;
  }

  public String policyArn() {
    return policyArn;
  }

  public boolean boundary() {
    return boundary;
  }
}

package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** That a user belongs to a group, both by their unique ids. */
@Entity
@Table(name = "iam_membership")
class StoredMembership extends StoredRow {

  @Column(name = "group_id")
  private String groupId;

  @Column(name = "user_id")
  private String userId;

  protected StoredMembership() {}

  StoredMembership(String account, String groupId, String userId) {
    super(account);
    this.groupId = groupId;
    this.userId = userId;
  }
}

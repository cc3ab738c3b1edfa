package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** What a tenant has set for the whole of its account. */
@Entity
@Table(name = "account_settings")
class StoredAccount extends StoredRow {

  @Column(name = "cloudwatch_role_arn")
  private String cloudwatchRoleArn;

  protected StoredAccount() {}

  StoredAccount(String account) {
    super(account);
  }

  String cloudwatchRoleArn() {
    return cloudwatchRoleArn;
  }

  /**
   * @param arn null for none
   */
  void cloudwatchRoleArn(String arn) {
    cloudwatchRoleArn = arn;
  }
}

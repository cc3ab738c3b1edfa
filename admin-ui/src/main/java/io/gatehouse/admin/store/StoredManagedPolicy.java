package io.gatehouse.admin.store;

import io.gatehouse.model.aws.Arn;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Locale;

/** A managed policy of an account; what it says are its versions. */
@Entity
@Table(name = "iam_policy")
public class StoredManagedPolicy extends StoredRow {

  @Column(name = "policy_arn")
  private String policyArn;

  @Column(name = "policy_name")
  private String policyName;

  @Column(name = "lower_name")
  private String lowerName;

  private String path;

  @Column(name = "policy_id")
  private String policyId;

  @Column(name = "last_version")
  private long lastVersion;

  @Column(name = "default_version")
  private long defaultVersion;

  private String body;

  protected StoredManagedPolicy() {}

  StoredManagedPolicy(
      String account, String name, String path, String policyId, ManagedPolicyDocument body) {
    super(account);
    this.policyName = name;
    this.lowerName = name.toLowerCase(Locale.ROOT);
    this.path = path;
    this.policyId = policyId;
    this.policyArn = arn(account, path, name);
    replace(body);
  }

  /**
   * @param path begins and ends with a slash
   */
  public static String arn(String account, String path, String name) {
    return new Arn("aws", "iam", "", account, "policy" + path + name).toString();
  }

  void replace(ManagedPolicyDocument next) {
    body = Documents.text(next.write());
  }

  /** Numbers are not given again, even when a version is deleted. */
  long nextVersion() {
    return ++lastVersion;
  }

  void defaultVersion(long version) {
    defaultVersion = version;
  }

  public String arn() {
    return policyArn;
  }

  public String name() {
    return policyName;
  }

  public String path() {
    return path;
  }

  /** As {@code ANPA...}; given to no other one. */
  public String policyId() {
    return policyId;
  }

  /** The number of the version that is in effect. */
  public long defaultVersion() {
    return defaultVersion;
  }

  public ManagedPolicyDocument body() {
    return ManagedPolicyDocument.read(Documents.json(body));
  }
}

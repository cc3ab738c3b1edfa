package io.gatehouse.admin.store;

import io.gatehouse.model.aws.Arn;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.Locale;

/** A user, group or role of an account's IAM. */
@Entity
@Table(name = "iam_identity")
public class StoredIdentity extends StoredRow {

  /** Users and roles call; a group's policies are its users'. */
  public enum Kind {
    USER,
    GROUP,
    ROLE;

    /** As in ARNs. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Enumerated(EnumType.STRING)
  private Kind kind;

  @Column(name = "identity_name")
  private String identityName;

  @Column(name = "lower_name")
  private String lowerName;

  private String path;

  @Column(name = "unique_id")
  private String uniqueId;

  private String body;

  private long revision;

  protected StoredIdentity() {}

  StoredIdentity(
      String account,
      Kind kind,
      String name,
      String path,
      String uniqueId,
      IdentityDocument body,
      long revision) {
    super(account);
    this.kind = kind;
    this.uniqueId = uniqueId;
    this.revision = revision;
    rename(name, path);
    replace(body);
  }

  void rename(String name, String newPath) {
    identityName = name;
    lowerName = name.toLowerCase(Locale.ROOT);
    path = newPath;
  }

  void replace(IdentityDocument next) {
    body = Documents.text(next.write());
  }

  StoredIdentity touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return identityName;
  }

  public String path() {
    return path;
  }

  /** As {@code AIDA...}; given to no other one. */
  public String uniqueId() {
    return uniqueId;
  }

  public IdentityDocument body() {
    return IdentityDocument.read(Documents.json(body));
  }

  public long revision() {
    return revision;
  }

  public String arn() {
    return arn(account(), kind, path, identityName);
  }

  /**
   * @param path begins and ends with a slash
   */
  public static String arn(String account, Kind kind, String path, String name) {
    return new Arn("aws", "iam", "", account, kind.word() + path + name).toString();
  }
}

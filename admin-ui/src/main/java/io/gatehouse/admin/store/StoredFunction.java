package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A function; what it runs are its versions. */
@Entity
@Table(name = "lambda_function")
public class StoredFunction extends StoredRow {

  @Column(name = "function_name")
  private String functionName;

  @Column(name = "last_version")
  private long lastVersion;

  private String body;

  private long revision;

  protected StoredFunction() {}

  StoredFunction(String account, String functionName, FunctionDocument body, long revision) {
    super(account);
    this.functionName = functionName;
    replace(body, revision);
  }

  /** Changes what nodes run, so it takes a new revision. */
  void replace(FunctionDocument next, long newRevision) {
    body = Documents.text(next.write());
    revision = newRevision;
  }

  StoredFunction touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  /** Numbers are not given again, even when a version is deleted. */
  long nextVersion() {
    return ++lastVersion;
  }

  public FunctionDocument body() {
    return FunctionDocument.read(Documents.json(body));
  }

  public String functionName() {
    return functionName;
  }

  public long revision() {
    return revision;
  }
}

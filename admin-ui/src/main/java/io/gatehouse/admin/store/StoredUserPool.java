package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A user pool; its tags tell whether somebody else's issuer is behind it. */
@Entity
@Table(name = "user_pool")
public class StoredUserPool extends StoredRow {

  @Column(name = "pool_id")
  private String poolId;

  private String body;

  private long revision;

  protected StoredUserPool() {}

  StoredUserPool(String account, UserPoolType body, long revision) {
    super(account);
    this.poolId = body.id();
    replace(body, revision);
  }

  void replace(UserPoolType next, long newRevision) {
    body = Documents.text(Wire.write(next));
    revision = newRevision;
  }

  StoredUserPool touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public UserPoolType body() {
    return Wire.read(Documents.json(body), UserPoolType.builder());
  }

  /** Of a pool of our own; others have none. */
  public RealmName realm() {
    return RealmName.of(this);
  }

  /** Whether somebody else's issuer is behind it. */
  public boolean isRegistered() {
    return PoolIssuer.isRegistered(body().userPoolTags());
  }

  public String poolId() {
    return poolId;
  }

  public long revision() {
    return revision;
  }
}

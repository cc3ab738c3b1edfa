package io.gatehouse.admin.store;

import io.gatehouse.model.snapshot.PoolIssuer;

/** The realm of the sign-in service that a user pool of our own is. */
public record RealmName(String account, String poolId) {

  static RealmName of(StoredUserPool pool) {
    return new RealmName(pool.account(), pool.poolId());
  }

  /** As the sign-in service knows it, and as it stands in the issuer's URL. */
  public String text() {
    return PoolIssuer.realm(account, poolId);
  }
}

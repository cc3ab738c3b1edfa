package io.gatehouse.runtime.compile;

import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;

/** The users, roles and user pools of all accounts, as they are now. */
public interface Identities {

  /**
   * Whose access key it is, of whatever account, for a signed request names only the key; or null.
   */
  PrincipalSnapshot holderOf(String accessKeyId);

  /** The user or role, or null. */
  PrincipalSnapshot principal(String account, PrincipalSnapshot.Kind kind, String name);

  /** The pool, or null. */
  UserPoolSnapshot userPool(String account, String poolId);
}

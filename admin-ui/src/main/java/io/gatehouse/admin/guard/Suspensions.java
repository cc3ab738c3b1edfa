package io.gatehouse.admin.guard;

import java.util.Optional;

/** Which tenants are suspended. */
@FunctionalInterface
public interface Suspensions {

  /**
   * To be asked in a transaction; empty for one that is not suspended, or not there.
   *
   * @param account 12 digits
   */
  Optional<Suspension> suspension(String account);
}

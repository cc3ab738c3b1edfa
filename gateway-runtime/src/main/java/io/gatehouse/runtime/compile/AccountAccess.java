package io.gatehouse.runtime.compile;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;

/** What an account has set for all of its APIs, as it is now. */
public interface AccountAccess {

  /** Never null. */
  BackendAccessSnapshot access(String account);

  /** The link, or null. */
  VpcLinkSnapshot vpcLink(String account, String id);

  /** The function, or null. */
  FunctionSnapshot function(String account, String name);
}

package io.gatehouse.runtime.functions;

import io.gatehouse.model.snapshot.FunctionAlias;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;

/**
 * What an invocation runs.
 *
 * @param qualifier as asked for; empty for none
 * @param arn as asked for, with the qualifier
 */
record Chosen(FunctionSnapshot function, FunctionVersion version, String qualifier, String arn) {

  /** What has to be the same for an execution environment to serve another invocation. */
  record Key(String account, String name, String region, FunctionVersion version) {

    /** Whether it is the same version of the same function with other content. */
    boolean isOlderThan(Key now) {
      return account.equals(now.account)
          && name.equals(now.name)
          && version.version().equals(now.version.version())
          && !equals(now);
    }
  }

  /** The alias's own word goes before the version's. */
  EventInvoke eventInvoke() {
    FunctionAlias alias = function.aliases().get(qualifier);
    return alias == null
        ? version.eventInvoke()
        : alias.eventInvoke().orElse(version.eventInvoke());
  }

  Key key() {
    return new Key(function.account(), function.name(), function.region(), version);
  }
}

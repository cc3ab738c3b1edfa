package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Policy;
import java.util.Optional;

/** A directory of nobody. */
public final class NoIdentities implements IdentityDirectory {

  @Override
  public Optional<Entry> find(String account, String kind, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Policy> trust(String roleArn) {
    return Optional.empty();
  }
}

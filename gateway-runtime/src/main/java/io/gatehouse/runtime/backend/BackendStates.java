package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.BackendStatus;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.PrivateLink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states of all backends that a node has called. Bounded: hosts may come from requests, so
 * those of which there is nothing to tell make way.
 */
final class BackendStates {

  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<BackendState.Key, BackendState> states = new ConcurrentHashMap<>();

  BackendStates(InstantSource clock) {
    this.clock = clock;
  }

  /** Asked when a backend's name is resolved, not for each call. */
  BackendState of(HttpTarget target) {
    BackendState.Key key = BackendState.Key.of(target);
    BackendState known = states.get(key);
    if (known != null) {
      return known;
    }
    if (states.size() >= MOST) {
      states.values().removeIf(state -> state.isWell() && !state.isLink());
    }
    return states.size() >= MOST
        ? new BackendState(key, clock)
        : states.computeIfAbsent(key, k -> new BackendState(k, clock));
  }

  /** What there is to tell of them: what is not well, and all targets of VPC links. */
  List<BackendStatus> told() {
    List<BackendStatus> told = new ArrayList<>();
    for (BackendState state : states.values()) {
      if (state.isWell() && !state.isLink()) {
        continue;
      }
      for (AddressState address : state.addresses()) {
        if (address.unwell() || state.isLink()) {
          told.add(status(state, address));
        }
      }
    }
    return told;
  }

  /** Those of other links are forgotten. */
  void keepLinks(Set<PrivateLink> used) {
    states
        .keySet()
        .removeIf(
            key ->
                !key.link().isEmpty()
                    && !used.contains(new PrivateLink(key.account(), key.link())));
  }

  private static BackendStatus status(BackendState state, AddressState address) {
    String host = address.address().host();
    return new BackendStatus(
        state.key().account(),
        state.key().url(),
        state.key().link(),
        (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.address().port(),
        state.stateOf(address),
        address.since(),
        address.failures(),
        address.lastFailure());
  }

  /** How many addresses are known and well. */
  long healthy() {
    return states.values().stream()
        .flatMap(state -> state.addresses().stream())
        .filter(address -> !address.unwell())
        .count();
  }
}

package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which addresses of one account's backend are well. While all are, choosing one costs a read. Of
 * some that are unwell the others are preferred; when none is well the circuit is open: calls fail
 * at once, but for one in a second that shows whether it is over. A VPC link has no circuit: with
 * all of its targets unwell they are called all the same, as the vendor's load balancers do.
 */
final class BackendState {

  private static final long PROBE_NANOS = 1_000_000_000L;

  /**
   * Calls fail for the same reasons where all of this is the same.
   *
   * @param link its id, empty for none
   */
  record Key(
      String account,
      boolean tls,
      String host,
      int port,
      boolean verified,
      Optional<ClientIdentity> identity,
      String link) {

    static Key of(HttpTarget target) {
      if (target.link() != null) {
        // Its targets are the same, whatever host is spoken to through it.
        return new Key(
            target.link().account(), false, "", 0, true, Optional.empty(), target.link().id());
      }
      return new Key(
          target.account(),
          target.tls(),
          target.host(),
          target.port(),
          target.verifyCertificate(),
          target.identity(),
          "");
    }

    /** As an author would write it. */
    String url() {
      if (!link.isEmpty()) {
        return "vpclink:" + link;
      }
      String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
      return (tls ? "https://" : "http://") + shown + ":" + port;
    }
  }

  private final Key key;
  private final InstantSource clock;
  private final Map<SocketAddress, AddressState> addresses = new ConcurrentHashMap<>();
  private final AtomicInteger unwell = new AtomicInteger();
  private final AtomicLong nextProbe = new AtomicLong(Long.MIN_VALUE);
  private volatile GatewayException last;
  private volatile AddressState probed;

  BackendState(Key key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  Key key() {
    return key;
  }

  boolean isLink() {
    return !key.link().isEmpty();
  }

  long now() {
    return clock.millis();
  }

  /** What is known of these addresses; others are forgotten. */
  List<AddressState> of(Collection<SocketAddress> current) {
    List<AddressState> states = new ArrayList<>(current.size());
    for (SocketAddress address : current) {
      states.add(addresses.computeIfAbsent(address, a -> new AddressState(this, a)));
    }
    addresses
        .values()
        .removeIf(
            known -> {
              boolean gone = !current.contains(known.address());
              if (gone) {
                known.forget();
              }
              return gone;
            });
    return List.copyOf(states);
  }

  Collection<AddressState> addresses() {
    return addresses.values();
  }

  void changed(int more) {
    unwell.addAndGet(more);
    if (more < 0) {
      nextProbe.set(Long.MIN_VALUE);
    }
  }

  void failedLast(GatewayException failure) {
    last = failure;
  }

  /** Whether all is well, so that there is nothing to tell. */
  boolean isWell() {
    return unwell.get() == 0;
  }

  /** In a word, for people. */
  String stateOf(AddressState address) {
    if (!address.unwell()) {
      return "healthy";
    }
    if (isLink() || addresses.values().stream().anyMatch(other -> !other.unwell())) {
      return "unhealthy";
    }
    return address == probed ? "half-open" : "open";
  }

  /**
   * One of the addresses to call.
   *
   * @param failed one that has just failed for this very call, or null
   * @param mayBeLost whether it does no harm if this call is the one that finds out
   * @return null when the circuit is open, or when the one that failed is the only one
   */
  AddressState choose(
      List<AddressState> among, AddressState failed, boolean mayBeLost, long nanos) {
    if (isLink()) {
      return leastBusy(among, failed);
    }
    if (unwell.get() == 0 && failed == null) {
      return among.size() == 1 ? among.getFirst() : anyOf(among);
    }
    List<AddressState> well = new ArrayList<>(among.size());
    List<AddressState> rest = new ArrayList<>(among.size());
    for (AddressState one : among) {
      if (one != failed) {
        (one.unwell() ? rest : well).add(one);
      }
    }
    boolean probe =
        failed == null && !rest.isEmpty() && (mayBeLost || well.isEmpty()) && probeIsDue(nanos);
    if (probe) {
      probed = anyOf(rest);
      return probed;
    }
    return well.isEmpty() ? null : anyOf(well);
  }

  private boolean probeIsDue(long nanos) {
    long due = nextProbe.get();
    return (due == Long.MIN_VALUE || nanos - due >= 0)
        && nextProbe.compareAndSet(due, nanos + PROBE_NANOS);
  }

  /** Of those that are well, or of all when none is. */
  private static AddressState leastBusy(List<AddressState> among, AddressState failed) {
    AddressState least = leastBusy(among, failed, false);
    return least == null ? leastBusy(among, failed, true) : least;
  }

  private static AddressState leastBusy(
      List<AddressState> among, AddressState failed, boolean unwell) {
    AddressState least = null;
    int fewest = Integer.MAX_VALUE;
    int ties = 0;
    for (AddressState one : among) {
      if (one == failed || one.unwell() != unwell) {
        continue;
      }
      int busy = one.inFlight();
      ties = busy < fewest ? 1 : busy == fewest ? ties + 1 : ties;
      if (busy < fewest || busy == fewest && ThreadLocalRandom.current().nextInt(ties) == 0) {
        least = one;
        fewest = busy;
      }
    }
    return least;
  }

  private static AddressState anyOf(List<AddressState> some) {
    return some.get(ThreadLocalRandom.current().nextInt(some.size()));
  }

  /** What a call is told that was not made: the same as the last one that was. */
  GatewayException open() {
    GatewayException why = last;
    long since =
        addresses.values().stream().mapToLong(AddressState::since).max().orElseGet(this::now);
    return GatewayException.of(why.type(), why.status(), why.answer(), Reason.BACKEND_CIRCUIT_OPEN)
        .with(
            key.url()
                + " is not called since "
                + Instant.ofEpochMilli(since)
                + ", but for one request in a second, because no address of it is well; the last"
                + " failure: "
                + why.reason()
                + ", "
                + (why.detail() == null ? why.reason().text() : why.detail()));
  }
}

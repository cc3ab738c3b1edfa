package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.BackendHealth;
import io.gatehouse.admin.publish.BackendHealth.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the backends of a tenant are, as the nodes see them. */
@ApplicationScoped
public class Backends implements Operations {

  /** The worst first. */
  public enum State {
    UNHEALTHY,
    OPEN,
    HALF_OPEN,
    HEALTHY
  }

  /**
   * An address behind a backend, in a state that some nodes see it in.
   *
   * @param backend as {@code https://host:443}
   * @param link the VPC link that leads there
   * @param since when the first of the nodes began to see it so
   * @param failures in a row, the most that one node counts
   * @param lastFailure of the node that has counted them; empty for none
   */
  public record Backend(
      String backend,
      Optional<String> link,
      String address,
      State state,
      Instant since,
      int failures,
      String lastFailure,
      List<String> seenBy) {

    public Backend {
      seenBy = List.copyOf(seenBy);
    }
  }

  private record Key(String backend, Optional<String> link, String address, State state) {}

  private BackendHealth health;

  protected Backends() {}

  @Inject
  public Backends(BackendHealth health) {
    this.health = health;
  }

  /** What is in trouble first; none when no node can be reached or has anything to say. */
  @ConsoleQuery
  public List<Backend> backends(Caller caller) {
    Map<Key, List<Seen>> alike = new LinkedHashMap<>();
    for (Seen each : health.seen(caller.account())) {
      State state = State.valueOf(each.state().name());
      alike
          .computeIfAbsent(
              new Key(each.backend(), each.link(), each.address(), state), k -> new ArrayList<>())
          .add(each);
    }
    return alike.entrySet().stream()
        .map(entry -> together(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(Backend::state)
                .thenComparing(Backend::backend)
                .thenComparing(Backend::address))
        .toList();
  }

  private static Backend together(Key key, List<Seen> seen) {
    Seen worst = seen.stream().max(Comparator.comparing(Seen::failures)).orElseThrow();
    return new Backend(
        key.backend(),
        key.link(),
        key.address(),
        key.state(),
        seen.stream().map(Seen::since).min(Comparator.naturalOrder()).orElseThrow(),
        worst.failures(),
        worst.lastFailure(),
        seen.stream().map(Seen::node).sorted().toList());
  }
}

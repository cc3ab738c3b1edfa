package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.operations.Backends.Backend;
import io.gatehouse.admin.publish.BackendHealth;
import io.gatehouse.admin.publish.BackendHealth.Seen;
import io.gatehouse.admin.publish.BackendHealth.State;
import io.gatehouse.admin.store.Kit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {

  private final List<Seen> seen = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Backends backends =
      new Backends(
          new BackendHealth() {
            @Override
            public List<Seen> seen(String account) {
              asked.add(account);
              return seen;
            }
          });

  @Test
  void nodesThatSeeTheSameAreToldTogether() {
    see("node-2", "http://a:80", State.OPEN, 2000, 7, "timed out");
    see("node-1", "http://a:80", State.OPEN, 1000, 3, "refused");

    assertEquals(
        List.of(
            new Backend(
                "http://a:80",
                Optional.empty(),
                "192.0.2.1:80",
                Backends.State.OPEN,
                Instant.ofEpochMilli(1000),
                7,
                "timed out",
                List.of("node-1", "node-2"))),
        backends.backends(Kit.ALICE));
    assertEquals(List.of(Kit.ALICE.account()), asked);
  }

  @Test
  void nodesThatSeeOtherwiseAreToldApartAndTroubleComesFirst() {
    see("node-1", "http://a:80", State.HEALTHY, 1, 0, "");
    see("node-1", "http://c:80", State.HALF_OPEN, 1, 1, "x");
    see("node-2", "http://a:80", State.UNHEALTHY, 1, 2, "x");
    see("node-1", "http://b:80", State.OPEN, 1, 2, "x");

    assertEquals(
        List.of(
            "http://a:80 UNHEALTHY [node-2]",
            "http://b:80 OPEN [node-1]",
            "http://c:80 HALF_OPEN [node-1]",
            "http://a:80 HEALTHY [node-1]"),
        backends.backends(Kit.ALICE).stream()
            .map(each -> each.backend() + " " + each.state() + " " + each.seenBy())
            .toList());
  }

  private void see(
      String node, String backend, State state, long since, int failures, String lastFailure) {
    seen.add(
        new Seen(
            node,
            backend,
            Optional.empty(),
            "192.0.2.1:80",
            state,
            Instant.ofEpochMilli(since),
            failures,
            lastFailure));
  }
}

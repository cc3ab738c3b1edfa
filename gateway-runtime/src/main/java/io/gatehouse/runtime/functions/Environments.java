package io.gatehouse.runtime.functions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The execution environments of this node: those that wait for work, and how much memory all of
 * them may take. One that waits is used again before another is started; when memory runs short,
 * those that have waited longest end first.
 */
final class Environments {

  /** A process that has answered asks for more within this time, as a rule. */
  private static final long ALMOST_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** What an invocation gets: one that waited, or room for a new one. */
  record Place(Optional<Environment> warm) {}

  private final long mostMegabytes;
  private final long mostOfAccount;
  private final EnvironmentStarter starter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<Chosen.Key, Deque<Environment>> idle = new HashMap<>();
  private final Map<Chosen.Key, Integer> answered = new HashMap<>();
  private final Set<Environment> all = new HashSet<>();
  private final Map<String, Long> byAccount = new HashMap<>();
  private long megabytes;
  private boolean closed;

  /**
   * @param mostOfAccount megabytes that one account may take of the others; but a single
   *     environment, if there is room, however large
   */
  Environments(long mostMegabytes, long mostOfAccount, EnvironmentStarter starter) {
    this.mostMegabytes = mostMegabytes;
    this.mostOfAccount = mostOfAccount;
    this.starter = starter;
  }

  /**
   * Waits only for one that is about to be free.
   *
   * @return empty when there is no memory for another
   */
  Optional<Place> take(Chosen.Key key) throws InterruptedException {
    List<Environment> victims = new ArrayList<>();
    lock.lock();
    try {
      long left = ALMOST_IDLE_NANOS;
      Environment warm = poll(key, victims);
      while (warm == null && answered.getOrDefault(key, 0) > 0 && left > 0) {
        left = freed.awaitNanos(left);
        warm = poll(key, victims);
      }
      if (warm != null) {
        return Optional.of(new Place(Optional.of(warm)));
      }
      endOutdated(key, victims);
      return !closed && makeRoom(key, victims)
          ? Optional.of(new Place(Optional.empty()))
          : Optional.empty();
    } finally {
      lock.unlock();
      victims.forEach(victim -> starter.end(victim, Exit.STOPPED));
    }
  }

  private Environment poll(Chosen.Key key, List<Environment> dead) {
    Deque<Environment> waiting = idle.get(key);
    while (waiting != null && !waiting.isEmpty()) {
      Environment last = waiting.pop(); // the warmest
      if (waiting.isEmpty()) {
        idle.remove(key);
      }
      if (last.alive()) {
        return last;
      }
      drop(last, dead);
    }
    return null;
  }

  /** Whatever waits with what the version was before it was changed. */
  private void endOutdated(Chosen.Key key, List<Environment> victims) {
    List<Environment> outdated =
        idle.keySet().stream()
            .filter(other -> other.isOlderThan(key))
            .flatMap(other -> idle.get(other).stream())
            .toList();
    for (Environment environment : outdated) {
      removeIdle(environment);
      drop(environment, victims);
    }
  }

  private boolean makeRoom(Chosen.Key key, List<Environment> victims) {
    int wanted = key.version().memoryMegabytes();
    if (wanted > mostMegabytes) {
      return false;
    }
    endOldest(victims, one -> one.key().account().equals(key.account()), () -> fits(key, wanted));
    if (!fits(key, wanted)) {
      return false;
    }
    endOldest(victims, one -> true, () -> megabytes + wanted <= mostMegabytes);
    if (megabytes + wanted > mostMegabytes) {
      return false;
    }
    count(key, wanted);
    return true;
  }

  private boolean fits(Chosen.Key key, int wanted) {
    long own = byAccount.getOrDefault(key.account(), 0L);
    return own == 0 || own + wanted <= mostOfAccount;
  }

  /** Of those that wait, until there is enough room. */
  private void endOldest(
      List<Environment> victims, Predicate<Environment> which, BooleanSupplier enough) {
    if (enough.getAsBoolean()) {
      return;
    }
    List<Environment> byAge =
        idle.values().stream()
            .flatMap(Deque::stream)
            .filter(which)
            .sorted(Comparator.comparingLong(Environment::idleSince))
            .toList();
    for (Environment oldest : byAge) {
      removeIdle(oldest);
      drop(oldest, victims);
      if (enough.getAsBoolean()) {
        return;
      }
    }
  }

  private void count(Chosen.Key key, int more) {
    megabytes += more;
    byAccount.merge(key.account(), (long) more, (a, b) -> a + b == 0 ? null : a + b);
  }

  private void removeIdle(Environment environment) {
    Deque<Environment> waiting = idle.get(environment.key());
    if (waiting != null && waiting.remove(environment) && waiting.isEmpty()) {
      idle.remove(environment.key());
    }
  }

  private void drop(Environment environment, List<Environment> victims) {
    if (all.remove(environment)) {
      count(environment.key(), -environment.key().version().memoryMegabytes());
      victims.add(environment);
    }
  }

  /** Starts one where {@link #take} has made room. */
  Environment start(Chosen chosen, String id) throws StartFailure, InterruptedException {
    Environment started = null;
    try {
      started = starter.start(chosen, id);
    } finally {
      if (started == null) {
        lock.lock();
        try {
          count(chosen.key(), -chosen.version().memoryMegabytes());
        } finally {
          lock.unlock();
        }
      }
    }
    List<Environment> victims = new ArrayList<>();
    lock.lock();
    try {
      all.add(started);
      endOutdated(chosen.key(), victims); // those that were just answering when it began
      if (!closed) {
        return started;
      }
    } finally {
      lock.unlock();
      victims.forEach(victim -> starter.end(victim, Exit.STOPPED));
    }
    discard(started, Exit.STOPPED);
    throw StartFailure.of("Runtime.StartFailure", "this node is stopping");
  }

  /** It has answered, and will wait for work as soon as it asks for some. */
  void answered(Environment environment) {
    lock.lock();
    try {
      answered.merge(environment.key(), 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  /** After {@link #answered}: it asks for work, or is not going to. */
  void release(Environment environment, boolean asks, long nanos) {
    boolean keep;
    lock.lock();
    try {
      answered.computeIfPresent(environment.key(), (k, n) -> n > 1 ? n - 1 : null);
      keep = asks && !closed && environment.alive();
      if (keep) {
        environment.idleSince(nanos);
        idle.computeIfAbsent(environment.key(), k -> new ArrayDeque<>()).push(environment);
      }
      freed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!keep) {
      discard(environment, Exit.STOPPED);
    }
  }

  /** Ends one that somebody has taken. */
  void discard(Environment environment, Exit why) {
    starter.end(environment, why);
    lock.lock();
    try {
      drop(environment, new ArrayList<>());
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends those of the waiting that are chosen. */
  void endIdle(Predicate<Environment> which) {
    List<Environment> victims = new ArrayList<>();
    lock.lock();
    try {
      idle.values().stream()
          .flatMap(Deque::stream)
          .filter(e -> !e.alive() || which.test(e))
          .toList()
          .forEach(
              e -> {
                removeIdle(e);
                drop(e, victims);
              });
    } finally {
      lock.unlock();
    }
    victims.forEach(victim -> starter.end(victim, Exit.STOPPED));
  }

  /** All that run. */
  List<Environment> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  int idleCount() {
    lock.lock();
    try {
      return idle.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all, and starts none any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    endIdle(e -> true);
    all().forEach(e -> discard(e, Exit.STOPPED));
  }
}

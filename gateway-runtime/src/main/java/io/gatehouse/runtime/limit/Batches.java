package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.LimitOwners.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for many counters at once: of each owner one batch is under way, and all that comes
 * meanwhile goes in the next.
 *
 * @param <Q> what is asked for a counter
 * @param <A> what is answered
 */
final class Batches<Q, A> {

  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
  private static final int MOST_IN_ONE = 1_000;

  /** One batch on its way. */
  private final class Flight implements Reply<A> {
    private final String owner;
    private final long sentAt;
    private final List<Asker<Q, A>> askers = new ArrayList<>();
    private final Map<String, Q> asks = new LinkedHashMap<>();
    private boolean late; // guarded by the batches
    private boolean over; // likewise

    Flight(String owner, long sentAt) {
      this.owner = owner;
      this.sentAt = sentAt;
    }

    @Override
    public void answered(Map<String, A> answers) {
      boolean wasLate;
      synchronized (Batches.this) {
        if (over) {
          return;
        }
        over = true;
        wasLate = late;
        flights.remove(owner, this);
      }
      long now = nanos.getAsLong();
      for (Asker<Q, A> asker : askers) {
        A answer = answers.get(asker.key());
        if (answer != null) {
          asker.answered(asks.get(asker.key()), answer, wasLate, now);
        } else if (!wasLate) {
          asker.failed(now);
        }
      }
      go();
    }

    @Override
    public void failed(String why) {
      LOG.debug("{} counters were not asked for: {}", asks.size(), why);
      answered(Map.of());
    }
  }

  private final BiConsumer<Map<String, Q>, Reply<A>> send;
  private final Function<String, String> ownerOf;
  private final Executor sender;
  private final LongSupplier nanos;
  private final long patience;
  private final Queue<Asker<Q, A>> line = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean going = new AtomicBoolean();
  private final Map<String, Queue<Asker<Q, A>>> waiting = new HashMap<>(); // guarded by this
  private final Map<String, Flight> flights = new HashMap<>(); // guarded by this

  /**
   * @param sender sends, so that no event loop does
   * @param patience nanoseconds after which a batch counts as lost
   */
  Batches(
      BiConsumer<Map<String, Q>, Reply<A>> send,
      Function<String, String> ownerOf,
      Executor sender,
      LongSupplier nanos,
      long patience) {
    this.send = send;
    this.ownerOf = ownerOf;
    this.sender = sender;
    this.nanos = nanos;
    this.patience = patience;
  }

  /** Has the counter asked for soon. Costs next to nothing where it stands in line already. */
  void want(Asker<Q, A> asker) {
    if (!asker.inLine().get() && asker.inLine().compareAndSet(false, true)) {
      line.add(asker);
      go();
    }
  }

  private void go() {
    if (going.compareAndSet(false, true)) {
      sender.execute(this::sendWhatWaits);
    }
  }

  private void sendWhatWaits() {
    going.set(false);
    List<Flight> ready = new ArrayList<>();
    synchronized (this) {
      for (Asker<Q, A> next = line.poll(); next != null; next = line.poll()) {
        waiting.computeIfAbsent(ownerOf.apply(next.key()), o -> new ArrayDeque<>()).add(next);
      }
      waiting.forEach(
          (owner, askers) -> {
            if (!flights.containsKey(owner)) {
              Flight flight = board(owner, askers);
              if (!flight.askers.isEmpty()) {
                flights.put(owner, flight);
                ready.add(flight);
              }
            }
          });
      waiting.values().removeIf(Queue::isEmpty);
    }
    ready.forEach(this::send);
  }

  private void send(Flight flight) {
    try {
      send.accept(flight.asks, flight);
    } catch (RuntimeException e) {
      flight.failed(e.toString());
    }
  }

  private Flight board(String owner, Queue<Asker<Q, A>> askers) {
    Flight flight = new Flight(owner, nanos.getAsLong());
    while (!askers.isEmpty() && flight.askers.size() < MOST_IN_ONE) {
      Asker<Q, A> asker = askers.remove();
      asker.inLine().set(false);
      Q ask = asker.ask(flight.sentAt);
      if (ask != null) {
        flight.askers.add(asker);
        flight.asks.put(asker.key(), ask);
      }
    }
    return flight;
  }

  /** Has batches that were not answered for too long count as lost. */
  void tick(long now) {
    List<Flight> lost = new ArrayList<>();
    synchronized (this) {
      for (Flight flight : flights.values()) {
        if (now - flight.sentAt > patience) {
          flight.late = true;
          lost.add(flight);
        }
      }
      lost.forEach(flight -> flights.remove(flight.owner, flight));
    }
    for (Flight flight : lost) {
      flight.askers.forEach(asker -> asker.failed(now));
    }
    if (!lost.isEmpty()) {
      go();
    }
  }
}

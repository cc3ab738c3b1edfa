package io.gatehouse.runtime.functions;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An execution environment: one process that serves invocations of one version of a function, one
 * at a time.
 */
final class Environment {

  /**
   * All that has to be given back when it ends.
   *
   * @param uid whom it runs as; none for the node's own user
   */
  record Parts(
      Mailbox mailbox,
      RuntimeApi api,
      Process process,
      Output output,
      Path folder,
      Layout layout,
      OptionalInt uid,
      Optional<MemoryGroup> group) {}

  private final Chosen.Key key;
  private final Parts parts;
  private volatile long initNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long mostMemory;
  private volatile long idleSince;
  private volatile boolean used;
  private volatile int diskRound;

  Environment(Chosen.Key key, Parts parts) {
    this.key = key;
    this.parts = parts;
  }

  Chosen.Key key() {
    return key;
  }

  Parts parts() {
    return parts;
  }

  /** Hands the event over and waits; null when nothing came in time. */
  Outcome give(Event event, long nanos) throws InterruptedException {
    used = true;
    Outcome outcome = parts.mailbox().give(event, nanos);
    sampleMemory(memory());
    return outcome;
  }

  /** Whether it is ready for another event before the time is over. */
  boolean awaitReady(long nanos) throws InterruptedException {
    return parts.mailbox().awaitAsking(nanos);
  }

  List<String> lines() {
    return parts.output().collect();
  }

  Environment cameUp(long afterNanos) {
    initNanos = afterNanos;
    return this;
  }

  /** That it took to come up; only for the first invocation. */
  Optional<Long> initNanos() {
    return used ? Optional.empty() : Optional.of(initNanos);
  }

  boolean alive() {
    return !ended.get() && parts.mailbox().alive();
  }

  long memory() {
    return parts.group().map(MemoryGroup::usedBytes).orElse(0L);
  }

  void sampleMemory(long bytes) {
    mostMemory = Math.max(mostMemory, bytes);
  }

  long mostMemory() {
    return mostMemory;
  }

  long memoryLimit() {
    return (long) key.version().memoryMegabytes() << 20;
  }

  /** When what it has written is looked at next. */
  int diskRound() {
    return diskRound;
  }

  void diskRound(int round) {
    diskRound = round;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  /** Ends the process, its invocation failing for this reason; what it had is given back later. */
  void kill(Exit why) {
    parts.mailbox().exited(why);
    parts.process().destroyForcibly();
  }

  /** Whether this call is the one that has to give back what it had. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }
}

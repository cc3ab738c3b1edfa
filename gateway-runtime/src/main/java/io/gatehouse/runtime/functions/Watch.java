package io.gatehouse.runtime.functions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, on a thread of its own, at what the processes of functions use, and ends those that use
 * more than they may. Where the kernel keeps their memory within its limit this only takes note.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long INTERVAL_NANOS = 100_000_000;

  /** Looking through files is dearer. */
  private static final int DISK_ROUNDS = 5;

  /** And the dearer the more there are, so it is done the less often. */
  private static final int FILES_PER_ROUND = 500;

  private final Environments environments;
  private final ProcessTable processes;
  private final Uids.Range users;
  private final Thread thread;
  private volatile boolean closed;

  Watch(Environments environments, ProcessTable processes, Uids.Range users) {
    this.environments = environments;
    this.processes = processes;
    this.users = users;
    this.thread = Thread.ofPlatform().name("function-watch").daemon().start(this::run);
  }

  private void run() {
    for (int round = 1; !closed; round++) {
      LockSupport.parkNanos(INTERVAL_NANOS);
      try {
        look(environments.all(), round);
      } catch (RuntimeException bug) {
        LOG.error("functions were not looked at", bug); // but are the next time
      }
    }
  }

  private void look(List<Environment> running, int round) {
    boolean counted = running.stream().allMatch(e -> e.parts().group().isPresent());
    Map<Integer, Long> byUser = counted ? Map.of() : processes.memory(users);
    for (Environment environment : running) {
      long bytes = memory(environment, byUser);
      environment.sampleMemory(bytes);
      if (bytes > environment.memoryLimit()) {
        environment.kill(Exit.OUT_OF_MEMORY);
      } else if (environment.diskRound() <= round) {
        lookAtDisk(environment, round);
      }
    }
  }

  private static void lookAtDisk(Environment environment, int round) {
    DiskUse use = DiskUse.of(environment.parts().layout().tmp());
    if (use.isOver()) {
      environment.kill(Exit.OUT_OF_DISK);
    }
    environment.diskRound(round + DISK_ROUNDS + use.files() / FILES_PER_ROUND);
  }

  private long memory(Environment environment, Map<Integer, Long> byUser) {
    if (environment.parts().group().isPresent()) {
      return environment.memory();
    }
    return environment.parts().uid().isPresent()
        ? byUser.getOrDefault(environment.parts().uid().getAsInt(), 0L)
        : processes.memory(environment.parts().process().toHandle());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}

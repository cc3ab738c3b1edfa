package io.gatehouse.runtime.functions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks, on a thread of its own, at what the processes of functions use, and ends those that use
 * more than they may. Where the kernel keeps their memory within its limit this only takes note.
 */
final class Watch implements AutoCloseable {

  private static final long INTERVAL_NANOS = 100_000_000;

  /** Looking through files is dearer. */
  private static final int DISK_ROUNDS = 5;

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
      look(environments.all(), round % DISK_ROUNDS == 0);
    }
  }

  private void look(List<Environment> running, boolean disk) {
    boolean counted = running.stream().allMatch(e -> e.parts().group().isPresent());
    Map<Integer, Long> byUser = counted ? Map.of() : processes.memory(users);
    for (Environment environment : running) {
      long bytes = memory(environment, byUser);
      environment.sampleMemory(bytes);
      if (bytes > environment.memoryLimit()) {
        environment.kill(Exit.OUT_OF_MEMORY);
      } else if (disk && DiskUse.isOver(environment.parts().layout().tmp())) {
        environment.kill(Exit.OUT_OF_DISK);
      }
    }
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

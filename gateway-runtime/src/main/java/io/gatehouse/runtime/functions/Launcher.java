package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Starts processes, all on one thread that lives as long as the host: the kernel ends a process
 * that asked for it when the <em>thread</em> that started it ends.
 */
final class Launcher implements AutoCloseable {

  private static final int MOST_WAITING = 1024;

  private final BlockingQueue<Start> starts = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread =
      Thread.ofPlatform().name("function-launcher").daemon().start(this::run);

  private static final class Start {
    private final ProcessBuilder builder;
    private final CountDownLatch done = new CountDownLatch(1);
    private Process process;
    private IOException failure;

    Start(ProcessBuilder builder) {
      this.builder = builder;
    }
  }

  /** Waits for it. */
  Process start(ProcessBuilder builder) throws IOException, InterruptedException {
    Start start = new Start(builder);
    starts.put(start);
    start.done.await();
    if (start.failure != null) {
      throw start.failure;
    }
    return start.process;
  }

  private void run() {
    try {
      while (true) {
        Start start = starts.take();
        try {
          start.process = start.builder.start();
        } catch (IOException e) {
          start.failure = e;
        } catch (RuntimeException e) {
          start.failure = new IOException(e);
        }
        start.done.countDown();
      }
    } catch (InterruptedException e) {
      // The host is closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

package io.gatehouse.operate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A plain load over kept-alive connections, for machines that have no better one, and for loads of
 * a given rate: prints requests per second, the median and the 99th percentile in milliseconds,
 * requests and errors. At a given rate a request's time begins when it was due, whether or not the
 * one before was answered by then, and what is made in the first seconds, while this program itself
 * is slow, is not counted.
 */
public final class LoadGenerator {

  /** Latencies are counted in steps of ten microseconds, up to a second. */
  private static final int STEP_NANOS = 10_000;

  private static final int STEPS = 100_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long WARM = 3 * SECOND;
  private static final int MOST_CONNECTIONS = 4096;
  private static final int SOCKET_TIMEOUT_MILLIS = 30_000;

  private final InetSocketAddress address;
  private final byte[] request;
  private final AtomicLongArray latencies = new AtomicLongArray(STEPS);
  private final AtomicLong errors = new AtomicLong();
  private final long interval;
  private long countedFrom;

  /**
   * @param interval nanoseconds from one request of a connection to its next; 0 for at once
   */
  private LoadGenerator(URI target, String header, long interval) {
    this.interval = interval;
    address = new InetSocketAddress(target.getHost(), target.getPort());
    request =
        ("GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n\r\n"
                .formatted(target.getRawPath(), target.getHost(), target.getPort(), header))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Takes the URL, the number of connections, the seconds, one header line and perhaps a rate. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 4 && arguments.length != 5) {
      System.err.println(
          "usage: LoadGenerator URL CONNECTIONS SECONDS 'Header: value' [PER_SECOND]");
      System.exit(2);
    }
    int connections = Math.clamp(Long.parseLong(arguments[1]), 1, MOST_CONNECTIONS);
    int seconds = Math.max(1, Integer.parseInt(arguments[2]));
    long interval =
        arguments.length == 4
            ? 0
            : connections * SECOND / Math.max(1, Long.parseLong(arguments[4]));
    new LoadGenerator(URI.create(arguments[0]), arguments[3], interval).run(connections, seconds);
  }

  private void run(int connections, int seconds) throws InterruptedException {
    long begin = System.nanoTime();
    countedFrom = interval == 0 ? begin : begin + WARM;
    long end = countedFrom + seconds * SECOND;
    CountDownLatch done = new CountDownLatch(connections);
    for (int i = 0; i < connections; i++) {
      long first = begin + i * interval / connections;
      Thread.ofVirtual()
          .start(
              () -> {
                for (long due = first; System.nanoTime() < end; ) {
                  due = converse(due, end);
                }
                done.countDown();
              });
    }
    done.await();
    report((System.nanoTime() - countedFrom) / (double) SECOND);
  }

  /** Until the end or a failure; says when the next request is due. */
  private long converse(long first, long end) {
    long due = first;
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
      socket.connect(address, SOCKET_TIMEOUT_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long now = awaited(due); now < end; now = awaited(due)) {
        long begin = interval == 0 ? now : due;
        due = begin + interval;
        socket.getOutputStream().write(request);
        boolean succeeded = answered(in);
        if (begin - countedFrom >= 0) {
          count(succeeded, System.nanoTime() - begin);
        }
      }
    } catch (IOException e) {
      errors.incrementAndGet();
    }
    return due;
  }

  private void count(boolean succeeded, long nanos) {
    latencies.incrementAndGet((int) Math.min(STEPS - 1, nanos / STEP_NANOS));
    if (!succeeded) {
      errors.incrementAndGet();
    }
  }

  /** Returns when the moment has come, with the time that it is. */
  private static long awaited(long due) {
    long now = System.nanoTime();
    while (now < due) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return now;
  }

  /** Reads one answer with a Content-Length; says whether it was a 2xx. */
  private static boolean answered(InputStream in) throws IOException {
    String status = line(in);
    long length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without Content-Length: " + status);
    }
    in.skipNBytes(length);
    return status.startsWith("HTTP/1.1 2");
  }

  private static String line(InputStream in) throws IOException {
    byte[] bytes = new byte[8192];
    for (int length = 0; length < bytes.length; length++) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the connection was closed");
      }
      if (b == '\n') {
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.ISO_8859_1)
            .stripTrailing();
      }
      bytes[length] = (byte) b;
    }
    throw new IOException("a header line longer than " + bytes.length + " bytes");
  }

  private void report(double seconds) {
    long total = 0;
    for (int i = 0; i < STEPS; i++) {
      total += latencies.get(i);
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f %.2f %.2f %d %d%n",
        total / seconds,
        percentile(total, 50),
        percentile(total, 99),
        total,
        errors.get());
  }

  private double percentile(long total, int percent) {
    long seen = 0;
    for (int i = 0; i < STEPS; i++) {
      seen += latencies.get(i);
      if (seen * 100 >= total * percent) {
        return i * (double) STEP_NANOS / 1e6;
      }
    }
    return 0;
  }
}

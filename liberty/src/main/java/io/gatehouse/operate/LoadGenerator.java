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

/**
 * A plain load over kept-alive connections, for machines that have no better one: prints requests
 * per second, the median and the 99th percentile in milliseconds, requests and errors.
 */
public final class LoadGenerator {

  /** Latencies are counted in steps of ten microseconds, up to a second. */
  private static final int STEP_NANOS = 10_000;

  private static final int STEPS = 100_000;
  private static final int MOST_CONNECTIONS = 4096;
  private static final int SOCKET_TIMEOUT_MILLIS = 30_000;

  private final InetSocketAddress address;
  private final byte[] request;
  private final AtomicLongArray latencies = new AtomicLongArray(STEPS);
  private final AtomicLong errors = new AtomicLong();

  private LoadGenerator(URI target, String header) {
    address = new InetSocketAddress(target.getHost(), target.getPort());
    request =
        ("GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n\r\n"
                .formatted(target.getRawPath(), target.getHost(), target.getPort(), header))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Takes the URL, the number of connections, the seconds and one header line. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 4) {
      System.err.println("usage: LoadGenerator URL CONNECTIONS SECONDS 'Header: value'");
      System.exit(2);
    }
    int connections = Math.clamp(Long.parseLong(arguments[1]), 1, MOST_CONNECTIONS);
    int seconds = Math.max(1, Integer.parseInt(arguments[2]));
    new LoadGenerator(URI.create(arguments[0]), arguments[3]).run(connections, seconds);
  }

  private void run(int connections, int seconds) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    CountDownLatch done = new CountDownLatch(connections);
    for (int i = 0; i < connections; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (System.nanoTime() < end) {
                  converse(end);
                }
                done.countDown();
              });
    }
    done.await();
    report((System.nanoTime() - begin) / 1e9);
  }

  private void converse(long end) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
      socket.connect(address, SOCKET_TIMEOUT_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long now = System.nanoTime(); now < end; ) {
        socket.getOutputStream().write(request);
        if (!answered(in)) {
          errors.incrementAndGet();
        }
        long after = System.nanoTime();
        latencies.incrementAndGet((int) Math.min(STEPS - 1, (after - now) / STEP_NANOS));
        now = after;
      }
    } catch (IOException e) {
      errors.incrementAndGet();
    }
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

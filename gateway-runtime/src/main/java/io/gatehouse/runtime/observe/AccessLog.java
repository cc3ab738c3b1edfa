package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for every request, written by a thread of its own. The queue is bounded:
 * pressure drops lines, counted, and never delays a request. Header values, queries and keys are
 * not in it.
 */
public final class AccessLog implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int MOST_LINES_WAITING = 16_384;
  private static final long BATCH_NANOS = 20_000_000;
  private static final int KEPT_FILES = 4;

  private final Path file;
  private final long rotateAtBytes;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_LINES_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param file rotated to {@code NAME.1} and so on when it has grown to {@code rotateAtBytes}
   */
  public AccessLog(Path file, long rotateAtBytes) throws IOException {
    this.file = file;
    this.rotateAtBytes = rotateAtBytes;
    Files.createDirectories(file.getParent());
    // Functions see this machine's files, and these lines are of all accounts.
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    writer = Thread.ofPlatform().name("access-log").daemon().start(this::write);
  }

  /** Lines that were dropped since the start. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (!lines.offer(line(x, endNanos, bytesSent))) {
      dropped.increment();
    }
  }

  static String line(Exchange x, long endNanos, long bytesSent) {
    StringBuilder out = new StringBuilder(512);
    out.append("{\"requestId\":\"").append(x.id());
    out.append("\",\"requestTimeEpoch\":").append(x.startMillis());
    text(out, "ip", x.request().remoteAddress());
    text(out, "httpMethod", x.request().method());
    text(out, "path", x.request().path());
    text(out, "protocol", x.request().protocol());
    if (x.hasStage()) {
      CompiledStage stage = x.stage();
      text(out, "accountId", stage.account());
      text(out, "apiId", stage.apiId());
      text(out, "stage", stage.stageName());
      text(out, "deploymentId", stage.deploymentId());
    }
    if (x.hasMethod()) {
      CompiledMethod method = x.method();
      text(out, "resourcePath", method.resourcePath());
    }
    if (x.apiKey() != null) {
      text(out, "apiKeyId", x.apiKey().id());
    }
    out.append(",\"status\":").append(x.status());
    out.append(",\"responseLength\":").append(bytesSent);
    out.append(",\"responseLatencyMicros\":").append((endNanos - x.timeline().start()) / 1000);
    if (x.backendNanos() >= 0) {
      out.append(",\"integrationLatencyMicros\":").append(x.backendNanos() / 1000);
    }
    if (x.cacheResult() != null) {
      text(out, "cache", x.cacheResult().text());
    }
    if (x.refusal() != null) {
      text(out, "reason", x.refusal().reason().name());
    }
    return out.append("}\n").toString();
  }

  private static void text(StringBuilder out, String name, String value) {
    out.append(",\"").append(name).append("\":\"");
    if (isPlain(value)) {
      out.append(value).append('"');
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7f) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void write() {
    List<String> batch = new ArrayList<>(1024);
    while (!(closing && lines.isEmpty())) {
      lines.drainTo(batch, 1024);
      if (batch.isEmpty()) {
        // Waking for each line would cost the requests more than the line itself.
        LockSupport.parkNanos(BATCH_NANOS);
      } else {
        append(batch);
        batch.clear();
      }
    }
  }

  private void append(List<String> batch) {
    try {
      if (Files.exists(file) && Files.size(file) >= rotateAtBytes) {
        rotate();
      }
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              64 << 10)) {
        for (String line : batch) {
          out.write(line.getBytes(StandardCharsets.ISO_8859_1)); // all is ASCII in it
        }
      }
    } catch (IOException e) {
      dropped.add(batch.size());
      LOG.error(
          "{} lines of the access log are lost: {} cannot be written: {}",
          batch.size(),
          file,
          e.toString());
    }
  }

  private void rotate() throws IOException {
    for (int i = KEPT_FILES - 1; i >= 0; i--) {
      Path from = i == 0 ? file : file.resolveSibling(file.getFileName() + "." + i);
      if (Files.exists(from)) {
        Files.move(
            from,
            file.resolveSibling(file.getFileName() + "." + (i + 1)),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Writes what waits and ends. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

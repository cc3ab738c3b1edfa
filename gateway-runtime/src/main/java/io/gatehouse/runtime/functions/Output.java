package io.gatehouse.runtime.functions;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a process writes to its standard output and error. Lines belong to the invocation in which
 * they come; what comes between two belongs to the later one. Of a flood a bounded part is kept,
 * and the rest is counted.
 */
final class Output {

  /** Of one invocation. */
  static final int MOST_BYTES = 256 << 10;

  /** The vendor's X-Amz-Log-Result. */
  static final int TAIL_BYTES = 4 << 10;

  private static final int LONGEST_LINE = 8 << 10;
  private static final int SETTLE_ROUNDS = 200;
  private static final long SETTLE_NANOS = 50_000;

  private final InputStream in;
  private final FileInputStream probe;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private List<String> lines = new ArrayList<>();
  private long kept;
  private long dropped;
  private volatile boolean reading;

  /**
   * @param probe the same pipe, which tells how much waits in it; null where there is none
   */
  private Output(InputStream in, FileInputStream probe) {
    this.in = in;
    this.probe = probe;
  }

  /** Reads on a thread of its own until the process and all its children have closed the pipe. */
  static Output of(Process process) {
    FileInputStream probe = null;
    try {
      // The stream of the process itself blocks whoever asks how much there is.
      probe = new FileInputStream("/proc/" + process.pid() + "/fd/1");
    } catch (IOException e) {
      // Then lines may come late and belong to the next invocation.
    }
    Output output = new Output(process.getInputStream(), probe);
    Thread.ofPlatform().name("function-output").daemon().start(output::read);
    return output;
  }

  private void read() {
    byte[] some = new byte[16 << 10];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        reading = true;
        take(some, n);
        reading = false;
      }
    } catch (IOException e) {
      // Closed because the process was ended.
    }
    reading = false;
  }

  private synchronized void take(byte[] some, int n) {
    for (int i = 0; i < n; i++) {
      if (some[i] == '\n') {
        endLine();
      } else {
        line[length++] = some[i];
        if (length == LONGEST_LINE) {
          endLine();
        }
      }
    }
  }

  private void endLine() {
    if (kept + length < MOST_BYTES) {
      kept += length + 1L;
      lines.add(new String(line, 0, length, StandardCharsets.UTF_8));
    } else {
      dropped += length + 1L;
    }
    length = 0;
  }

  /** All lines since the last time, when what the process has written by now is in. */
  List<String> collect() {
    settle();
    synchronized (this) {
      if (length > 0) {
        endLine();
      }
      List<String> all = lines;
      if (dropped > 0) {
        all.add("[" + dropped + " more bytes of output were dropped]");
      }
      lines = new ArrayList<>();
      kept = 0;
      dropped = 0;
      return all;
    }
  }

  /** Waits, but not for long, until the pipe is empty and the reader waits for more. */
  private void settle() {
    int quiet = 0;
    for (int round = 0; round < SETTLE_ROUNDS && quiet < 2; round++) {
      quiet = reading || waiting() > 0 ? 0 : quiet + 1;
      if (quiet < 2) {
        LockSupport.parkNanos(SETTLE_NANOS);
      }
    }
  }

  private int waiting() {
    try {
      return probe == null ? 0 : probe.available();
    } catch (IOException e) {
      return 0;
    }
  }

  void close() {
    try {
      in.close();
      if (probe != null) {
        probe.close();
      }
    } catch (IOException e) {
      // It was closed already.
    }
  }
}

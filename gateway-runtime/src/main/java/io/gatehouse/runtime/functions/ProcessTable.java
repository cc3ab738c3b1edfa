package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of this machine, as Linux shows them in /proc. */
final class ProcessTable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTable.class);
  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 40;
  private static final long PAUSE_NANOS = 10_000_000;

  /**
   * @param uid the real user
   * @param kilobytes of memory that it shares with nobody's files
   * @param gone whether it only waits for its parent
   */
  private record Entry(long pid, int uid, long kilobytes, boolean gone) {}

  /** Users of the range who run something. */
  Set<Integer> uids(Uids.Range range) {
    Set<Integer> uids = new HashSet<>();
    for (Entry entry : entries()) {
      if (range.contains(entry.uid()) && !entry.gone()) {
        uids.add(entry.uid());
      }
    }
    return uids;
  }

  /** Bytes of memory by user. */
  Map<Integer, Long> memory(Uids.Range range) {
    Map<Integer, Long> bytes = new HashMap<>();
    for (Entry entry : entries()) {
      if (range.contains(entry.uid())) {
        bytes.merge(entry.uid(), entry.kilobytes() << 10, Long::sum);
      }
    }
    return bytes;
  }

  /** Bytes of memory of a process and all that came of it, as far as its parentage tells. */
  long memory(ProcessHandle root) {
    long kilobytes = read(root.pid()).kilobytes();
    for (ProcessHandle child : root.descendants().toList()) {
      kilobytes += read(child.pid()).kilobytes();
    }
    return kilobytes << 10;
  }

  /** Whether nothing of the user's runs any more. */
  boolean endAllOf(int uid) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      List<Entry> running = entries().stream().filter(e -> e.uid() == uid && !e.gone()).toList();
      if (running.isEmpty()) {
        return true;
      }
      killAll(uid);
      // A thousand processes take their time to die.
      LockSupport.parkNanos(round * PAUSE_NANOS);
    }
    LOG.error("processes of user {} cannot be ended; it is not used again", uid);
    return false;
  }

  /** All at once, so that none can fork while others are being killed. */
  private static void killAll(int uid) throws IOException {
    String user = Integer.toString(uid);
    ProcessBuilder kill =
        new ProcessBuilder(
            "setpriv",
            "--reuid",
            user,
            "--regid",
            user,
            "--clear-groups",
            "sh",
            "-c",
            "kill -KILL -1");
    kill.environment().clear();
    kill.environment().put("PATH", Commands.PATH);
    kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      kill.start().waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Entry> entries() {
    List<Entry> all = new ArrayList<>(256);
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        all.add(read(Long.parseLong(process.getFileName().toString())));
      }
    } catch (IOException | NumberFormatException e) {
      LOG.error("the processes of this machine cannot be read from /proc: {}", e.toString());
    }
    return all;
  }

  private static Entry read(long pid) {
    int uid = -1;
    long kilobytes = 0;
    boolean gone = false;
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
        if (line.startsWith("State:")) {
          gone = line.contains("Z");
        } else if (line.startsWith("Uid:")) {
          uid = (int) number(line);
        } else if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
          kilobytes += number(line);
        }
      }
    } catch (IOException | RuntimeException e) {
      // It ended while it was looked at.
    }
    return new Entry(pid, uid, kilobytes, gone);
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(':') + 1).strip().split("\\s+")[0]);
  }
}

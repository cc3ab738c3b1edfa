package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Users that execution environments run as, one for each. A user is held by the lock of a file that
 * all nodes of this machine see, so a node that was killed lets go of its own; whoever takes one
 * ends what still runs under it.
 */
final class Uids {

  /** Both inclusive. */
  record Range(int first, int last) {
    boolean contains(int uid) {
      return uid >= first && uid <= last;
    }
  }

  private static final Path LOCKS = Path.of("/run/gatehouse-functions");

  private final Range range;
  private final ProcessTable processes;
  private final Map<Integer, FileChannel> held = new HashMap<>();
  private int last;

  Uids(Range range, ProcessTable processes) {
    this.range = range;
    this.processes = processes;
    this.last = range.last();
  }

  /** Ends what nodes that are gone have left running. */
  void sweep() throws IOException {
    Files.createDirectories(
        LOCKS, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Set<Integer> running = processes.uids(range);
    for (int uid : running) {
      if (take(uid)) {
        give(uid);
      }
    }
  }

  /**
   * A user that nobody has; empty when all are taken. Taken in turn, so that none is used soon
   * again.
   */
  synchronized Optional<Integer> take() throws IOException {
    int many = range.last() - range.first() + 1;
    for (int tried = 0; tried < many; tried++) {
      last = last == range.last() ? range.first() : last + 1;
      if (take(last)) {
        return Optional.of(last);
      }
    }
    return Optional.empty();
  }

  private synchronized boolean take(int uid) throws IOException {
    if (held.containsKey(uid)) {
      return false;
    }
    FileChannel channel =
        FileChannel.open(
            LOCKS.resolve(Integer.toString(uid)),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return false;
    }
    if (!processes.endAllOf(uid)) {
      channel.close();
      return false;
    }
    held.put(uid, channel);
    return true;
  }

  synchronized void give(int uid) {
    FileChannel channel = held.remove(uid);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process at the latest.
      }
    }
  }
}

package io.gatehouse.runtime.functions;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Whose the other end of a connection on this machine is, as the kernel tells. */
final class PeerOwner {

  /** A program may speak IPv4 through a socket of IPv6. */
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int UID = 7;

  private PeerOwner() {}

  /**
   * @param peerPort the other end's port
   * @param port ours
   * @return the owner's user id; empty where the kernel does not tell
   */
  static OptionalInt uid(int peerPort, int port) {
    for (Path table : TABLES) {
      OptionalInt found = uid(table, peerPort, port);
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt uid(Path table, int peerPort, int port) {
    String local = String.format(":%04X", peerPort);
    String remote = String.format(":%04X", port);
    try (BufferedReader lines = Files.newBufferedReader(table)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(local)) {
          String[] columns = line.strip().split("\\s+");
          if (columns.length > UID
              && columns[LOCAL].endsWith(local)
              && columns[REMOTE].endsWith(remote)) {
            return OptionalInt.of(Integer.parseInt(columns[UID]));
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      // A system that does not tell.
    }
    return OptionalInt.empty();
  }
}

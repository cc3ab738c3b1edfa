package io.gatehouse.runtime.sink;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Up to which number a spool's records have arrived, kept beside them. */
final class SinkPosition {

  private final Path file;
  private volatile long number;

  /** Goes on where a process before was. */
  SinkPosition(Path spool) throws IOException {
    file = spool.resolve("position");
    if (Files.exists(file)) {
      try {
        number = Long.parseLong(Files.readString(file).strip());
      } catch (NumberFormatException damaged) {
        number = 0; // what is still there is sent once more
      }
    }
  }

  long number() {
    return number;
  }

  void move(long to) throws IOException {
    if (to == number) {
      return;
    }
    Path written = file.resolveSibling("position.new");
    Files.writeString(written, Long.toString(to));
    try {
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
    number = to;
  }
}

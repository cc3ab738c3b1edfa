package io.gatehouse.runtime.backend;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The first bytes of a body, kept while it moves. */
final class Beginning {

  private final int most;
  private byte[] bytes = {};

  Beginning(int most) {
    this.most = most;
  }

  void add(Buffer piece) {
    int taken = Math.min(piece.length(), most - bytes.length);
    if (taken > 0) {
      int size = bytes.length;
      bytes = Arrays.copyOf(bytes, size + taken);
      piece.getBytes(0, taken, bytes, size);
    }
  }

  byte[] bytes() {
    return bytes;
  }
}

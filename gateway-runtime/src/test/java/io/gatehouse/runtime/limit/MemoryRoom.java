package io.gatehouse.runtime.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A disk of a simulated node: outlives its process. */
final class MemoryRoom implements Journal.Room {

  private static final int SLOTS = 4;

  private final List<ByteBuffer> chunks = new ArrayList<>();

  @Override
  public ByteBuffer chunk(int index) {
    while (chunks.size() <= index) {
      chunks.add(ByteBuffer.allocateDirect(SLOTS * Journal.SLOT));
    }
    return chunks.get(index);
  }

  @Override
  public int chunks() {
    return chunks.size();
  }

  Journal journal(String node) {
    try {
      return new Journal(node, this, 1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

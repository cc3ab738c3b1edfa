package io.gatehouse.runtime.exchange;

/**
 * A message's content: nothing, bytes in hand, or a stream that only the door and the backends know
 * how to move.
 */
public interface Body {

  /** No content at all. */
  Body EMPTY = new Bytes(new byte[0]);

  /** In bytes, or -1 when only the end of the stream will tell. */
  long length();

  /** Content in hand. */
  record Bytes(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }
  }
}

package io.gatehouse.runtime.exchange;

/** A message's content: nothing, bytes in hand, or a stream. */
public interface Body {

  /** No content at all. */
  Body EMPTY = new Bytes(new byte[0]);

  /** In bytes, or -1 when only the end of the stream will tell. */
  long length();

  /** Hands over the whole content, at once or when it has arrived. Asked for at most once. */
  void gather(Gathering into);

  /** Content in hand. */
  record Bytes(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void gather(Gathering into) {
      into.whole(bytes);
    }
  }

  /** Content on its way, which only the door and the backends know how to move. */
  interface Stream extends Body {

    /**
     * The same content compressed while it moves; its length is not known.
     *
     * @param gzip whether in gzip's format, else in zlib's
     */
    Stream compressed(boolean gzip);

    /**
     * The same content, of which a copy is made while it moves, before it is compressed.
     *
     * @param most bytes of a copy; a larger content moves on without one
     */
    Stream copied(int most, Copy into);

    /** Has the first bytes kept while it moves, of what arrives. */
    void remember(int most);

    /** What was kept of it so far. */
    byte[] remembered();
  }

  /**
   * Where the copy of a content goes that moves elsewhere; one of the two is called, at most once.
   */
  interface Copy {
    void whole(byte[] content);

    /** There will be none. */
    void none();
  }
}

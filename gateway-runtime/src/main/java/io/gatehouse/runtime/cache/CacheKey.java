package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.SnapshotCodec;
import java.nio.charset.StandardCharsets;

/** Under which an answer is kept: equal for requests whose answers are the same, and no others. */
final class CacheKey {

  /** Longer ones are kept as their hash. */
  private static final int MOST_CHARACTERS = 1024;

  private final String space;
  private final String rest;
  private final int hash;

  /**
   * @param space of the method's entries
   * @param rest what of the request is in the key
   */
  CacheKey(String space, String rest) {
    this.space = space;
    this.rest = rest.length() > MOST_CHARACTERS ? "#" + digest(rest) : rest;
    this.hash = 31 * space.hashCode() + this.rest.hashCode();
  }

  static String digest(String text) {
    return SnapshotCodec.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  String space() {
    return space;
  }

  String rest() {
    return rest;
  }

  /** All of it; no two keys have the same. */
  String text() {
    return space + rest;
  }

  /** Bytes, about. */
  int weight() {
    return 64 + rest.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheKey key
        && hash == key.hash
        && space.equals(key.space)
        && rest.equals(key.rest);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Without what callers have sent. */
  @Override
  public String toString() {
    return space;
  }
}

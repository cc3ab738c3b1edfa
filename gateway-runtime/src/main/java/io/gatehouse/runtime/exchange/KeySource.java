package io.gatehouse.runtime.exchange;

/** One part of a request that is part of the key under which its answer is kept. */
public interface KeySource {

  /** Appends it so that no two requests that differ in it have the same key. */
  void appendTo(StringBuilder key, Exchange x);

  /** Appends a value with its length, so that it cannot be taken for two. */
  static void append(StringBuilder key, String value) {
    key.append(value.length()).append(':').append(value);
  }
}

package io.gatehouse.runtime.json;

/** A text is no JSON path that we follow; the message is for its author. */
public final class InvalidPath extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidPath(String message) {
    super(message, null, false, false);
  }
}

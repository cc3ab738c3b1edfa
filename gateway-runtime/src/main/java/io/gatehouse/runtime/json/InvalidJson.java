package io.gatehouse.runtime.json;

/**
 * A text is no JSON, or a value cannot be written as JSON. Without a stack: callers send broken
 * bodies all day.
 */
public final class InvalidJson extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean tooLong;

  InvalidJson(String message) {
    this(message, false);
  }

  InvalidJson(String message, boolean tooLong) {
    super(message, null, false, false);
    this.tooLong = tooLong;
  }

  /** Whether nothing is wrong but that the text would come to more than it may. */
  public boolean isTooLong() {
    return tooLong;
  }
}

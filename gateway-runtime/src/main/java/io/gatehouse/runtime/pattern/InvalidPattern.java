package io.gatehouse.runtime.pattern;

/** A pattern that is no regular expression, or one larger than we read; says what and where. */
public final class InvalidPattern extends Exception {

  private static final long serialVersionUID = 1L;

  private final int position;

  InvalidPattern(String what, int position) {
    super(what + " at position " + position);
    this.position = position;
  }

  /** Where in the pattern, counted in characters from 0; at most the pattern's length. */
  public int position() {
    return position;
  }
}

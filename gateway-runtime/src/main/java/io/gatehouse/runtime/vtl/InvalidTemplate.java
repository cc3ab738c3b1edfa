package io.gatehouse.runtime.vtl;

/** A text is no template that we render; the message is a sentence for its author. */
public final class InvalidTemplate extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  InvalidTemplate(String sentence, int line, int column) {
    super(sentence + " (line " + line + ", column " + column + ")", null, false, false);
    this.line = line;
    this.column = column;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }

  /** Counted from 1. */
  public int column() {
    return column;
  }
}

package io.gatehouse.runtime.vtl;

/**
 * A template was stopped while it was rendered. Without a stack: it is the tenant's template that
 * went wrong, at the line and column given.
 */
public final class TemplateFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** A #foreach went round more than {@link Limits#LOOP} times. */
    LOOP_TOO_LONG,
    /** The output grew past {@link Limits#TEXT} characters. */
    OUTPUT_TOO_LARGE,
    /** A string, a number, a list or a map grew past its bound, or all together did. */
    VALUE_TOO_LARGE,
    /** Macros, definitions, strings or values are nested too deeply. */
    TOO_DEEP,
    /** The body was asked for as JSON, and is none. */
    BODY_NOT_JSON,
    /** {@code $util.parseJson} was given a text that is no JSON. */
    NOT_JSON,
    /** A JSON path made while rendering is none. */
    INVALID_PATH,
    /** A regular expression is none, or one that we do not run. */
    INVALID_PATTERN,
    /** A method was called with something that it throws at: a place out of range, no number. */
    BAD_ARGUMENT
  }

  private final Kind kind;
  private final int line;
  private final int column;

  TemplateFailure(Kind kind, String sentence, int line, int column) {
    super(sentence + " (line " + line + ", column " + column + ")", null, false, false);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  /** Why the template was stopped. */
  public Kind kind() {
    return kind;
  }

  /** Of the place in the template, counted from 1. */
  public int line() {
    return line;
  }

  /** Of the place in the template, counted from 1. */
  public int column() {
    return column;
  }
}

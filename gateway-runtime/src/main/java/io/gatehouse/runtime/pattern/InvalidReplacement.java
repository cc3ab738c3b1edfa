package io.gatehouse.runtime.pattern;

/**
 * A replacement that names a group the pattern does not have, or ends in the middle of a reference.
 * As with {@link java.util.regex.Matcher}, found out at the first match and not before.
 */
public final class InvalidReplacement extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidReplacement(String what) {
    super(what);
  }
}

package io.gatehouse.runtime.pattern;

import java.util.List;

/** A part of a pattern as it was read. */
sealed interface Node {

  /** How a repeat tries: most first, least first, or most and never less. */
  enum Greed {
    GREEDY,
    RELUCTANT,
    POSSESSIVE
  }

  /** {@code a}, {@code [a-z]}, {@code .} */
  record OneOf(CodePoints set) implements Node {}

  /** Nothing, or one after the other. */
  record Sequence(List<Node> parts) implements Node {}

  /** {@code a|b} */
  record Alternation(List<Node> branches) implements Node {}

  /**
   * {@code (a)} and {@code (?:a)}
   *
   * @param number 0 if it does not capture
   */
  record Group(Node body, int number) implements Node {}

  /** {@code a*}; no end is {@link #NO_END}. */
  record Repeat(Node body, int min, int max, Greed greed) implements Node {}

  /** {@code (?>a)} */
  record Atomic(Node body) implements Node {}

  /** {@code (?=a)} and {@code (?!a)} */
  record Ahead(Node body, boolean negative) implements Node {}

  /**
   * {@code (?<=a)} and {@code (?<!a)}
   *
   * @param byCodePoints whether the lengths count code points, not characters
   */
  record Behind(Node body, boolean negative, int min, int max, boolean byCodePoints)
      implements Node {}

  /** {@code ^}, {@code \b} */
  record At(Boundary boundary) implements Node {}

  /** {@code \R}: the only thing of one or two characters that is no group. */
  record LineEnding() implements Node {}

  /** {@code \1} */
  record BackReference(int group, boolean ignoreCase, boolean unicodeCase) implements Node {}

  int NO_END = Integer.MAX_VALUE;

  Node EMPTY = new Sequence(List.of());
}

package io.gatehouse.runtime.pattern;

import java.util.ArrayList;

/** What a match must begin with, so that a search can pass over the rest. */
final class Beginning {

  private Beginning() {}

  /** Null if it is not known, or a match may be empty. */
  static CodePoints first(Node node) {
    return switch (node) {
      case Node.OneOf one -> one.set();
      case Node.Group group -> first(group.body());
      case Node.Atomic atomic -> first(atomic.body());
      case Node.Repeat repeat -> repeat.min() > 0 ? first(repeat.body()) : null;
      case Node.Sequence sequence -> firstOf(sequence);
      case Node.Alternation alternation -> firstOf(alternation);
      case Node.At at -> null;
      case Node.Ahead ahead -> null;
      case Node.Behind behind -> null;
      case Node.LineEnding ending -> null;
      case Node.BackReference reference -> null;
    };
  }

  static boolean isAnchored(Node node) {
    return switch (node) {
      case Node.At at -> at.boundary() == Boundary.BEGIN;
      case Node.Group group -> isAnchored(group.body());
      case Node.Sequence sequence ->
          !sequence.parts().isEmpty() && isAnchored(sequence.parts().getFirst());
      default -> false;
    };
  }

  private static CodePoints firstOf(Node.Sequence sequence) {
    for (var part : sequence.parts()) {
      if (!isZeroWidth(part)) {
        return first(part);
      }
    }
    return null;
  }

  private static CodePoints firstOf(Node.Alternation alternation) {
    var all = new ArrayList<CodePoints>();
    for (var branch : alternation.branches()) {
      var first = first(branch);
      if (first == null) {
        return null;
      }
      all.add(first);
    }
    return CodePoints.union(all);
  }

  private static boolean isZeroWidth(Node node) {
    return node instanceof Node.At || node instanceof Node.Ahead || node instanceof Node.Behind;
  }
}

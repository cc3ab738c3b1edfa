package io.gatehouse.runtime.pattern;

import java.util.ArrayList;
import java.util.List;

/** Reads what stands in square brackets. */
final class ClassParser {

  private final Source source;
  private final EscapeParser escapes;
  private final int maxDepth;

  ClassParser(Source source, EscapeParser escapes, int maxDepth) {
    this.source = source;
    this.escapes = escapes;
    this.maxDepth = maxDepth;
  }

  /** The opening bracket is taken; takes the closing one. */
  CodePoints bracketed(Flags flags, int depth) throws InvalidPattern {
    var at = source.cursor();
    var negated = source.peekRaw() == '^';
    if (negated) {
      source.nextRaw();
    }
    var set = members(flags, depth, at);
    source.next();
    return negated ? set.negate() : set;
  }

  /** Up to a closing bracket, which is left. */
  private CodePoints members(Flags flags, int depth, int at) throws InvalidPattern {
    if (depth > maxDepth) {
      throw source.invalid("classes nested too deeply");
    }
    var found = new Members();
    for (; ; ) {
      var symbol = source.peek();
      if (symbol == Source.END) {
        throw source.invalid("a class without its ]", at);
      } else if (symbol == ']' && !found.isEmpty()) {
        return checked(found.all(), at);
      } else if (source.take('[')) {
        found.add(bracketed(flags, depth + 1));
      } else if (source.take('&', '&')) {
        var right = right(flags, depth, at);
        if (right != null) {
          found.intersect(right);
        } else if (!found.intersectWithLast()) {
          throw source.invalid("an intersection with nothing");
        }
      } else {
        member(found, flags);
      }
    }
  }

  /**
   * What is right of {@code &&}: all up to the next one after brackets; null if there is nothing.
   */
  private CodePoints right(Flags flags, int depth, int at) throws InvalidPattern {
    var parts = new ArrayList<CodePoints>();
    for (var symbol = source.peek(); symbol != ']' && symbol != '&'; symbol = source.peek()) {
      if (symbol == Source.END) {
        throw source.invalid("a class without its ]", at);
      }
      parts.add(source.take('[') ? bracketed(flags, depth + 1) : members(flags, depth + 1, at));
    }
    return parts.isEmpty() ? null : CodePoints.union(parts);
  }

  private void member(Members found, Flags flags) throws InvalidPattern {
    var at = source.cursor();
    var low = source.next();
    if (low == '\\') {
      var set = escapes.set(flags);
      if (set != null) {
        found.add(set);
        return;
      }
      low = escapes.character();
    }
    low = Source.codePoint(low);
    var high = rangeEnd();
    if (high < 0) {
      found.addSingle(low, Letters.single(low, flags));
    } else if (high < low) {
      throw source.invalid("a range from a greater to a lesser character", at);
    } else {
      found.add(Letters.range(low, high, flags));
    }
  }

  /** The character after a hyphen that makes a range; -1 if there is no such hyphen. */
  private int rangeEnd() throws InvalidPattern {
    var before = source.cursor();
    if (!source.take('-')) {
      return -1;
    }
    var raw = source.peekRaw();
    if (raw == '[' || raw == ']' || raw == Source.END) {
      source.backTo(before);
      return -1;
    }
    var next = source.next();
    if (next != '\\') {
      return Source.codePoint(next);
    }
    if (escapes.set(Flags.NONE) != null) {
      throw source.invalid("a range that ends in a class", before);
    }
    return escapes.character();
  }

  private CodePoints checked(CodePoints set, int at) throws InvalidPattern {
    if (set.depth() > maxDepth) {
      throw source.invalid("classes nested too deeply", at);
    }
    return set;
  }

  /**
   * What a class has so far. Single characters of the first 256 are kept apart: once named they are
   * members again after an intersection when another such character follows it. That is how {@code
   * java.util.regex} reads them.
   */
  private static final class Members {

    private final List<CodePoints> singles = new ArrayList<>();
    private List<CodePoints> others = new ArrayList<>();
    private CodePoints last;
    private boolean pending;

    boolean isEmpty() {
      return others.isEmpty() && !pending;
    }

    void add(CodePoints set) {
      others.add(set);
      last = set;
    }

    void addSingle(int codePoint, CodePoints set) {
      if (codePoint < CodePoints.TABLE) {
        singles.add(set);
        pending = true;
        last = null;
      } else {
        add(set);
      }
    }

    void intersect(CodePoints right) {
      var both = isEmpty() ? right : all().and(right);
      others = new ArrayList<>(List.of(both));
      pending = false;
      last = right;
    }

    /** What {@code &&} with nothing to its right means; false if it means nothing. */
    boolean intersectWithLast() {
      if (isEmpty() || (last == null && !others.isEmpty())) {
        return false;
      }
      intersect(last == null ? all() : last);
      return true;
    }

    CodePoints all() {
      if (pending) {
        others.addAll(singles);
        pending = false;
      }
      return CodePoints.union(others);
    }
  }
}

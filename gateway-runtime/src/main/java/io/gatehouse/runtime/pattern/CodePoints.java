package io.gatehouse.runtime.pattern;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A set of code points. The first 256 are a table; the others are asked of a predicate, which may
 * be a long list and then costs accordingly.
 */
final class CodePoints {

  static final int TABLE = 256;

  private static final int WORDS = TABLE / Long.SIZE;

  private final long[] table;
  private final IntPredicate others;
  private final int cost;
  private final int depth;
  private final boolean basic;
  private final int only;

  private CodePoints(
      long[] table, IntPredicate others, int cost, int depth, boolean basic, int only) {
    this.table = table;
    this.others = others;
    this.cost = cost;
    this.depth = depth;
    this.basic = basic;
    this.only = only;
  }

  static CodePoints single(int codePoint) {
    var table = new long[WORDS];
    if (codePoint < TABLE) {
      table[codePoint >> 6] |= 1L << codePoint;
    }
    return new CodePoints(table, c -> c == codePoint, 1, 1, isBasic(codePoint), codePoint);
  }

  static CodePoints range(int low, int high) {
    var basic =
        high < Character.MIN_SURROGATE
            || (low > Character.MAX_SURROGATE && high < Character.MIN_SUPPLEMENTARY_CODE_POINT);
    return where(c -> low <= c && c <= high, basic);
  }

  /** Whatever the predicate says; it must be cheap. */
  static CodePoints where(IntPredicate predicate) {
    return where(predicate, false);
  }

  /**
   * @param basic whether all members are of the Basic Multilingual Plane and no surrogates
   */
  static CodePoints where(IntPredicate predicate, boolean basic) {
    var table = new long[WORDS];
    for (int c = 0; c < TABLE; c++) {
      if (predicate.test(c)) {
        table[c >> 6] |= 1L << c;
      }
    }
    return new CodePoints(table, predicate, 1, 1, basic, -1);
  }

  static CodePoints union(List<CodePoints> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var table = new long[WORDS];
    var cost = 1;
    var depth = 1;
    var basic = true;
    for (var part : parts) {
      for (int i = 0; i < WORDS; i++) {
        table[i] |= part.table[i];
      }
      cost += part.cost;
      depth = Math.max(depth, part.depth + 1);
      basic &= part.basic;
    }
    var all = parts.stream().map(p -> p.others).toArray(IntPredicate[]::new);
    return new CodePoints(table, c -> any(all, c), cost, depth, basic, -1);
  }

  CodePoints and(CodePoints other) {
    var both = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      both[i] = table[i] & other.table[i];
    }
    var left = others;
    var right = other.others;
    return new CodePoints(
        both,
        c -> left.test(c) && right.test(c),
        cost + other.cost,
        Math.max(depth, other.depth) + 1,
        basic && other.basic,
        -1);
  }

  CodePoints negate() {
    var not = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      not[i] = ~table[i];
    }
    return new CodePoints(not, others.negate(), cost, depth + 1, false, -1);
  }

  boolean contains(int codePoint) {
    return codePoint < TABLE ? inTable(codePoint) : others.test(codePoint);
  }

  /** Members among the first 256, which cost one step to ask. */
  boolean inTable(int codePoint) {
    return (table[codePoint >> 6] & 1L << codePoint) != 0;
  }

  /** Steps that asking for a code point beyond the table costs. */
  int cost() {
    return cost;
  }

  /** How deep predicates call each other. */
  int depth() {
    return depth;
  }

  /**
   * Whether its members are known to be of the Basic Multilingual Plane. A search with a pattern of
   * such members alone may begin between the halves of a surrogate pair.
   */
  boolean basic() {
    return basic;
  }

  /** The only member, if it is made of one; otherwise -1. */
  int only() {
    return only;
  }

  static boolean isBasic(int codePoint) {
    return codePoint < Character.MIN_SURROGATE
        || (codePoint > Character.MAX_SURROGATE
            && codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT);
  }

  private static boolean any(IntPredicate[] all, int c) {
    for (var one : all) {
      if (one.test(c)) {
        return true;
      }
    }
    return false;
  }
}

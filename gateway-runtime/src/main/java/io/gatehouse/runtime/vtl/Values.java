package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What holds for values of every kind. */
final class Values {

  private Values() {}

  /**
   * Whether the value may be the key of a map, which has it looked at: what holds others may not,
   * for it could come to hold itself.
   */
  static boolean isKey(Object value, Rendering r) {
    if (value instanceof String s) {
      r.budget.spend(s.length() >> 4);
      return true;
    }
    return value instanceof Number || value instanceof Boolean;
  }

  static boolean isTrue(Object value) {
    return value instanceof Boolean b ? b : value != null && value != Nothing.NOTHING;
  }

  static String joined(String a, String b, Rendering r) {
    if (a.length() + b.length() > Limits.TEXT) {
      throw r.failure(Kind.VALUE_TOO_LARGE, "A string has at most " + Limits.TEXT + " characters");
    }
    r.characters(a.length() + b.length());
    return a.concat(b);
  }

  /** What a #foreach goes through, one more than it may at most; null when it cannot. */
  static Object[] items(Object list, Rendering r) {
    Collection<?> all =
        switch (list) {
          case Collection<?> c -> c;
          case Map<?, ?> map -> map.values();
          case OverrideMap map -> map.values().values();
          case null, default -> null;
        };
    if (all == null) {
      return null;
    }
    int size = Math.min(all.size(), Limits.LOOP + 1);
    r.budget.spend(size);
    Object[] items = new Object[size];
    Iterator<?> each = all.iterator();
    for (int i = 0; i < size; i++) {
      items[i] = each.next();
    }
    return items;
  }

  /** {@code ==}: numbers by value, things of a kind as Java compares them, others as text. */
  static boolean equal(Object a, Object b, Rendering r) {
    if (a == Nothing.NOTHING || b == Nothing.NOTHING) {
      return isNothing(a) && isNothing(b);
    }
    if (a == null || b == null) {
      return a == b;
    }
    if (a instanceof Number m && b instanceof Number n) {
      return Numbers.compare(m, n) == 0;
    }
    if (isAlike(a, b)) {
      return same(a, b, r);
    }
    return Printer.text(a, r).equals(Printer.text(b, r));
  }

  private static boolean isNothing(Object value) {
    return value == null || value == Nothing.NOTHING || "".equals(value);
  }

  private static boolean isAlike(Object a, Object b) {
    return a.getClass() == b.getClass()
        || (a instanceof Collection<?> && b instanceof Collection<?>)
        || (a instanceof Map<?, ?> && b instanceof Map<?, ?>);
  }

  /** As Java's equals, but bounded: values may hold themselves. */
  static boolean same(Object a, Object b, Rendering r) {
    return same(a, b, r, 0);
  }

  private static boolean same(Object a, Object b, Rendering r, int depth) {
    r.budget.spend(1);
    if (a == b) {
      return true;
    }
    if (depth > Limits.VALUE_DEPTH) {
      throw r.failure(Kind.TOO_DEEP, "Values are nested too deeply to be compared");
    }
    if (a instanceof List<?> list) {
      return b instanceof List<?> other && sameList(list, other, r, depth);
    }
    if (a instanceof Map<?, ?> map) {
      return b instanceof Map<?, ?> other && sameMap(map, other, r, depth);
    }
    if (a instanceof Map.Entry<?, ?> entry) {
      return b instanceof Map.Entry<?, ?> other
          && same(entry.getKey(), other.getKey(), r, depth + 1)
          && same(entry.getValue(), other.getValue(), r, depth + 1);
    }
    if (a instanceof String s) {
      r.budget.spend(s.length() >> 4);
    }
    return a != null && a.equals(b);
  }

  private static boolean sameList(List<?> a, List<?> b, Rendering r, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i), r, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMap(Map<?, ?> a, Map<?, ?> b, Rendering r, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      if (!b.containsKey(entry.getKey())
          || !same(entry.getValue(), b.get(entry.getKey()), r, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  static int indexOf(List<?> list, Object value, Rendering r) {
    for (int i = 0; i < list.size(); i++) {
      if (same(list.get(i), value, r)) {
        return i;
      }
    }
    return -1;
  }
}

package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a filter asks of each element. */
sealed interface Condition {

  /**
   * @param here the element asked, {@code @}
   * @param root of the document, {@code $}
   */
  boolean holds(Object here, Object root, Budget budget);

  /** All of them hold. */
  record And(List<Condition> all) implements Condition {
    @Override
    public boolean holds(Object here, Object root, Budget budget) {
      for (Condition condition : all) {
        if (!condition.holds(here, root, budget)) {
          return false;
        }
      }
      return true;
    }
  }

  /** One of them holds. */
  record Or(List<Condition> any) implements Condition {
    @Override
    public boolean holds(Object here, Object root, Budget budget) {
      for (Condition condition : any) {
        if (condition.holds(here, root, budget)) {
          return true;
        }
      }
      return false;
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Object here, Object root, Budget budget) {
      return !condition.holds(here, root, budget);
    }
  }

  /** The path leads somewhere. */
  record Exists(Operand.Path path) implements Condition {
    @Override
    public boolean holds(Object here, Object root, Budget budget) {
      return path.value(here, root, budget) != JsonPath.MISSING;
    }
  }

  /** Two values compared. */
  record Comparison(Operand left, Operator operator, Operand right) implements Condition {
    @Override
    public boolean holds(Object here, Object root, Budget budget) {
      budget.spend(1);
      Object a = left.value(here, root, budget);
      Object b = right.value(here, root, budget);
      return operator.holds(a, b, budget);
    }
  }

  /** A side of a comparison. */
  sealed interface Operand {

    Object value(Object here, Object root, Budget budget);

    /** As written. */
    record Literal(Object value) implements Operand {
      @Override
      public Object value(Object here, Object root, Budget budget) {
        return value;
      }
    }

    /** Read from the element, or from the root. */
    record Path(JsonPath path, boolean fromRoot) implements Operand {
      @Override
      public Object value(Object here, Object root, Budget budget) {
        return path.from(fromRoot ? root : here, root, budget);
      }
    }
  }

  /** How two values are compared. */
  enum Operator {
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
    IN,
    NOT_IN,
    CONTAINS,
    SIZE,
    EMPTY;

    boolean holds(Object a, Object b, Budget budget) {
      return switch (this) {
        case EQUAL -> same(a, b, budget, 0);
        case UNEQUAL -> !same(a, b, budget, 0);
        case LESS -> order(a, b) < 0 && ordered(a, b);
        case AT_MOST -> order(a, b) <= 0 && ordered(a, b);
        case MORE -> order(a, b) > 0 && ordered(a, b);
        case AT_LEAST -> order(a, b) >= 0 && ordered(a, b);
        case IN -> has(b, a, budget);
        case NOT_IN -> b instanceof Collection<?> && !has(b, a, budget);
        case CONTAINS -> a instanceof String s ? s.contains(String.valueOf(b)) : has(a, b, budget);
        case SIZE -> b instanceof Number n && size(a) == n.intValue();
        case EMPTY -> b instanceof Boolean wanted && size(a) >= 0 && (size(a) == 0) == wanted;
      };
    }

    private static boolean has(Object list, Object item, Budget budget) {
      if (list instanceof Collection<?> items) {
        for (Object one : items) {
          if (same(one, item, budget, 0)) {
            return true;
          }
        }
      }
      return false;
    }

    private static int size(Object value) {
      return switch (value) {
        case Collection<?> list -> list.size();
        case Map<?, ?> map -> map.size();
        case String s -> s.length();
        case null, default -> -1;
      };
    }

    private static boolean ordered(Object a, Object b) {
      return (a instanceof Number && b instanceof Number)
          || (a instanceof String && b instanceof String);
    }

    private static int order(Object a, Object b) {
      if (a instanceof Number m && b instanceof Number n) {
        return compare(m, n);
      }
      return a instanceof String s && b instanceof String t ? s.compareTo(t) : 0;
    }

    private static int compare(Number m, Number n) {
      if (m instanceof Integer i && n instanceof Integer j) {
        return Integer.compare(i, j);
      }
      return exact(m).compareTo(exact(n));
    }

    private static BigDecimal exact(Number n) {
      return switch (n) {
        case BigDecimal d -> d;
        case BigInteger i -> new BigDecimal(i);
        case Double d -> BigDecimal.valueOf(d);
        default -> BigDecimal.valueOf(n.longValue());
      };
    }

    private static boolean same(Object a, Object b, Budget budget, int depth) {
      budget.spend(1);
      if (a == b) {
        return true;
      }
      if (a instanceof Number m && b instanceof Number n) {
        return compare(m, n) == 0;
      }
      if (depth > Json.MAX_DEPTH) {
        return false;
      }
      if (a instanceof List<?> list && b instanceof List<?> other) {
        return sameList(list, other, budget, depth);
      }
      if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
        return sameMap(map, other, budget, depth);
      }
      return !(a instanceof Collection<?>) && !(a instanceof Map<?, ?>) && Objects.equals(a, b);
    }

    private static boolean sameList(List<?> a, List<?> b, Budget budget, int depth) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i), budget, depth + 1)) {
          return false;
        }
      }
      return true;
    }

    private static boolean sameMap(Map<?, ?> a, Map<?, ?> b, Budget budget, int depth) {
      if (a.size() != b.size()) {
        return false;
      }
      for (Map.Entry<?, ?> entry : a.entrySet()) {
        if (!b.containsKey(entry.getKey())
            || !same(entry.getValue(), b.get(entry.getKey()), budget, depth + 1)) {
          return false;
        }
      }
      return true;
    }
  }
}

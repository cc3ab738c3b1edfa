package io.gatehouse.runtime.vtl;

import java.util.List;

/** Expressions made of expressions. Chains are walked in a loop, so that none is too deep. */
final class Operators {

  private Operators() {}

  /** {@code a && b && c}. */
  record And(List<Expression> all) implements Expression {
    @Override
    public Object value(Rendering r) {
      return holds(r);
    }

    @Override
    public boolean holds(Rendering r) {
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).holds(r)) {
          return false;
        }
      }
      return true;
    }
  }

  /** {@code a || b || c}. */
  record Or(List<Expression> any) implements Expression {
    @Override
    public Object value(Rendering r) {
      return holds(r);
    }

    @Override
    public boolean holds(Rendering r) {
      for (int i = 0; i < any.size(); i++) {
        if (any.get(i).holds(r)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code !a}. */
  record Not(Expression operand) implements Expression {
    @Override
    public Object value(Rendering r) {
      return holds(r);
    }

    @Override
    public boolean holds(Rendering r) {
      return !operand.holds(r);
    }
  }

  /** {@code a < b == c}: each answer is the left side of the next comparison. */
  record Comparisons(Expression first, List<Comparison> rest) implements Expression {
    @Override
    public Object value(Rendering r) {
      Object left = first.value(r);
      for (int i = 0; i < rest.size(); i++) {
        r.budget.spend(1);
        Comparison next = rest.get(i);
        left = next.operator.holds(left, next.right.value(r), r);
      }
      return left;
    }

    @Override
    public boolean holds(Rendering r) {
      return Boolean.TRUE.equals(value(r));
    }
  }

  /** A comparison with what is on its left. */
  record Comparison(Comparator operator, Expression right) {}

  /** How two values are compared. */
  enum Comparator {
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST;

    boolean holds(Object a, Object b, Rendering r) {
      return switch (this) {
        case EQUAL -> Values.equal(a, b, r);
        case UNEQUAL -> !Values.equal(a, b, r);
        default -> a instanceof Number m && b instanceof Number n && holds(Numbers.compare(m, n));
      };
    }

    private boolean holds(int order) {
      return switch (this) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case MORE -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** {@code a + b - c}, {@code a * b / c}; with a string on either side + joins. */
  record Calculation(Expression first, List<Term> rest) implements Expression {
    @Override
    public Object value(Rendering r) {
      Object left = first.value(r);
      for (int i = 0; i < rest.size(); i++) {
        r.budget.spend(1);
        Term next = rest.get(i);
        Object right = next.operand.value(r);
        if (next.operator == '+' && (left instanceof String || right instanceof String)) {
          String a = left == null ? i == 0 ? first.source() : "" : Printer.text(left, r);
          String b = right == null ? next.operand.source() : Printer.text(right, r);
          left = Values.joined(a, b, r);
        } else {
          left = Numbers.calculate(next.operator, left, right, r);
        }
      }
      return left;
    }
  }

  /** An operand with the operator to the left of it. */
  record Term(char operator, Expression operand) {}
}

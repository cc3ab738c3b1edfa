package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Arithmetic as Velocity 1.7 has it: whole numbers stay whole and grow from int to long to
 * BigInteger; what cannot be calculated is null.
 */
final class Numbers {

  private Numbers() {}

  static Object calculate(char operator, Object left, Object right, Rendering r) {
    if (!(left instanceof Number a) || !(right instanceof Number b)) {
      return null;
    }
    if ((operator == '/' || operator == '%') && isZero(b)) {
      return null;
    }
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return bounded(decimals(operator, decimal(a), decimal(b)), r);
    }
    if (isFraction(a) || isFraction(b)) {
      return doubles(operator, a.doubleValue(), b.doubleValue());
    }
    if (isSmall(a) && isSmall(b)) {
      return longs(operator, a.longValue(), b.longValue());
    }
    return integers(operator, a, b, r);
  }

  private static boolean isZero(Number n) {
    return switch (n) {
      case BigInteger i -> i.signum() == 0;
      case BigDecimal d -> d.signum() == 0;
      default -> n.doubleValue() == 0;
    };
  }

  private static boolean isFraction(Number n) {
    return n instanceof Double || n instanceof Float;
  }

  private static boolean isSmall(Number n) {
    return n instanceof Integer || (n instanceof Long l && l == l.intValue());
  }

  /** Neither operand has more than 32 bits, so that no result has more than 64. */
  private static Number longs(char operator, long a, long b) {
    return narrowed(
        switch (operator) {
          case '+' -> a + b;
          case '-' -> a - b;
          case '*' -> a * b;
          case '/' -> a / b;
          default -> a % b;
        });
  }

  private static Number narrowed(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  private static double doubles(char operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      default -> a % b;
    };
  }

  private static Number integers(char operator, Number left, Number right, Rendering r) {
    BigInteger a = integer(left);
    BigInteger b = integer(right);
    r.budget.spend(1 + (a.bitLength() + b.bitLength()) / 16);
    BigInteger result =
        switch (operator) {
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          case '*' -> a.multiply(b);
          case '/' -> a.divide(b);
          default -> a.remainder(b);
        };
    if (result.bitLength() > Limits.NUMBER_BITS) {
      throw tooLarge(r);
    }
    return result.bitLength() < 64 ? narrowed(result.longValue()) : result;
  }

  private static BigInteger integer(Number n) {
    return n instanceof BigInteger i ? i : BigInteger.valueOf(n.longValue());
  }

  private static BigDecimal decimals(char operator, BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case '+' -> a.add(b);
      case '-' -> a.subtract(b);
      case '*' -> a.multiply(b);
      case '/' -> a.divide(b, MathContext.DECIMAL128);
      default -> a.remainder(b);
    };
  }

  private static BigDecimal bounded(BigDecimal result, Rendering r) {
    r.budget.spend(1 + result.precision() / 4);
    if (result.unscaledValue().bitLength() > Limits.NUMBER_BITS
        || Math.abs((long) result.scale()) > Limits.NUMBER_BITS) {
      throw tooLarge(r);
    }
    return result;
  }

  private static TemplateFailure tooLarge(Rendering r) {
    return r.failure(Kind.VALUE_TOO_LARGE, "A number has too many digits");
  }

  static BigDecimal decimal(Number n) {
    return switch (n) {
      case BigDecimal d -> d;
      case BigInteger i -> new BigDecimal(i);
      case Double d -> Double.isFinite(d) ? BigDecimal.valueOf(d) : BigDecimal.ZERO;
      case Float f -> Float.isFinite(f) ? BigDecimal.valueOf(f) : BigDecimal.ZERO;
      default -> BigDecimal.valueOf(n.longValue());
    };
  }

  static int compare(Number a, Number b) {
    if (isSmall(a) && isSmall(b)) {
      return Integer.compare(a.intValue(), b.intValue());
    }
    if (isFraction(a) || isFraction(b)) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return decimal(a).compareTo(decimal(b));
  }
}

package io.gatehouse.runtime.validate;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Exact arithmetic on numbers of strangers. What takes longer than the number's text is paid for
 * first, and no power of ten is ever written out.
 */
final class Numbers {

  private static final int CHEAP_BITS = 1_024;

  private Numbers() {}

  static BigDecimal decimal(Object number) {
    return switch (number) {
      case BigDecimal d -> d;
      case BigInteger i -> new BigDecimal(i);
      case Double d -> asWritten(BigDecimal.valueOf(d));
      case Number n -> BigDecimal.valueOf(n.longValue());
      default -> throw new IllegalArgumentException("no JSON number: " + number.getClass());
    };
  }

  /** Java spells 0.0001 as 1.0E-4, which has a digit too many. */
  private static BigDecimal asWritten(BigDecimal spelled) {
    return spelled.scale() > 1 ? spelled.stripTrailingZeros() : spelled;
  }

  static int compare(Object one, Object other, Run run) {
    BigDecimal left = decimal(one);
    BigDecimal right = decimal(other);
    run.spend(cost(left) + cost(right));
    return left.compareTo(right);
  }

  static boolean isMultiple(Object number, BigDecimal factor, Run run) {
    BigDecimal decimal = decimal(number);
    run.spend(cost(decimal) + Integer.SIZE * cost(factor));
    BigInteger digits = decimal.unscaledValue();
    BigInteger divisor = factor.unscaledValue();
    long zeros = (long) factor.scale() - decimal.scale();
    if (zeros >= 0) {
      BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(zeros), divisor);
      return digits.mod(divisor).multiply(power).mod(divisor).signum() == 0;
    }
    // A power of ten with more digits than the number has divides only zero.
    return digits.signum() == 0
        || (-zeros <= digits.bitLength()
            && digits.mod(divisor.multiply(BigInteger.TEN.pow((int) -zeros))).signum() == 0);
  }

  /** Grows with the square of the number's length, as what is done with it does. */
  private static long cost(BigDecimal number) {
    long bits = number.unscaledValue().bitLength();
    return bits <= CHEAP_BITS ? 1 : bits * bits / CHEAP_BITS / CHEAP_BITS + bits / Long.SIZE;
  }
}

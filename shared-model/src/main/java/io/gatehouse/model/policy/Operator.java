package io.gatehouse.model.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The condition operators of IAM. */
enum Operator {
  STRING_EQUALS("StringEquals", texts(String::equals)),
  STRING_NOT_EQUALS("StringNotEquals", STRING_EQUALS),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", texts(String::equalsIgnoreCase)),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", STRING_EQUALS_IGNORE_CASE),
  STRING_LIKE("StringLike", globs((given, wanted) -> wanted.matches(given))),
  STRING_NOT_LIKE("StringNotLike", STRING_LIKE),
  NUMERIC_EQUALS("NumericEquals", numbers(order -> order == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", NUMERIC_EQUALS),
  NUMERIC_LESS_THAN("NumericLessThan", numbers(order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", numbers(order -> order <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", numbers(order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", numbers(order -> order >= 0)),
  DATE_EQUALS("DateEquals", dates(order -> order == 0)),
  DATE_NOT_EQUALS("DateNotEquals", DATE_EQUALS),
  DATE_LESS_THAN("DateLessThan", dates(order -> order < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", dates(order -> order <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", dates(order -> order > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", dates(order -> order >= 0)),
  BOOL("Bool", kind("true or false", Values::truth, (given, wanted) -> given.equals(wanted))),
  BINARY_EQUALS(
      "BinaryEquals",
      kind("text in base64", Values::bytes, (given, wanted) -> Arrays.equals(given, wanted))),
  IP_ADDRESS("IpAddress", addresses()),
  NOT_IP_ADDRESS("NotIpAddress", IP_ADDRESS),
  ARN_EQUALS("ArnEquals", globs(Operator::isArnLike)),
  ARN_NOT_EQUALS("ArnNotEquals", ARN_EQUALS),
  ARN_LIKE("ArnLike", ARN_EQUALS.comparison, false),
  ARN_NOT_LIKE("ArnNotLike", ARN_EQUALS),
  NULL("Null", BOOL.comparison, false);

  private static final int ARN_PARTS = 6;
  private static final Map<String, Operator> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(o -> o.spelling, o -> o));

  private final String spelling;
  private final Comparison comparison;
  private final boolean negated;

  Operator(String spelling, Comparison comparison) {
    this(spelling, comparison, false);
  }

  Operator(String spelling, Operator opposite) {
    this(spelling, opposite.comparison, true);
  }

  Operator(String spelling, Comparison comparison, boolean negated) {
    this.spelling = spelling;
    this.comparison = comparison;
    this.negated = negated;
  }

  static Optional<Operator> named(String spelling) {
    return Optional.ofNullable(BY_NAME.get(spelling));
  }

  boolean isNegated() {
    return negated;
  }

  /** Whether a value fits one of the policy's, negation left out. */
  boolean compare(String given, PolicyText wanted, PolicyRequest request) {
    return comparison.fits(given, wanted, request);
  }

  /** What a value of the policy would have to be, if it is not that. */
  Optional<String> complaint(String wanted) {
    return comparison.complaint(wanted);
  }

  private interface Comparison {

    boolean fits(String given, PolicyText wanted, PolicyRequest request);

    default Optional<String> complaint(String wanted) {
      return Optional.empty();
    }
  }

  private static Comparison texts(BiPredicate<String, String> same) {
    return (given, wanted, request) ->
        wanted.text(request).filter(text -> same.test(given, text)).isPresent();
  }

  private static Comparison globs(BiPredicate<String, Glob> fits) {
    return (given, wanted, request) ->
        wanted.glob(request).filter(glob -> fits.test(given, glob)).isPresent();
  }

  private static Comparison numbers(IntPredicate order) {
    return kind("a number", Values::number, (given, wanted) -> order.test(given.compareTo(wanted)));
  }

  private static Comparison dates(IntPredicate order) {
    return kind(
        "a time such as 2026-06-01T12:00:00Z, or seconds since 1970",
        Values::time,
        (given, wanted) -> order.test(given.compareTo(wanted)));
  }

  private static Comparison addresses() {
    return kind(
        "an address or block such as 203.0.113.0/24 or 2001:db8::/32",
        AddressBlock::parse,
        (given, wanted) -> wanted.contains(given));
  }

  /** Compares what both texts spell; a text that spells none of its kind is like nothing. */
  private static <T> Comparison kind(
      String what, Function<String, Optional<T>> read, BiPredicate<T, T> fits) {
    return new Comparison() {
      @Override
      public boolean fits(String given, PolicyText wanted, PolicyRequest request) {
        Optional<T> right = wanted.text(request).flatMap(read);
        Optional<T> left = read.apply(given);
        return left.isPresent() && right.isPresent() && fits.test(left.get(), right.get());
      }

      @Override
      public Optional<String> complaint(String wanted) {
        return read.apply(wanted).isPresent()
            ? Optional.empty()
            : Optional.of("'" + wanted + "' is not " + what);
      }
    };
  }

  /** Part by part, so that a wildcard never reaches over a colon into the next one. */
  private static boolean isArnLike(String given, Glob wanted) {
    String[] parts = given.split(":", ARN_PARTS);
    List<Glob> patterns = wanted.split(':', ARN_PARTS);
    if (parts.length < ARN_PARTS || patterns.size() < ARN_PARTS) {
      return false;
    }
    for (int i = 0; i < ARN_PARTS; i++) {
      if (!patterns.get(i).matches(parts[i])) {
        return false;
      }
    }
    return true;
  }
}

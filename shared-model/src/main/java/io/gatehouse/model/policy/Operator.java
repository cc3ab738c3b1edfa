package io.gatehouse.model.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The condition operators of IAM. */
enum Operator {
  STRING_EQUALS("StringEquals", Comparison.texts(String::equals)),
  STRING_NOT_EQUALS("StringNotEquals", STRING_EQUALS),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Comparison.texts(String::equalsIgnoreCase)),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", STRING_EQUALS_IGNORE_CASE),
  STRING_LIKE("StringLike", Comparison.globs()),
  STRING_NOT_LIKE("StringNotLike", STRING_LIKE),
  NUMERIC_EQUALS("NumericEquals", Comparison.numbers(order -> order == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", NUMERIC_EQUALS),
  NUMERIC_LESS_THAN("NumericLessThan", Comparison.numbers(order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Comparison.numbers(order -> order <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Comparison.numbers(order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Comparison.numbers(order -> order >= 0)),
  DATE_EQUALS("DateEquals", Comparison.dates(order -> order == 0)),
  DATE_NOT_EQUALS("DateNotEquals", DATE_EQUALS),
  DATE_LESS_THAN("DateLessThan", Comparison.dates(order -> order < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Comparison.dates(order -> order <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", Comparison.dates(order -> order > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Comparison.dates(order -> order >= 0)),
  BOOL("Bool", Comparison.truths()),
  BINARY_EQUALS("BinaryEquals", Comparison.bytes()),
  IP_ADDRESS("IpAddress", Comparison.addresses()),
  NOT_IP_ADDRESS("NotIpAddress", IP_ADDRESS),
  ARN_EQUALS("ArnEquals", Comparison.arns()),
  ARN_NOT_EQUALS("ArnNotEquals", ARN_EQUALS),
  ARN_LIKE("ArnLike", ARN_EQUALS.comparison),
  ARN_NOT_LIKE("ArnNotLike", ARN_EQUALS),
  NULL("Null", BOOL.comparison);

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
  Comparison.Test compile(List<PolicyText> wanted) {
    return comparison.compile(wanted);
  }

  /** What a value of the policy would have to be, if it is not that. */
  Optional<String> complaint(String wanted) {
    return comparison.complaint(wanted);
  }
}

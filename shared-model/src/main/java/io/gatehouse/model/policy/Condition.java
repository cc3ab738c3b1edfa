package io.gatehouse.model.policy;

import java.util.List;
import java.util.Set;

/** One key of a condition. */
final class Condition {

  /** How many of the request's values have to fulfil the condition. */
  enum Quantifier {
    /** Written without a set operator: for keys with a single value. */
    SINGLE,
    ALL,
    ANY
  }

  private static final String PRESENT = "false";
  private static final String ABSENT = "true";

  private final Operator operator;
  private final String key;
  private final String lowerCaseKey;
  private final List<PolicyText> values;
  private final Comparison.Test test;
  private final boolean holdsWithoutKey;
  private final boolean forAll;

  /**
   * @param ifExists whether a request without the key fulfils it
   * @param values of which one has to fit, or none where the operator is a negated one
   */
  Condition(
      Operator operator,
      Quantifier quantifier,
      boolean ifExists,
      String key,
      List<PolicyText> values) {
    this.operator = operator;
    this.key = key;
    this.lowerCaseKey = PolicyContext.lowerCase(key);
    this.values = List.copyOf(values);
    this.test = operator.compile(this.values);
    this.forAll =
        quantifier == Quantifier.ALL || quantifier == Quantifier.SINGLE && operator.isNegated();
    this.holdsWithoutKey = ifExists || forAll;
  }

  boolean holds(PolicyRequest request) {
    request.spend(1);
    List<String> given = request.values(lowerCaseKey);
    if (operator == Operator.NULL) {
      return test.fits(given.isEmpty() ? ABSENT : PRESENT, request);
    }
    if (given.isEmpty()) {
      return holdsWithoutKey;
    }
    for (String value : given) {
      boolean fits = test.fits(value, request) != operator.isNegated();
      if (fits != forAll) {
        return fits;
      }
    }
    return forAll;
  }

  void addKeys(Set<String> keys) {
    keys.add(key);
    values.forEach(value -> value.addKeys(keys));
  }
}

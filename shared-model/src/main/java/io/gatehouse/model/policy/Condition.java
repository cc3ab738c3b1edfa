package io.gatehouse.model.policy;

import java.util.List;
import java.util.Set;

/**
 * One key of a condition.
 *
 * @param ifExists whether a request without the key fulfils it
 * @param values of which one has to fit, or none where the operator is a negated one
 */
record Condition(
    Operator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<PolicyText> values) {

  /** How many of the request's values have to fulfil the condition. */
  enum Quantifier {
    /** Written without a set operator: for keys with a single value. */
    SINGLE,
    ALL,
    ANY
  }

  boolean holds(PolicyRequest request) {
    List<String> given = request.values(key);
    if (operator == Operator.NULL) {
      return values.stream()
          .anyMatch(
              value -> value.text(request).filter(t -> isTrue(t) == given.isEmpty()).isPresent());
    }
    if (given.isEmpty()) {
      return ifExists
          || quantifier == Quantifier.ALL
          || quantifier == Quantifier.SINGLE && operator.isNegated();
    }
    boolean all =
        quantifier == Quantifier.ALL || quantifier == Quantifier.SINGLE && operator.isNegated();
    return all
        ? given.stream().allMatch(value -> fits(value, request))
        : given.stream().anyMatch(value -> fits(value, request));
  }

  private boolean fits(String given, PolicyRequest request) {
    return values.stream().anyMatch(value -> operator.compare(given, value, request))
        != operator.isNegated();
  }

  private static boolean isTrue(String text) {
    return text.equalsIgnoreCase("true");
  }

  void addKeys(Set<String> keys) {
    keys.add(key);
    values.forEach(value -> value.addKeys(keys));
  }
}

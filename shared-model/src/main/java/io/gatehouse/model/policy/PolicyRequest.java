package io.gatehouse.model.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What policies are asked about, with the steps that they may take to decide it: about one for each
 * character that is looked at. A policy that would need more denies. For one decision, and not for
 * use by several threads.
 */
public final class PolicyRequest {

  /** More than any policy needs that is not meant to be costly. */
  static final int MOST_STEPS = 250_000;

  private final Principal principal;
  private final String action;
  private final String resource;
  private final PolicyContext context;
  private int stepsLeft = MOST_STEPS;

  /**
   * @param action as {@code apigateway:GET}
   * @param resource the whole ARN
   */
  public PolicyRequest(Principal principal, String action, String resource, PolicyContext context) {
    this.principal = principal;
    this.action = Glob.lowerCase(action);
    this.resource = resource;
    this.context = context;
  }

  /**
   * @param context values by condition key, as {@code aws:SourceIp}, in any case; a key without
   *     values is as good as absent
   */
  public PolicyRequest(
      Principal principal, String action, String resource, Map<String, List<String>> context) {
    this(principal, action, resource, PolicyContext.of(context));
  }

  Principal principal() {
    return principal;
  }

  /** In lower case. */
  String action() {
    return action;
  }

  String resource() {
    return resource;
  }

  /**
   * Empty when the request has no such key.
   *
   * @param key in lower case
   */
  List<String> values(String key) {
    return context.values(key);
  }

  /** The value of a key that has exactly one. */
  Optional<String> value(String key) {
    List<String> values = values(key);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /**
   * To be called before the work.
   *
   * @throws OutOfSteps when there are not as many left
   */
  void spend(int steps) {
    if (steps > stepsLeft) {
      stepsLeft = 0;
      throw OutOfSteps.NOW;
    }
    stepsLeft -= steps;
  }

  int stepsLeft() {
    return stepsLeft;
  }

  /** The decision would take too long. */
  static final class OutOfSteps extends RuntimeException {

    static final OutOfSteps NOW = new OutOfSteps();

    private OutOfSteps() {
      super("the policies take too many steps to decide", null, false, false);
    }
  }
}

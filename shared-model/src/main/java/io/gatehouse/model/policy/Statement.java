package io.gatehouse.model.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a policy.
 *
 * @param name its Sid, or its place in the policy
 * @param verdict of every request that it matches
 */
record Statement(
    String name,
    Effect effect,
    Optional<Principals> principals,
    Actions actions,
    Resources resources,
    List<Condition> conditions,
    Verdict verdict) {

  Statement(
      String name,
      Effect effect,
      Optional<Principals> principals,
      Actions actions,
      Resources resources,
      List<Condition> conditions) {
    this(name, effect, principals, actions, resources, conditions, Verdict.of(effect, name));
  }

  /**
   * @param excluding NotAction: all but these
   * @param patterns in lower case
   */
  record Actions(boolean excluding, List<Glob> patterns) {

    boolean cover(PolicyRequest request) {
      for (Glob pattern : patterns) {
        if (pattern.matches(request.action(), request)) {
          return !excluding;
        }
      }
      return excluding;
    }
  }

  /**
   * @param excluding NotResource: all but these
   */
  record Resources(boolean excluding, List<PolicyText> patterns) {

    boolean cover(PolicyRequest request, Effect effect) {
      boolean named = false;
      for (PolicyText pattern : patterns) {
        Optional<Glob> glob = pattern.glob(request);
        if (glob.isEmpty() && excluding) {
          // Nobody can tell what is left out, so it counts against the caller.
          return effect == Effect.DENY;
        }
        named = named || glob.isPresent() && glob.get().matches(request.resource(), request);
      }
      return named != excluding;
    }
  }

  /** How closely the statement names who calls; not at all where it does not match. */
  Naming naming(PolicyRequest request) {
    Naming naming =
        principals.isEmpty() ? Naming.CALLER : principals.get().naming(request.principal());
    return naming != Naming.NOBODY && matches(request) ? naming : Naming.NOBODY;
  }

  private boolean matches(PolicyRequest request) {
    if (!actions.cover(request) || !resources.cover(request, effect)) {
      return false;
    }
    for (Condition condition : conditions) {
      if (!condition.holds(request)) {
        return false;
      }
    }
    return true;
  }

  void addKeys(Set<String> keys) {
    resources.patterns().forEach(pattern -> pattern.addKeys(keys));
    conditions.forEach(condition -> condition.addKeys(keys));
  }
}

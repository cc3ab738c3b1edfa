package io.gatehouse.model.policy;

import io.gatehouse.model.policy.Decision.Source;
import java.util.List;
import java.util.Optional;

/**
 * All policies that hang on who calls. An explicit deny in any of them wins; what an identity-based
 * policy allows must be allowed by the boundary and by the session's policy as well. Imitates the
 * page "Policy evaluation logic".
 *
 * @param identity the principal's own, attached ones, and those of its groups
 * @param boundary the most that the identity-based ones can allow; empty for no such limit
 * @param session what a temporary session is limited to besides; empty for no such limit
 */
public record Grants(List<Policy> identity, Optional<Policy> boundary, Optional<Policy> session) {

  /** Of somebody who may do nothing. */
  public static final Grants NONE = new Grants(List.of(), Optional.empty(), Optional.empty());

  public Grants {
    identity = List.copyOf(identity);
  }

  public static Grants of(Policy... identity) {
    return new Grants(List.of(identity), Optional.empty(), Optional.empty());
  }

  /** The same within a session's policy. */
  public Grants within(Optional<Policy> sessionPolicy) {
    return new Grants(identity, boundary, sessionPolicy);
  }

  /** Where what is called has no policy of its own, and belongs to the caller's account. */
  public Decision decide(PolicyRequest request) {
    Verdict allowed = Verdict.SILENT;
    for (Policy policy : identity) {
      Verdict verdict = policy.verdict(request);
      if (verdict.kind() == Verdict.Kind.EXPLICIT_DENY) {
        return Decision.of(verdict, Source.IDENTITY);
      }
      if (verdict.allows() && !allowed.allows()) {
        allowed = verdict;
      }
    }
    Verdict most = boundary.map(policy -> policy.verdict(request)).orElse(allowed);
    if (most.kind() == Verdict.Kind.EXPLICIT_DENY) {
      return Decision.of(most, Source.BOUNDARY);
    }
    Verdict now = session.map(policy -> policy.verdict(request)).orElse(allowed);
    if (now.kind() == Verdict.Kind.EXPLICIT_DENY) {
      return Decision.of(now, Source.SESSION);
    }
    if (!allowed.allows()) {
      return Decision.of(allowed, Source.IDENTITY);
    }
    if (!most.allows()) {
      return Decision.of(most, Source.BOUNDARY);
    }
    return now.allows() ? Decision.of(allowed, Source.IDENTITY) : Decision.of(now, Source.SESSION);
  }
}

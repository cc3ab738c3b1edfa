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
    return decide(request, Optional.empty(), true);
  }

  /**
   * Where what is called may have a policy of its own. Within the account an allow on either side
   * is enough, where the resource's names the caller or everybody; one that names the caller's role
   * stays within the boundary and the session's policy, and one that names only the account leaves
   * it to the identity-based policies. From another account both sides have to allow.
   *
   * @param resource the policy of what is called; empty for none
   * @param sameAccount whether what is called belongs to the caller's account
   */
  public Decision decide(PolicyRequest request, Optional<Policy> resource, boolean sameAccount) {
    Verdict own = ownVerdict(request);
    Verdict most = boundary.isPresent() ? boundary.get().verdict(request) : null;
    Verdict now = session.isPresent() ? session.get().verdict(request) : null;
    Policy.Grant grant = resource.isPresent() ? resource.get().grant(request) : Policy.Grant.SILENT;
    Decision denial = denial(own, most, now, grant.verdict());
    if (denial != null) {
      return denial;
    }
    boolean withinLimits = (most == null || most.allows()) && (now == null || now.allows());
    boolean enough =
        grant.naming() == Naming.CALLER || grant.naming() == Naming.ROLE && withinLimits;
    if (sameAccount && enough) {
      return Decision.of(grant.verdict(), Source.RESOURCE);
    }
    if (!own.allows()) {
      return Decision.of(own, Source.IDENTITY);
    }
    if (most != null && !most.allows()) {
      return Decision.of(most, Source.BOUNDARY);
    }
    if (now != null && !now.allows()) {
      return Decision.of(now, Source.SESSION);
    }
    return sameAccount || grant.verdict().allows()
        ? Decision.of(own, Source.IDENTITY)
        : Decision.of(grant.verdict(), Source.RESOURCE);
  }

  private Verdict ownVerdict(PolicyRequest request) {
    Verdict allowed = Verdict.SILENT;
    for (Policy policy : identity) {
      Verdict verdict = policy.verdict(request);
      if (verdict.deniesExplicitly()) {
        return verdict;
      }
      if (verdict.allows() && !allowed.allows()) {
        allowed = verdict;
      }
    }
    return allowed;
  }

  /** The explicit one, if there is any: no allow outweighs it. */
  private static Decision denial(Verdict own, Verdict most, Verdict now, Verdict resource) {
    if (own.deniesExplicitly()) {
      return Decision.of(own, Source.IDENTITY);
    }
    if (most != null && most.deniesExplicitly()) {
      return Decision.of(most, Source.BOUNDARY);
    }
    if (now != null && now.deniesExplicitly()) {
      return Decision.of(now, Source.SESSION);
    }
    return resource.deniesExplicitly() ? Decision.of(resource, Source.RESOURCE) : null;
  }
}

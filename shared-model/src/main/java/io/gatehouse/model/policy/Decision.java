package io.gatehouse.model.policy;

import java.util.Optional;

/**
 * What all policies together say about a request.
 *
 * @param kind explicit deny, allow, or no statement, as of a single policy
 * @param source whose policy decided: the one that denies, the one that allows, or the one that
 *     would have had to allow and does not
 * @param statement the one that decided, by its Sid, or else as {@code Statement[2]}; empty when
 *     none did
 */
public record Decision(Verdict.Kind kind, Source source, Optional<String> statement) {

  /** Where nobody can tell what a request means: whatever its policies say, it is denied. */
  public static final Decision DENIED =
      new Decision(Verdict.Kind.EXPLICIT_DENY, Source.RESOURCE, Optional.empty());

  /** Where a policy hangs, in the vendor's words. */
  public enum Source {
    IDENTITY("an identity-based policy", "no identity-based policy allows"),
    BOUNDARY("a permissions boundary", "no permissions boundary allows"),
    SESSION("a session policy", "no session policy allows"),
    RESOURCE("a resource-based policy", "no resource-based policy allows");

    private final String one;
    private final String none;

    Source(String one, String none) {
      this.one = one;
      this.none = none;
    }
  }

  static Decision of(Verdict verdict, Source source) {
    return new Decision(verdict.kind(), source, verdict.statement());
  }

  public boolean allows() {
    return kind == Verdict.Kind.ALLOW;
  }

  public boolean deniesExplicitly() {
    return kind == Verdict.Kind.EXPLICIT_DENY;
  }

  /**
   * Why not, as the vendor ends the sentence that begins with {@code User: ... is not authorized to
   * perform: ... on resource: ...}; with a blank before it.
   *
   * @param action as the caller may read it
   */
  public String why(String action) {
    return switch (kind) {
      case ALLOW -> "";
      case EXPLICIT_DENY -> " with an explicit deny in " + source.one;
      case NO_STATEMENT -> " because " + source.none + " the " + action + " action";
    };
  }
}

package io.gatehouse.model.policy;

import java.util.Optional;

/**
 * What a policy says about a request.
 *
 * @param statement the one that decided, by its Sid, or else as {@code Statement[2]}; empty when
 *     none did
 */
public record Verdict(Kind kind, Optional<String> statement) {

  /** An explicit deny outweighs every allow; where no statement speaks, nothing is allowed. */
  public enum Kind {
    EXPLICIT_DENY,
    ALLOW,
    NO_STATEMENT
  }

  static final Verdict SILENT = new Verdict(Kind.NO_STATEMENT, Optional.empty());

  static Verdict of(Effect effect, String statement) {
    Kind kind = effect == Effect.DENY ? Kind.EXPLICIT_DENY : Kind.ALLOW;
    return new Verdict(kind, Optional.of(statement));
  }

  public boolean allows() {
    return kind == Kind.ALLOW;
  }

  boolean deniesExplicitly() {
    return kind == Kind.EXPLICIT_DENY;
  }
}

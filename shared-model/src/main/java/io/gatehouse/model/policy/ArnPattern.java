package io.gatehouse.model.policy;

import java.util.List;
import java.util.Optional;

/** An ARN with wildcards, each within its own one of the six parts. */
record ArnPattern(List<Glob> patterns) {

  private static final int PARTS = 6;

  static Optional<ArnPattern> of(Glob glob) {
    List<Glob> patterns = glob.split(':', PARTS);
    return patterns.size() < PARTS ? Optional.empty() : Optional.of(new ArnPattern(patterns));
  }

  /** Of an ARN; empty for what is none. */
  static Optional<String[]> parts(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length < PARTS ? Optional.empty() : Optional.of(parts);
  }

  boolean matches(String[] parts, PolicyRequest request) {
    for (int i = 0; i < PARTS; i++) {
      if (!patterns.get(i).matches(parts[i], request)) {
        return false;
      }
    }
    return true;
  }
}

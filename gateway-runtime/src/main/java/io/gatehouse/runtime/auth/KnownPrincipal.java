package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user or role with its policies read, once for each revision of it.
 *
 * @param tags values by condition key in lower case, as {@code aws:principaltag/team}
 */
record KnownPrincipal(PrincipalSnapshot snapshot, Grants grants, Map<String, List<String>> tags) {

  private static final Logger LOG = LoggerFactory.getLogger(KnownPrincipal.class);
  private static final String TAG = "aws:principaltag/";

  static KnownPrincipal of(PrincipalSnapshot snapshot) {
    Map<String, List<String>> tags = new HashMap<>();
    snapshot
        .tags()
        .forEach((key, value) -> tags.put((TAG + key).toLowerCase(Locale.ROOT), List.of(value)));
    List<Policy> identity =
        snapshot.policies().stream().map(text -> policy(text, snapshot.arn())).toList();
    Optional<Policy> boundary = snapshot.boundary().map(text -> policy(text, snapshot.arn()));
    return new KnownPrincipal(
        snapshot, new Grants(identity, boundary, Optional.empty()), Map.copyOf(tags));
  }

  /** What cannot be read may hold a denial, and so denies everything. */
  static Policy policy(String text, String of) {
    try {
      return Policy.parse(text, Policy.Kind.IDENTITY);
    } catch (InvalidPolicy e) {
      LOG.error("a policy of {} cannot be read, so it may do nothing: {}", of, e.getMessage());
      return Policy.CLOSED;
    }
  }

  boolean isUser() {
    return snapshot.kind() == PrincipalSnapshot.Kind.USER;
  }
}

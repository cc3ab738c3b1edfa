package io.gatehouse.admin.publish;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.store.AccessKeyStore;
import io.gatehouse.admin.store.EffectivePolicies;
import io.gatehouse.admin.store.StoredAccessKey;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import java.util.HashMap;
import java.util.Map;

/** The rows of a user or role as nodes see them. */
record PrincipalRows(AccessKeyStore accessKeys, EffectivePolicies policies, Settings settings) {

  PrincipalSnapshot snapshot(StoredIdentity principal) {
    EffectivePolicies.Texts texts = policies.of(principal);
    return new PrincipalSnapshot(
        principal.revision(),
        principal.account(),
        kind(principal.kind()),
        principal.name(),
        principal.arn(),
        principal.uniqueId(),
        secrets(principal),
        texts.identity(),
        texts.boundary(),
        principal.body().tags(),
        principal.body().trust());
  }

  static PrincipalSnapshot.Kind kind(Kind kind) {
    return switch (kind) {
      case USER -> PrincipalSnapshot.Kind.USER;
      case ROLE -> PrincipalSnapshot.Kind.ROLE;
      case GROUP -> throw new IllegalArgumentException("a group calls nobody");
    };
  }

  /** Sealed anew for the nodes, which do not hold the master key; and always alike, to compare. */
  private Map<String, String> secrets(StoredIdentity principal) {
    Map<String, String> sealed = new HashMap<>();
    for (StoredAccessKey key : accessKeys.ofUser(principal)) {
      if (key.active()) {
        String owner = PrincipalSnapshot.owner(key.account(), key.accessKeyId());
        sealed.put(key.accessKeyId(), settings.nodeKey().closeAlike(owner, accessKeys.secret(key)));
      }
    }
    return sealed;
  }
}

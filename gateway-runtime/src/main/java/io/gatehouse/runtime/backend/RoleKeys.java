package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of all accounts' roles: opened once for each revision of what an account has set, and
 * shared by all of its integrations.
 */
final class RoleKeys {

  /** What has been opened of one revision. */
  private record Opened(long revision, Map<String, KeySource> roles) {}

  private final Reach reach;
  private final AssumedRole.Sts sts;
  private final Map<String, Opened> accounts = new ConcurrentHashMap<>();

  RoleKeys(Reach reach, AssumedRole.Sts sts) {
    this.reach = reach;
    this.sts = sts;
  }

  /**
   * @param role null for the account's default
   */
  KeySource of(BackendAccessSnapshot access, String role) {
    Opened opened = accounts.get(access.account());
    if (opened == null || opened.revision() != access.revision()) {
      // one for all who come at once: STS is asked once
      opened =
          accounts.compute(
              access.account(),
              (account, known) ->
                  known != null && known.revision() == access.revision()
                      ? known
                      : new Opened(access.revision(), new ConcurrentHashMap<>()));
    }
    String name = role == null ? BackendAccessSnapshot.DEFAULT_ROLE : role;
    RoleAccess registered = access.roles().get(name);
    return registered == null
        ? without(name)
        : opened.roles().computeIfAbsent(name, n -> source(access, n, registered));
  }

  private KeySource source(BackendAccessSnapshot access, String role, RoleAccess registered) {
    if (!registered.assume()) {
      return registered.hasKeys() ? opened(access, role, registered) : without(role);
    }
    boolean own = registered.hasKeys();
    String holder = own ? role : BackendAccessSnapshot.DEFAULT_ROLE;
    RoleAccess keys = own ? registered : access.roles().get(holder);
    if (keys == null || !keys.hasKeys() || !own && keys.assume()) {
      return without(role);
    }
    return new AssumedRole(
        access.account(),
        role,
        registered.externalId(),
        opened(access, holder, keys),
        sts,
        reach.clock());
  }

  private KeySource opened(BackendAccessSnapshot access, String role, RoleAccess registered) {
    String owner = RoleAccess.owner(access.account(), role);
    Optional<String> secret = registered.sealedSecret().flatMap(text -> open(owner, text));
    Optional<String> token = registered.sealedSessionToken().flatMap(text -> open(owner, text));
    if (secret.isEmpty() || token.isPresent() != registered.sealedSessionToken().isPresent()) {
      return failing(
          Reason.ROLE_KEYS_SEALED,
          "the keys of %s do not open: GATEHOUSE_NODE_KEY %s"
              .formatted(
                  role,
                  reach.seal().isEmpty() ? "is not set" : "is not that of the control plane"));
    }
    Future<AwsKeys> keys =
        Future.succeededFuture(new AwsKeys(registered.accessKeyId(), secret.get(), token));
    return region -> keys;
  }

  private Optional<String> open(String owner, String sealed) {
    return reach.seal().flatMap(seal -> seal.open(owner, sealed));
  }

  private static KeySource without(String role) {
    return failing(
        Reason.ROLE_WITHOUT_KEYS,
        role.equals(BackendAccessSnapshot.DEFAULT_ROLE)
            ? "the integration has no credentials, and the account has registered no default keys"
            : "the account has registered no keys for " + role);
  }

  private static KeySource failing(Reason reason, String detail) {
    Future<AwsKeys> failure =
        Future.failedFuture(
            GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, reason).with(detail));
    return region -> failure;
  }
}

package io.gatehouse.runtime;

import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.auth.HostedRealms;
import io.gatehouse.runtime.auth.IssuerKeys;
import io.gatehouse.runtime.auth.UserPoolTokens;
import io.gatehouse.runtime.auth.WaitingTokenAuthorizer;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.compile.Identities;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks tokens of user pools for tests of authorizers, by keys that are fetched as nodes do. */
final class TrialTokens {

  /** For a token whose issuer has to be asked. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** No issuer's last good keys serve for long: it is to be seen that it does not answer. */
  private static final Duration KEYS_SERVE_FOR = Duration.ofMinutes(10);

  /** What a test knows of who may call: an account's pools and nobody else. */
  private record Pools(Map<String, UserPoolSnapshot> byKey) implements Identities {
    @Override
    public UserPoolSnapshot userPool(String account, String poolId) {
      return byKey.get(UserPoolSnapshot.key(account, poolId));
    }

    @Override
    public PrincipalSnapshot holderOf(String accessKeyId) {
      return null;
    }

    @Override
    public PrincipalSnapshot principal(String account, PrincipalSnapshot.Kind kind, String name) {
      return null;
    }
  }

  private final BackendClient client;
  private final IssuerKeys issuers;
  private final InstantSource clock;

  /**
   * @param client who connects to issuers
   * @param keycloak as {@link HostedRealms}
   */
  TrialTokens(BackendClient client, Optional<String> keycloak, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.issuers =
        new IssuerKeys(
            new IssuerKeys.Parts(
                client::issuer,
                new HostedRealms(keycloak, client::signInService),
                client::loop,
                Optional.empty(),
                clock,
                KEYS_SERVE_FOR));
  }

  /** For one test, with the account's pools as they are now. */
  AuthorizerTrial.Tokens of(List<UserPoolSnapshot> pools) {
    Pools known =
        new Pools(pools.stream().collect(Collectors.toMap(UserPoolSnapshot::key, one -> one)));
    UserPoolTokens tokens = new UserPoolTokens(known, issuers, clock);
    return (account, target) ->
        new WaitingTokenAuthorizer(tokens, account, target, client::loop, PATIENCE);
  }
}

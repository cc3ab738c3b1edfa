package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.auth.RememberedTokens.Checked;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says of tokens whether an issuer of the asking account's pools has signed them, for whom, and
 * whether they are good now; for all authorizers of a node.
 */
public final class UserPoolTokens {

  /** What tokens may be signed with at all: never by a secret, never by nothing. */
  private static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
          "Ed25519");

  /** Of a pool that names none. */
  private static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256");

  /** Characters of remembered tokens. */
  private static final long MOST_OF_NODE = 16 << 20;

  private static final long MOST_OF_ACCOUNT = 4 << 20;

  private final Identities identities;
  private final IssuerKeys issuers;
  private final InstantSource clock;
  private final RememberedTokens remembered = new RememberedTokens(MOST_OF_NODE, MOST_OF_ACCOUNT);

  public UserPoolTokens(Identities identities, IssuerKeys issuers, InstantSource clock) {
    this.identities = identities;
    this.issuers = issuers;
    this.clock = clock;
  }

  /**
   * A pool that an authorizer takes tokens of.
   *
   * @param key of its snapshot
   */
  record Pool(String account, String id, String key) {
    Pool(String account, String id) {
      this(account, id, UserPoolSnapshot.key(account, id));
    }
  }

  /** A pool as it is now, whose issuer is said to have issued the token. */
  private record Candidate(Pool pool, UserPoolSnapshot snapshot, Issuer issuer) {}

  /**
   * What a token says that has been checked before and still holds; null for any other.
   *
   * @throws GatewayException when it is good no more
   */
  TokenClaims remembered(List<Pool> pools, String token) {
    RememberedTokens.Name name = null;
    for (Pool pool : pools) {
      name =
          name == null
              ? remembered.name(token, pool.id())
              : new RememberedTokens.Name(name.a(), name.b(), name.c(), name.d(), pool.id());
      Checked checked = remembered.get(pool.account(), name);
      UserPoolSnapshot now =
          checked == null ? null : identities.userPool(pool.account(), pool.id());
      if (now != null && now == checked.pool()) {
        Issuer issuer = issuers.of(now, pool.key());
        if (holds(issuer, checked)) {
          issuers.refresh(issuer, pool.key());
          checkTimes(checked.claims(), issuer);
          return checked.claims();
        }
      }
    }
    return null;
  }

  /** Whether the issuer still publishes the key, as far as is known, and that is not too old. */
  private boolean holds(Issuer issuer, Checked checked) {
    long now = clock.millis();
    PublishedKeys keys = issuers.keys(issuer, now);
    return keys != null
        && keys.get(checked.key().id()) == checked.key()
        && !issuers.isWanted(issuer, checked.key().id(), now);
  }

  /** Whether the issuers that the token may be from have to be asked first. */
  boolean isWanting(List<Pool> pools, CompactToken token) {
    boolean wanting = false;
    for (Candidate candidate : candidates(pools, token)) {
      if (isWanting(candidate, token)) {
        wanting = true;
      } else {
        issuers.refresh(candidate.issuer(), candidate.pool().key());
      }
    }
    return wanting;
  }

  /** What is refused anyway has nobody asked. */
  private boolean isWanting(Candidate candidate, CompactToken token) {
    return takes(candidate.snapshot(), token.algorithm())
        && issuers.isWanted(candidate.issuer(), token.keyId(), clock.millis());
  }

  /** Whether checking its signature takes so little that an event loop may do it. */
  boolean isQuick(List<Pool> pools, CompactToken token) {
    for (Candidate candidate : candidates(pools, token)) {
      PublishedKeys keys = candidate.issuer().published();
      PublishedKey key = keys == null ? null : keys.get(token.keyId());
      if (key != null && !key.isQuick()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks a token that is for one of the pools, by what is known now. On any thread.
   *
   * @throws GatewayException the refusal
   */
  TokenClaims check(List<Pool> pools, CompactToken token) {
    GatewayException refusal =
        TokenRefusal.unauthorized(
            Reason.TOKEN_ISSUER_UNKNOWN, "its iss is no issuer of the authorizer's user pools");
    for (Candidate candidate : candidates(pools, token)) {
      try {
        return check(candidate, token);
      } catch (GatewayException e) {
        refusal = e;
      }
    }
    throw refusal;
  }

  /** Several where pools of one issuer differ in their clients. */
  private List<Candidate> candidates(List<Pool> pools, CompactToken token) {
    Object issuer = token.claims().get("iss");
    List<Candidate> candidates = new ArrayList<>(1);
    for (Pool pool : pools) {
      UserPoolSnapshot now = identities.userPool(pool.account(), pool.id());
      if (now != null && now.account().equals(pool.account()) && now.issuer().equals(issuer)) {
        candidates.add(new Candidate(pool, now, issuers.of(now, pool.key())));
      }
    }
    return candidates;
  }

  private TokenClaims check(Candidate candidate, CompactToken token) {
    UserPoolSnapshot pool = candidate.snapshot();
    checkAlgorithm(pool, token.algorithm());
    PublishedKey key = key(candidate.issuer(), token);
    if (!key.signed(token)) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_SIGNATURE, "its signature is not its issuer's for this content");
    }
    TokenClaims claims = TokenClaims.of(token, pool.clients());
    checkTimes(claims, candidate.issuer());
    remembered.put(
        pool.account(),
        remembered.name(token.text(), pool.poolId()),
        new Checked(pool, key, claims),
        token.text().length());
    return claims;
  }

  private static void checkAlgorithm(UserPoolSnapshot pool, String algorithm) {
    if (!takes(pool, algorithm)) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_ALGORITHM,
          "the user pool takes tokens that are signed with "
              + taken(pool).stream()
                  .filter(ALGORITHMS::contains)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
  }

  private static boolean takes(UserPoolSnapshot pool, String algorithm) {
    return ALGORITHMS.contains(algorithm) && taken(pool).contains(algorithm);
  }

  private static Set<String> taken(UserPoolSnapshot pool) {
    return pool.algorithms().isEmpty() ? DEFAULT_ALGORITHMS : pool.algorithms();
  }

  private PublishedKey key(Issuer issuer, CompactToken token) {
    PublishedKeys keys = issuers.keys(issuer, clock.millis());
    if (keys == null && issuer.published() == null) {
      throw TokenRefusal.failed(
          Reason.ISSUER_UNREACHABLE,
          "no keys of " + issuer.name() + " are known: " + issuer.trouble());
    }
    if (keys == null) {
      throw TokenRefusal.failed(
          Reason.ISSUER_KEYS_TOO_OLD,
          "the keys of " + issuer.name() + " are too old to serve on: " + issuer.trouble());
    }
    PublishedKey key = keys.get(token.keyId());
    if (key == null || !key.fits(token.algorithm())) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_KEY_UNKNOWN,
          key == null
              ? "its issuer publishes no key of its kid"
              : "the key of its kid is not for its algorithm");
    }
    return key;
  }

  /** By both clocks, so that a wrong one of ours lets nothing in. */
  private void checkTimes(TokenClaims claims, Issuer issuer) {
    long now = clock.millis();
    claims.checkTime(now);
    long itsNow = issuer.itsTime(now);
    if (itsNow != now) {
      claims.checkTime(itsNow);
    }
  }

  /**
   * Has the issuers asked that the token may be from.
   *
   * @param then run on the event loop of whoever calls, once they have answered or have not
   */
  void fetch(List<Pool> pools, CompactToken token, Runnable then) {
    List<Candidate> wanted =
        candidates(pools, token).stream().filter(one -> isWanting(one, token)).toList();
    if (wanted.isEmpty()) {
      then.run();
      return;
    }
    Runnable each = countingDown(wanted.size(), then);
    wanted.forEach(c -> issuers.fetch(c.issuer(), c.pool().key(), token.keyId(), each));
  }

  /** All come back to one event loop, so that they can be counted there. */
  private static Runnable countingDown(int times, Runnable then) {
    int[] left = {times};
    return () -> {
      if (--left[0] == 0) {
        then.run();
      }
    };
  }

  /** Tokens that need not be checked anew. */
  public int remembered() {
    return remembered.count();
  }
}

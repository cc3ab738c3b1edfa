package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.PolicyContext;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.runtime.exchange.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who holds an access key, with what its signatures are checked by and what decides about it.
 *
 * @param of the user or role, as it was when this was made
 * @param expires of temporary keys; null for those that stay
 * @param context the condition keys of who calls
 */
record KeyHolder(
    KnownPrincipal of,
    SigningSecret secret,
    Instant expires,
    Identity.Signer identity,
    Principal principal,
    Grants grants,
    PolicyContext context) {

  /** Of a user's own key. */
  static KeyHolder ofKey(KnownPrincipal user, String accessKeyId, String secret) {
    var snapshot = user.snapshot();
    return new KeyHolder(
        user,
        new SigningSecret(secret),
        null,
        new Identity.Signer(snapshot.account(), accessKeyId, snapshot.id(), snapshot.arn()),
        new Principal(snapshot.account(), snapshot.arn()),
        user.grants(),
        context(user, snapshot.id(), null));
  }

  /** Of a session of a user or role. */
  static KeyHolder ofSession(KnownPrincipal issuer, SessionToken token) {
    String account = token.account();
    return new KeyHolder(
        issuer,
        new SigningSecret(token.secret()),
        token.expires(),
        new Identity.Signer(account, token.accessKeyId(), token.userId(), token.arn()),
        issuer.isUser()
            ? new Principal(account, token.arn())
            : Principal.session(account, token.arn(), issuer.snapshot().arn()),
        issuer
            .grants()
            .within(token.policy().map(text -> KnownPrincipal.policy(text, token.arn()))),
        context(issuer, token.userId(), token.issued()));
  }

  /**
   * @param issued of temporary keys; null for those that stay
   */
  private static PolicyContext context(KnownPrincipal of, String userId, Instant issued) {
    Map<String, List<String>> keys = new HashMap<>(of.tags());
    keys.put("aws:principalarn", List.of(of.snapshot().arn()));
    keys.put("aws:principalaccount", List.of(of.snapshot().account()));
    keys.put("aws:principaltype", List.of(of.isUser() ? "User" : "AssumedRole"));
    keys.put("aws:userid", List.of(userId));
    if (of.isUser()) {
      keys.put("aws:username", List.of(of.snapshot().name()));
    }
    if (issued != null) {
      keys.put("aws:tokenissuetime", List.of(issued.toString()));
      keys.put("aws:multifactorauthpresent", List.of("false"));
    }
    Map<String, List<String>> fixed = Map.copyOf(keys);
    return key -> fixed.getOrDefault(key, List.of());
  }
}

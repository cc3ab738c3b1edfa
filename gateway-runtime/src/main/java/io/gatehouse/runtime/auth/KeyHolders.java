package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds who holds the key that a request is signed with: a user of whatever account, or a session,
 * which the token that it carries tells of. What has been opened and read is kept for as long as
 * the user or role stays as it is.
 */
public final class KeyHolders {

  private static final int MOST = 16_384;
  private static final int MOST_OF_ACCOUNT = 1024;

  /** Tokens are long. */
  private static final int MOST_SESSIONS = 8192;

  private static final int MOST_SESSIONS_OF_ACCOUNT = 512;
  private static final String INVALID = "The security token included in the request is invalid.";

  private final Identities identities;
  private final Optional<Seal> nodeKey;
  private final AccountCache<KnownPrincipal> principals = new AccountCache<>(MOST, MOST_OF_ACCOUNT);
  private final AccountCache<KeyHolder> keys = new AccountCache<>(MOST, MOST_OF_ACCOUNT);
  private final AccountCache<KeyHolder> sessions =
      new AccountCache<>(MOST_SESSIONS, MOST_SESSIONS_OF_ACCOUNT);

  public KeyHolders(Identities identities, Optional<Seal> nodeKey) {
    this.identities = identities;
    this.nodeKey = nodeKey;
  }

  /**
   * @throws GatewayException when nobody does, any more or yet
   */
  KeyHolder of(Signature signature, Instant now) {
    String accessKeyId = signature.authorization().accessKeyId();
    return signature.sessionToken().isPresent()
        ? ofSession(accessKeyId, signature.sessionToken().get(), now)
        : ofKey(accessKeyId);
  }

  private KeyHolder ofKey(String accessKeyId) {
    PrincipalSnapshot user = identities.holderOf(accessKeyId);
    String sealed = user == null ? null : user.sealedSecrets().get(accessKeyId);
    if (sealed == null) {
      throw invalid(Reason.ACCESS_KEY_UNKNOWN);
    }
    KeyHolder known = keys.get(accessKeyId);
    if (known != null && known.of().snapshot() == user) {
      return known;
    }
    String owner = PrincipalSnapshot.owner(user.account(), accessKeyId);
    String secret =
        nodeKey.flatMap(key -> key.open(owner, sealed)).orElseThrow(KeyHolders::doesNotOpen);
    KeyHolder holder = KeyHolder.ofKey(known(user), accessKeyId, secret);
    keys.put(user.account(), accessKeyId, holder);
    return holder;
  }

  private KeyHolder ofSession(String accessKeyId, String token, Instant now) {
    KeyHolder known = sessions.get(token);
    KeyHolder holder = known != null && isUnchanged(known) ? known : opened(token);
    if (!holder.identity().accessKeyId().equals(accessKeyId)) {
      throw invalid(Reason.SESSION_TOKEN_INVALID);
    }
    if (!now.isBefore(holder.expires())) {
      throw GatewayException.of(ResponseType.EXPIRED_TOKEN, Reason.SESSION_TOKEN_EXPIRED);
    }
    return holder;
  }

  private boolean isUnchanged(KeyHolder holder) {
    PrincipalSnapshot then = holder.of().snapshot();
    return identities.principal(then.account(), then.kind(), then.name()) == then;
  }

  private KeyHolder opened(String text) {
    Seal key = nodeKey.orElseThrow(KeyHolders::doesNotOpen);
    SessionToken token =
        SessionToken.open(key, text).orElseThrow(() -> invalid(Reason.SESSION_TOKEN_INVALID));
    PrincipalSnapshot issuer = issuer(token);
    // One of the same name that came after has another id, and its sessions are its own.
    if (issuer == null
        || !issuer.id().equals(token.issuerId())
        || !issuer.arn().equals(token.issuer())) {
      throw invalid(Reason.SESSION_ISSUER_GONE);
    }
    KeyHolder holder = KeyHolder.ofSession(known(issuer), token);
    sessions.put(token.account(), text, holder);
    return holder;
  }

  private PrincipalSnapshot issuer(SessionToken token) {
    String resource = Arn.parse(token.issuer()).map(Arn::resource).orElse("");
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    PrincipalSnapshot.Kind kind =
        resource.startsWith("role/") ? PrincipalSnapshot.Kind.ROLE : PrincipalSnapshot.Kind.USER;
    return identities.principal(token.account(), kind, name);
  }

  private KnownPrincipal known(PrincipalSnapshot snapshot) {
    KnownPrincipal known = principals.get(snapshot.key());
    if (known == null || known.snapshot() != snapshot) {
      known = KnownPrincipal.of(snapshot);
      principals.put(snapshot.account(), snapshot.key(), known);
    }
    return known;
  }

  private static GatewayException invalid(Reason reason) {
    return GatewayException.of(ResponseType.INVALID_SIGNATURE, 403, INVALID, reason)
        .as("UnrecognizedClientException");
  }

  private static GatewayException doesNotOpen() {
    return GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.ACCESS_KEY_SEALED)
        .with("GATEHOUSE_NODE_KEY is not set, or is not that of the control plane");
  }
}

package io.gatehouse.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One public key of an issuer's, with what tokens may be signed by it.
 *
 * @param members of the JWK, as published
 * @param algorithms by the key's type, and by its {@code alg} where it has one
 */
record PublishedKey(
    String id, Map<String, Object> members, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {

  private static final int LEAST_RSA_BITS = 2048;

  /** Above these a signature would cost more than a caller may make us spend. */
  private static final int MOST_RSA_BITS = 8192;

  private static final int MOST_EXPONENT_BITS = 32;

  /** Up to these a signature is checked in less than a tenth of a millisecond. */
  private static final int QUICK_RSA_BITS = 3072;

  private static final int MOST_ID_CHARACTERS = 256;

  /** Whoever reads them signs as the issuer does. */
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  /** All that we need of a JWK: its certificates, for one, are no business of ours. */
  private static final Set<String> NEEDED =
      Set.of("kty", "kid", "use", "key_ops", "alg", "n", "e", "crv", "x", "y");

  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  /** Empty for a key that no token may be checked by. */
  static Optional<PublishedKey> of(Map<String, Object> members) {
    if (!isPublic(members) || !isForSignatures(members)) {
      return Optional.empty();
    }
    Map<String, Object> needed = new HashMap<>(members);
    needed.keySet().retainAll(NEEDED);
    try {
      JWK key = JWK.parse(needed);
      String id = key.getKeyID();
      Optional<JWSVerifier> verifier =
          id == null || id.isEmpty() || id.length() > MOST_ID_CHARACTERS
              ? Optional.empty()
              : verifier(key);
      return verifier.map(v -> new PublishedKey(id, members, algorithms(key, v), v));
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static boolean isPublic(Map<String, Object> members) {
    return members.keySet().stream().noneMatch(PRIVATE::contains)
        && !members.containsKey("revoked");
  }

  private static boolean isForSignatures(Map<String, Object> members) {
    Object use = members.get("use");
    Object operations = members.get("key_ops");
    return (use == null || use.equals("sig"))
        && (operations == null || operations instanceof List<?> some && some.contains("verify"));
  }

  private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> rsa(rsa.toRSAPublicKey());
      case ECKey ec when CURVES.contains(ec.getCurve()) ->
          Optional.of(new ECDSAVerifier(ec.toECPublicKey()));
      case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
          Optional.of(new Ed25519Verifier(pair.getDecodedX()));
      default -> Optional.empty();
    };
  }

  private static Optional<JWSVerifier> rsa(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    boolean sound =
        bits >= LEAST_RSA_BITS
            && bits <= MOST_RSA_BITS
            && key.getModulus().testBit(0)
            && key.getPublicExponent().bitLength() >= 2
            && key.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS
            && key.getPublicExponent().testBit(0);
    return sound ? Optional.of(new RSASSAVerifier(key)) : Optional.empty();
  }

  private static Set<JWSAlgorithm> algorithms(JWK key, JWSVerifier verifier) {
    Set<JWSAlgorithm> ofType = verifier.supportedJWSAlgorithms();
    if (key.getAlgorithm() == null) {
      return ofType;
    }
    JWSAlgorithm own = JWSAlgorithm.parse(key.getAlgorithm().getName());
    return ofType.contains(own) ? Set.of(own) : Set.of();
  }

  /** Whether tokens of this algorithm may be signed by it. */
  boolean fits(String algorithm) {
    return algorithms.contains(JWSAlgorithm.parse(algorithm));
  }

  /** Whether a signature is checked so quickly that an event loop may do it. */
  boolean isQuick() {
    return verifier instanceof RSASSAVerifier rsa
        && rsa.getPublicKey().getModulus().bitLength() <= QUICK_RSA_BITS;
  }

  /** Whether all of the token is what the key's owner signed. */
  boolean signed(CompactToken token) {
    try {
      return JWSObject.parse(token.text()).verify(verifier);
    } catch (ParseException | JOSEException | IllegalStateException e) {
      return false;
    }
  }
}

package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.base64;
import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static io.gatehouse.runtime.auth.TokenRow.NOW;
import static io.gatehouse.runtime.auth.TokenRow.claiming;
import static io.gatehouse.runtime.auth.TokenRow.header;
import static io.gatehouse.runtime.auth.TokenRow.id;
import static io.gatehouse.runtime.auth.TokenRow.part;
import static io.gatehouse.runtime.auth.TokenRow.payload;
import static io.gatehouse.runtime.auth.TokenRow.row;
import static io.gatehouse.runtime.auth.TokenRow.token;
import static io.gatehouse.runtime.auth.TokenRow.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that others have forged, bent or borrowed, each with the reason why it gets nowhere. */
class TokenAttacksTest {

  /** Taken, too: no attack may need a pool that takes only one algorithm. */
  private static final Set<String> WIDE =
      Set.of("RS256", "RS512", "PS256", "ES256", "EdDSA", "HS256", "none");

  private static final String KEYS =
      TestKeys.published(
          jwk("rsa", TestKeys.RSA.getPublic()),
          jwk("rsa256", TestKeys.RSA.getPublic(), "\"alg\":\"RS256\"", "\"use\":\"sig\""),
          jwk("ec", TestKeys.P256.getPublic()),
          jwk("p384", TestKeys.P384.getPublic()),
          jwk("ed", TestKeys.ED25519.getPublic()),
          jwk("enc", TestKeys.RSA.getPublic(), "\"use\":\"enc\""),
          jwk("ops", TestKeys.RSA.getPublic(), "\"key_ops\":[\"encrypt\"]"),
          jwk("small", TestKeys.SMALL_RSA.getPublic()));

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
    node.now = NOW;
    node.keys = KEYS;
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT,
            PoolNode.POOL,
            TestClaims.ISSUER,
            Set.of(TestClaims.CLIENT, "client-2"),
            WIDE));
  }

  static Stream<TokenRow> good() throws Exception {
    String good = id().signed("rsa", TestKeys.RSA);
    return Stream.of(
        row(null, "RS256", good),
        row(null, "RS256 by a key for it alone", id().signed("rsa256", TestKeys.RSA)),
        row(null, "RS512", id().signed("RS512", "rsa", TestKeys.RSA)),
        row(null, "PS256", id().signed("PS256", "rsa", TestKeys.RSA)),
        row(null, "ES256", id().signed("ES256", "ec", TestKeys.P256)),
        row(null, "EdDSA", id().signed("EdDSA", "ed", TestKeys.ED25519)),
        row(null, "with its scheme", "Bearer " + good),
        row(null, "with its scheme in lower case", "bearer " + good),
        row(null, "the other of two signatures of ES256", otherSignature()),
        claiming(null, "several audiences", id().with("aud", List.of("another", "client-1"))),
        claiming(null, "valid from in a minute", id().with("nbf", NOW / 1000 + 60)),
        claiming(null, "issued in a minute", id().with("iat", NOW / 1000 + 60)),
        claiming(null, "good for one second more", id().with("exp", NOW / 1000 + 1)),
        claiming(null, "Keycloak's ID token", id().without("token_use").with("typ", "ID")),
        claiming(null, "an ID token without a word for it", id().without("token_use")),
        claiming(null, "issued without iat", id().without("iat")),
        header(null, "typ JWT", "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"rsa\"}"));
  }

  /**
   * ES256 has two signatures for each content; both are of the key's owner, for the same content.
   */
  private static String otherSignature() {
    String token = id().signed("ES256", "ec", TestKeys.P256);
    byte[] signature = TestKeys.bytes(part(token, 2));
    BigInteger order = ((ECPublicKey) TestKeys.P256.getPublic()).getParams().getOrder();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    System.arraycopy(TestKeys.unsigned(order.subtract(s), 32), 0, signature, 32, 32);
    return with(token, signature);
  }

  static Stream<TokenRow> headers() {
    String own = jwk("own", TestKeys.OTHER_RSA.getPublic());
    Reason no = Reason.TOKEN_HEADER_FORBIDDEN;
    List<TokenRow> rows = new ArrayList<>();
    Map.ofEntries(
            Map.entry("the attacker's own key", "\"jwk\":" + own),
            Map.entry("where the attacker's keys are", "\"jku\":\"https://evil.example/keys\""),
            Map.entry("where the attacker's certificate is", "\"x5u\":\"https://evil.example/x\""),
            Map.entry("the attacker's certificate", "\"x5c\":[\"MIIB\"]"),
            Map.entry("a critical extension", "\"crit\":[\"exp\"],\"exp\":1"),
            Map.entry("an empty list of critical extensions", "\"crit\":[]"),
            Map.entry("a payload that is not encoded", "\"crit\":[\"b64\"],\"b64\":false"),
            Map.entry("a payload that is not encoded, by the way", "\"b64\":false"),
            Map.entry("a compressed payload", "\"zip\":\"DEF\""),
            Map.entry("an encrypted payload", "\"enc\":\"A128GCM\""),
            Map.entry("a token in the token", "\"cty\":\"JWT\""),
            Map.entry("an ephemeral key", "\"epk\":" + own),
            Map.entry("what nobody knows", "\"x\":1"),
            Map.entry("the algorithm in capitals as well", "\"ALG\":\"none\""))
        .forEach(
            (name, member) ->
                rows.add(
                    row(
                        no,
                        name,
                        token(
                            "RS256",
                            TestKeys.OTHER_RSA,
                            "{\"alg\":\"RS256\",\"kid\":\"rsa\"," + member + "}",
                            id().json()))));
    Reason unknown = Reason.TOKEN_KEY_UNKNOWN;
    rows.addAll(
        List.of(
            header(Reason.TOKEN_MALFORMED, "no kid", "{\"alg\":\"RS256\"}"),
            header(Reason.TOKEN_MALFORMED, "an empty kid", "{\"alg\":\"RS256\",\"kid\":\"\"}"),
            header(Reason.TOKEN_MALFORMED, "a kid of null", "{\"alg\":\"RS256\",\"kid\":null}"),
            header(
                Reason.TOKEN_MALFORMED, "a list of kids", "{\"alg\":\"RS256\",\"kid\":[\"rsa\"]}"),
            header(
                Reason.TOKEN_MALFORMED,
                "a very long kid",
                "{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(257) + "\"}"),
            header(unknown, "a path", "{\"alg\":\"RS256\",\"kid\":\"../../../../dev/null\"}"),
            header(unknown, "SQL", "{\"alg\":\"RS256\",\"kid\":\"x' UNION SELECT 'k\"}"),
            header(unknown, "a command", "{\"alg\":\"RS256\",\"kid\":\"rsa|sleep 9\"}"),
            header(unknown, "an address", "{\"alg\":\"RS256\",\"kid\":\"http://evil.example/k\"}"),
            header(unknown, "Unicode", "{\"alg\":\"RS256\",\"kid\":\"rs\u0430\"}"),
            header(unknown, "a zero character", "{\"alg\":\"RS256\",\"kid\":\"rsa\\u0000\"}"),
            header(unknown, "half a character", "{\"alg\":\"RS256\",\"kid\":\"\\ud800\"}"),
            header(unknown, "in capitals", "{\"alg\":\"RS256\",\"kid\":\"RSA\"}"),
            header(unknown, "a key for encryption", "{\"alg\":\"RS256\",\"kid\":\"enc\"}"),
            header(unknown, "a key for other operations", "{\"alg\":\"RS256\",\"kid\":\"ops\"}"),
            row(unknown, "a key of 1024 bits", id().signed("small", TestKeys.SMALL_RSA)),
            header(
                Reason.TOKEN_MALFORMED,
                "a token to log out",
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"logout+jwt\"}"),
            header(
                Reason.TOKEN_MALFORMED,
                "a proof of possession",
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"dpop+jwt\"}")));
    return rows.stream();
  }

  static Stream<TokenRow> forms() {
    String good = id().signed("rsa", TestKeys.RSA);
    String head = part(good, 0);
    String body = part(good, 1);
    String signature = part(good, 2);
    Reason no = Reason.TOKEN_MALFORMED;
    String deep = "[".repeat(40) + "]".repeat(40);
    return Stream.of(
        row(Reason.TOKEN_MISSING, "no header"),
        row(Reason.TOKEN_MISSING, "an empty header", ""),
        row(Reason.TOKEN_DOUBLED, "the same twice", good, good),
        row(Reason.TOKEN_DOUBLED, "a good and a bad one", good, "x.y.z"),
        row(Reason.TOKEN_TOO_LONG, "100 KB", head + "." + "A".repeat(100_000) + "." + signature),
        row(no, "two with a comma", good + "," + good),
        row(no, "two with their schemes", "Bearer " + good + ", Bearer " + good),
        row(no, "two with a blank", good + " " + good),
        row(no, "a scheme alone", "Bearer"),
        row(no, "another scheme", "Basic " + good),
        row(no, "two schemes", "Bearer Bearer " + good),
        row(no, "two blanks behind the scheme", "Bearer  " + good),
        row(no, "a blank in front", " " + good),
        row(no, "a line's end", good + "\n"),
        row(no, "quoted", "\"" + good + "\""),
        row(no, "a zero byte", good + "\0"),
        row(no, "a point behind", good + "."),
        row(no, "a point in front", "." + good),
        row(no, "four parts", good + "." + signature),
        row(no, "two parts", head + "." + body),
        row(no, "one part", head),
        row(no, "points alone", ".."),
        row(no, "no payload, as if detached", head + ".." + signature),
        row(no, "no header part", "." + body + "." + signature),
        row(no, "no signature", head + "." + body + "."),
        row(
            no,
            "an encrypted token",
            head + "." + body + "." + signature + "." + body + "." + head),
        row(
            no,
            "JSON of one signature",
            "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                .formatted(head, body, signature)),
        row(
            no,
            "JSON of many signatures",
            "{\"payload\":\"%s\",\"signatures\":[{\"protected\":\"%s\",\"signature\":\"%s\"}]}"
                .formatted(body, head, signature)),
        row(no, "padding behind the signature", good + "=="),
        row(no, "padding behind the header", head + "=." + body + "." + signature),
        row(
            no,
            "a blank in the payload",
            head + "." + body.replaceFirst("(.{9})", "$1 ") + "." + signature),
        row(
            no,
            "a line's end in the signature",
            head + "." + body + "." + signature.replaceFirst("(.{9})", "$1\n")),
        row(no, "the other alphabet", head + "." + body + "." + "+/" + signature.substring(2)),
        row(no, "one character left over", good.substring(0, good.length() - 1)),
        row(no, "bits beside the signature", head + "." + body + "." + otherLast(signature)),
        row(no, "letters that only look alike", good.replace('e', '\u0435')),
        header(no, "no JSON in the header", "alg=RS256"),
        header(no, "a list in the header", "[\"RS256\"]"),
        header(no, "a comment in the header", "{/**/\"alg\":\"RS256\",\"kid\":\"rsa\"}"),
        header(no, "something behind the header", "{\"alg\":\"RS256\",\"kid\":\"rsa\"}{}"),
        header(no, "a byte order mark", "\ufeff{\"alg\":\"RS256\",\"kid\":\"rsa\"}"),
        header(no, "the algorithm twice", "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa\"}"),
        header(no, "the key twice", "{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"rsa\"}"),
        header(no, "a deep header", "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x5t\":" + deep + "}"),
        payload(no, "exp twice", twice("\"exp\":1", "\"exp\":" + (NOW / 1000 + 600))),
        payload(no, "iss twice", twice("\"iss\":\"https://evil.example\"", "\"sub\":\"a\"")),
        payload(no, "exp twice, once escaped", twice("\"\\u0065xp\":99999999999", "\"sub2\":1")),
        payload(no, "twice further in", twice("\"a\":{\"b\":1,\"b\":2}", "\"c\":1")),
        payload(no, "a deep payload", twice("\"a\":" + deep, "\"c\":1")),
        payload(no, "a list of claims", "[" + id().json() + "]"),
        payload(no, "no JSON", "exp=99999999999"),
        row(
            no,
            "a payload that is no UTF-8",
            signedBytes(new byte[] {'{', '"', (byte) 0xc3, '"', '}'})),
        row(no, "a payload in UTF-16", signedBytes(id().json().getBytes(StandardCharsets.UTF_16))));
  }

  /** A good payload with more members. */
  private static String twice(String one, String other) {
    String json = id().json();
    return json.substring(0, json.length() - 1) + "," + one + "," + other + "}";
  }

  private static String signedBytes(byte[] payload) {
    String content = base64("{\"alg\":\"RS256\",\"kid\":\"rsa\"}") + "." + base64(payload);
    return content + "." + base64(TestKeys.signature("RS256", TestKeys.RSA.getPrivate(), content));
  }

  /** The same bytes, written with bits that nobody reads: 256 bytes leave four. */
  private static String otherLast(String base64) {
    char last = base64.charAt(base64.length() - 1);
    return base64.substring(0, base64.length() - 1) + (char) (last + 1);
  }

  static Stream<TokenRow> claims() {
    long second = NOW / 1000;
    Reason issuer = Reason.TOKEN_ISSUER_UNKNOWN;
    Reason client = Reason.TOKEN_CLIENT;
    Reason invalid = Reason.TOKEN_CLAIMS_INVALID;
    Reason future = Reason.TOKEN_NOT_YET_VALID;
    Reason use = Reason.TOKEN_USE;
    return Stream.of(
        claiming(
            issuer, "another issuer with the same keys", id().with("iss", "https://other.example")),
        claiming(issuer, "a slash behind the issuer", id().with("iss", TestClaims.ISSUER + "/")),
        claiming(issuer, "the issuer in capitals", id().with("iss", "HTTPS://issuer.example/pool")),
        claiming(issuer, "a list of issuers", id().with("iss", List.of(TestClaims.ISSUER))),
        claiming(issuer, "no issuer", id().without("iss")),
        claiming(client, "another client", id().with("aud", "client-3")),
        claiming(client, "every client", id().with("aud", "*")),
        claiming(client, "the client in capitals", id().with("aud", "CLIENT-1")),
        claiming(client, "other audiences", id().with("aud", List.of("a", "b"))),
        claiming(client, "no audience", id().without("aud")),
        claiming(client, "an empty list of audiences", id().with("aud", List.of())),
        claiming(client, "issued to another for our client", id().with("azp", "client-3")),
        claiming(invalid, "a number for an audience", id().with("aud", 1)),
        claiming(invalid, "an object for an audience", id().with("aud", Map.of("client-1", 1))),
        claiming(
            invalid, "audiences that are no strings", id().with("aud", List.of(1, "client-1"))),
        claiming(
            invalid, "two clients", id().with("azp", "client-1").with("client_id", "client-2")),
        claiming(invalid, "a client that is no string", id().with("azp", List.of("client-1"))),
        claiming(Reason.TOKEN_EXPIRED, "expired", id().with("exp", second - 1)),
        claiming(Reason.TOKEN_EXPIRED, "expired just now", id().with("exp", second)),
        claiming(Reason.TOKEN_EXPIRED, "expired in 1970", id().with("exp", 0)),
        claiming(invalid, "exp missing", id().without("exp")),
        claiming(invalid, "exp null", id().with("exp", null)),
        claiming(invalid, "exp a string", id().with("exp", "" + (second + 600))),
        claiming(invalid, "exp negative", id().with("exp", -1)),
        claiming(invalid, "exp a fraction", id().with("exp", second + 600.5)),
        claiming(invalid, "exp beyond all years", id().with("exp", Long.MAX_VALUE)),
        claiming(invalid, "exp that overflows", id().with("exp", BigInteger.TWO.pow(64))),
        claiming(invalid, "exp of 1e300", id().with("exp", 1e300)),
        claiming(invalid, "exp true", id().with("exp", true)),
        claiming(invalid, "exp a list", id().with("exp", List.of(second + 600))),
        claiming(invalid, "exp in milliseconds", id().with("exp", NOW * 1000)),
        claiming(future, "not before in 61 seconds", id().with("nbf", second + 61)),
        claiming(future, "issued in 61 seconds", id().with("iat", second + 61)),
        claiming(future, "issued in the year 9999", id().with("iat", 253_402_300_799L)),
        claiming(invalid, "nbf a string", id().with("nbf", "0")),
        claiming(invalid, "iat null", id().with("iat", null)),
        claiming(invalid, "iat negative", id().with("iat", -5)),
        claiming(use, "an access token", TestClaims.access(NOW, "read")),
        claiming(
            use,
            "Keycloak's access token",
            id().without("token_use").with("typ", "Bearer").with("azp", "client-1")),
        claiming(use, "a refresh token", id().without("token_use").with("typ", "Refresh")),
        claiming(use, "use that nobody knows", id().with("token_use", "ID")),
        claiming(use, "use that is no string", id().with("token_use", List.of("id"))),
        claiming(use, "an ID token and none", id().with("typ", "Bearer").with("azp", "client-1")),
        claiming(
            use,
            "scopes without a word",
            id().without("token_use").with("scope", "openid").with("azp", "client-1")),
        header(
            use,
            "typed as an access token",
            "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}"),
        claiming(invalid, "scopes in a list", id().with("scope", List.of("read"))));
  }

  static Stream<TokenRow> scopes() {
    return Stream.of(
        claiming(null, "one of several", TestClaims.access(NOW, "openid shop/read")),
        claiming(null, "blanks between", TestClaims.access(NOW, " a  shop/read ")),
        claiming(
            null,
            "Keycloak's",
            TestClaims.access(NOW, "shop/read")
                .without("token_use")
                .without("client_id")
                .with("typ", "Bearer")
                .with("azp", "client-1")),
        claiming(Reason.TOKEN_USE, "an ID token", id().with("scope", "shop/read")),
        claiming(Reason.TOKEN_SCOPE, "none of them", TestClaims.access(NOW, "openid")),
        claiming(Reason.TOKEN_SCOPE, "no scope at all", TestClaims.access(NOW, "")),
        claiming(Reason.TOKEN_SCOPE, "a part of one", TestClaims.access(NOW, "shop")),
        claiming(Reason.TOKEN_SCOPE, "more than one", TestClaims.access(NOW, "shop/read/all")),
        claiming(Reason.TOKEN_SCOPE, "in capitals", TestClaims.access(NOW, "SHOP/READ")),
        claiming(Reason.TOKEN_SCOPE, "with commas", TestClaims.access(NOW, "openid,shop/read")),
        claiming(Reason.TOKEN_SCOPE, "every scope", TestClaims.access(NOW, "*")),
        claiming(
            Reason.TOKEN_CLIENT,
            "of another client",
            TestClaims.access(NOW, "shop/read").with("client_id", "client-3")),
        claiming(
            Reason.TOKEN_CLIENT,
            "of no client",
            TestClaims.access(NOW, "shop/read").without("client_id")));
  }

  @ParameterizedTest
  @MethodSource({
    "good",
    "io.gatehouse.runtime.auth.SignatureAttacks#algorithms",
    "headers",
    "forms",
    "io.gatehouse.runtime.auth.SignatureAttacks#signatures",
    "claims"
  })
  void isDecided(TokenRow row) {
    PoolNode.Outcome outcome = node.call(node.authorizer(), row.values());
    assertEquals(row.reason(), outcome.reason(), () -> outcome.refusal.detail());
  }

  /** What was decided once is decided so again, whatever is remembered. */
  @ParameterizedTest
  @MethodSource({
    "good",
    "io.gatehouse.runtime.auth.SignatureAttacks#algorithms",
    "headers",
    "forms",
    "io.gatehouse.runtime.auth.SignatureAttacks#signatures",
    "claims"
  })
  void isDecidedSoAgain(TokenRow row) {
    assertNull(node.call(id().signed("rsa", TestKeys.RSA)).reason());
    node.call(node.authorizer(), row.values());
    assertEquals(row.reason(), node.call(node.authorizer(), row.values()).reason());
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void scopesAreDecided(TokenRow row) {
    PoolNode.Outcome outcome = node.call(node.authorizer("shop/read", "shop/write"), row.values());
    assertEquals(row.reason(), outcome.reason());
  }

  @Test
  void noByteOfATokenCanBeAnother() {
    noByteCanBeAnother(id().signed("rsa", TestKeys.RSA), 0);
    for (String token :
        List.of(
            id().signed("ES256", "ec", TestKeys.P256),
            id().signed("EdDSA", "ed", TestKeys.ED25519))) {
      noByteCanBeAnother(token, token.lastIndexOf('.'));
    }
  }

  private void noByteCanBeAnother(String token, int from) {
    assertNull(node.call(token).reason());
    for (int at = from; at < token.length(); at++) {
      for (String other : others(token, at)) {
        assertTrue(node.call(other).reason() != null, () -> "taken: " + other);
      }
    }
  }

  /** With one character changed, left out, or given twice. */
  private static List<String> others(String token, int at) {
    List<String> others = new ArrayList<>();
    char c = token.charAt(at);
    for (char instead : new char[] {(char) (c + 1), (char) (c ^ 0x20), (char) (c ^ 1), 'A', '_'}) {
      if (instead != c) {
        others.add(token.substring(0, at) + instead + token.substring(at + 1));
      }
    }
    others.add(token.substring(0, at) + token.substring(at + 1));
    others.add(token.substring(0, at) + c + token.substring(at));
    return others;
  }
}

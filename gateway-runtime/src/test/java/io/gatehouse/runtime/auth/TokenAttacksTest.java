package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.base64;
import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

  private static final long NOW = 1_796_000_000_000L;

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

  /** A header's values, and what they come to; null where the caller is let in. */
  record Row(String name, Reason reason, String... values) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static TestClaims id() {
    return TestClaims.id(NOW);
  }

  private static Row row(Reason reason, String name, String... values) {
    return new Row(name, reason, values);
  }

  private static Row claims(Reason reason, String name, TestClaims claims) {
    return row(reason, name, claims.signed("rsa", TestKeys.RSA));
  }

  /** Signed as {@code algorithm} says, whatever the header does. */
  private static String token(String algorithm, KeyPair key, String header, String payload) {
    return TestKeys.signed(algorithm, key.getPrivate(), header, payload);
  }

  private static Row header(Reason reason, String name, String header) {
    return row(reason, name, token("RS256", TestKeys.RSA, header, id().json()));
  }

  private static Row payload(Reason reason, String name, String payload) {
    return row(
        reason, name, token("RS256", TestKeys.RSA, "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", payload));
  }

  static Stream<Row> good() throws Exception {
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
        claims(null, "several audiences", id().with("aud", List.of("another", "client-1"))),
        claims(null, "valid from in a minute", id().with("nbf", NOW / 1000 + 60)),
        claims(null, "issued in a minute", id().with("iat", NOW / 1000 + 60)),
        claims(null, "good for one second more", id().with("exp", NOW / 1000 + 1)),
        claims(null, "Keycloak's ID token", id().without("token_use").with("typ", "ID")),
        claims(null, "an ID token without a word for it", id().without("token_use")),
        claims(null, "issued without iat", id().without("iat")),
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

  static Stream<Row> algorithms() throws Exception {
    RSAPublicKey rsa = (RSAPublicKey) TestKeys.RSA.getPublic();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(rsa.getEncoded())
            + "\n-----END PUBLIC KEY-----";
    Reason no = Reason.TOKEN_ALGORITHM;
    return Stream.of(
        row(Reason.TOKEN_MALFORMED, "none, without a signature", unsigned("none", "")),
        row(no, "none, with some signature", unsigned("none", base64("signed"))),
        row(no, "None", unsigned("None", base64("signed"))),
        row(no, "NONE", unsigned("NONE", base64("signed"))),
        row(no, "nOnE", unsigned("nOnE", base64("signed"))),
        row(no, "no algorithm's name", unsigned("", base64("signed"))),
        row(no, "HS256 by the PEM of the public key", byMac(pem.getBytes())),
        row(no, "HS256 by the PEM and a line's end", byMac((pem + "\n").getBytes())),
        row(no, "HS256 by the DER of the public key", byMac(rsa.getEncoded())),
        row(no, "HS256 by the modulus", byMac(TestKeys.unsigned(rsa.getModulus(), 0))),
        row(no, "HS256 by the signed modulus", byMac(rsa.getModulus().toByteArray())),
        row(no, "HS256 by the JWK", byMac(jwk("rsa", rsa).getBytes())),
        row(no, "HS256 by a zero byte", byMac(new byte[] {0})),
        row(
            no,
            "an algorithm that the pool does not take",
            id().signed("RS384", "rsa", TestKeys.RSA)),
        row(no, "a curve that the pool does not take", id().signed("ES384", "p384", TestKeys.P384)),
        header(no, "in lower case", "{\"alg\":\"rs256\",\"kid\":\"rsa\"}"),
        header(no, "with a blank behind", "{\"alg\":\"RS256 \",\"kid\":\"rsa\"}"),
        header(no, "with a line's end", "{\"alg\":\"RS256\\n\",\"kid\":\"rsa\"}"),
        header(no, "one that nobody knows", "{\"alg\":\"XS256\",\"kid\":\"rsa\"}"),
        header(no, "of encryption", "{\"alg\":\"RSA-OAEP\",\"kid\":\"rsa\"}"),
        header(Reason.TOKEN_MALFORMED, "a list", "{\"alg\":[\"RS256\"],\"kid\":\"rsa\"}"),
        header(Reason.TOKEN_MALFORMED, "null", "{\"alg\":null,\"kid\":\"rsa\"}"),
        header(Reason.TOKEN_MALFORMED, "a number", "{\"alg\":256,\"kid\":\"rsa\"}"),
        header(Reason.TOKEN_MALFORMED, "missing", "{\"kid\":\"rsa\"}"),
        header(
            Reason.TOKEN_KEY_UNKNOWN, "ES256 by an RSA key", "{\"alg\":\"ES256\",\"kid\":\"rsa\"}"),
        header(
            Reason.TOKEN_KEY_UNKNOWN, "EdDSA by an RSA key", "{\"alg\":\"EdDSA\",\"kid\":\"rsa\"}"),
        header(
            Reason.TOKEN_KEY_UNKNOWN, "RS256 by an EC key", "{\"alg\":\"RS256\",\"kid\":\"ec\"}"),
        header(Reason.TOKEN_KEY_UNKNOWN, "ES256 by P-384", "{\"alg\":\"ES256\",\"kid\":\"p384\"}"),
        row(
            Reason.TOKEN_KEY_UNKNOWN,
            "PS256 by a key for RS256",
            id().signed("PS256", "rsa256", TestKeys.RSA)),
        header(
            Reason.TOKEN_SIGNATURE,
            "ES256 over a signature of RSA",
            "{\"alg\":\"ES256\",\"kid\":\"ec\"}"),
        header(
            Reason.TOKEN_SIGNATURE,
            "EdDSA over a signature of RSA",
            "{\"alg\":\"EdDSA\",\"kid\":\"ed\"}"),
        header(Reason.TOKEN_SIGNATURE, "PS256 over RS256", "{\"alg\":\"PS256\",\"kid\":\"rsa\"}"),
        header(Reason.TOKEN_SIGNATURE, "RS512 over RS256", "{\"alg\":\"RS512\",\"kid\":\"rsa\"}"));
  }

  private static String unsigned(String algorithm, String signature) {
    String header = "{\"alg\":\"%s\",\"kid\":\"rsa\"}".formatted(algorithm);
    return base64(header) + "." + base64(id().json()) + "." + signature;
  }

  private static String byMac(byte[] secret) throws GeneralSecurityException {
    String content = base64("{\"alg\":\"HS256\",\"kid\":\"rsa\"}") + "." + base64(id().json());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  static Stream<Row> headers() {
    String own = jwk("own", TestKeys.OTHER_RSA.getPublic());
    Reason no = Reason.TOKEN_HEADER_FORBIDDEN;
    List<Row> rows = new ArrayList<>();
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

  private static String part(String token, int part) {
    return token.split("\\.")[part];
  }

  private static String with(String token, byte[] signature) {
    return part(token, 0) + "." + part(token, 1) + "." + base64(signature);
  }

  static Stream<Row> forms() {
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

  static Stream<Row> signatures() {
    String rsa = id().signed("rsa", TestKeys.RSA);
    String ec = id().signed("ES256", "ec", TestKeys.P256);
    String ed = id().signed("EdDSA", "ed", TestKeys.ED25519);
    String admin = id().with("sub", "admin").signed("rsa", TestKeys.OTHER_RSA);
    BigInteger order = ((ECPublicKey) TestKeys.P256.getPublic()).getParams().getOrder();
    byte[] s = Arrays.copyOfRange(TestKeys.bytes(part(ec, 2)), 32, 64);
    Reason no = Reason.TOKEN_SIGNATURE;
    return Stream.of(
        row(no, "by another key", admin),
        row(no, "of another token", part(admin, 0) + "." + part(admin, 1) + "." + part(rsa, 2)),
        row(no, "another payload", part(rsa, 0) + "." + part(admin, 1) + "." + part(rsa, 2)),
        row(no, "one of zeros", with(rsa, new byte[256])),
        row(no, "one of ones", with(rsa, filled(256))),
        row(no, "one byte less", with(rsa, Arrays.copyOf(TestKeys.bytes(part(rsa, 2)), 255))),
        row(no, "one byte more", with(rsa, Arrays.copyOf(TestKeys.bytes(part(rsa, 2)), 257))),
        row(no, "one byte", with(rsa, new byte[1])),
        row(no, "plus the modulus", with(rsa, plusModulus(part(rsa, 2)))),
        row(no, "ES256 of zeros", with(ec, new byte[64])),
        row(no, "ES256 with r of zero", with(ec, joined(BigInteger.ZERO, new BigInteger(1, s)))),
        row(no, "ES256 with s of zero", with(ec, joined(BigInteger.ONE, BigInteger.ZERO))),
        row(no, "ES256 with the order", with(ec, joined(order, order))),
        row(no, "ES256 with r of the order", with(ec, joined(order, BigInteger.ONE))),
        row(no, "ES256 of ones", with(ec, filled(64))),
        row(no, "ES256 one byte less", with(ec, Arrays.copyOf(TestKeys.bytes(part(ec, 2)), 63))),
        row(no, "ES256 one byte more", with(ec, Arrays.copyOf(TestKeys.bytes(part(ec, 2)), 65))),
        row(no, "ES256 in DER", with(ec, der(TestKeys.bytes(part(ec, 2))))),
        row(no, "EdDSA of zeros", with(ed, new byte[64])),
        row(no, "EdDSA plus the order", with(ed, plusOrder(TestKeys.bytes(part(ed, 2))))),
        row(no, "EdDSA one byte less", with(ed, Arrays.copyOf(TestKeys.bytes(part(ed, 2)), 63))));
  }

  private static byte[] filled(int bytes) {
    byte[] ones = new byte[bytes];
    Arrays.fill(ones, (byte) 0xff);
    return ones;
  }

  private static byte[] joined(BigInteger r, BigInteger s) {
    byte[] both = Arrays.copyOf(TestKeys.unsigned(r, 32), 64);
    System.arraycopy(TestKeys.unsigned(s, 32), 0, both, 32, 32);
    return both;
  }

  private static byte[] plusModulus(String signature) {
    BigInteger s = new BigInteger(1, TestKeys.bytes(signature));
    return TestKeys.unsigned(s.add(((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus()), 256);
  }

  private static byte[] der(byte[] joined) {
    byte[] r = new BigInteger(1, Arrays.copyOf(joined, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(joined, 32, 64)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 2;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 2;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }

  /** A second form of S, which RFC 8032 forbids. */
  private static byte[] plusOrder(byte[] signature) {
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    byte[] sum = TestKeys.unsigned(new BigInteger(1, reversed(s)).add(order), 32);
    byte[] out = signature.clone();
    System.arraycopy(reversed(sum), 0, out, 32, 32);
    return out;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      out[i] = bytes[bytes.length - 1 - i];
    }
    return out;
  }

  static Stream<Row> claims() {
    long second = NOW / 1000;
    Reason issuer = Reason.TOKEN_ISSUER_UNKNOWN;
    Reason client = Reason.TOKEN_CLIENT;
    Reason invalid = Reason.TOKEN_CLAIMS_INVALID;
    Reason future = Reason.TOKEN_NOT_YET_VALID;
    Reason use = Reason.TOKEN_USE;
    return Stream.of(
        claims(
            issuer, "another issuer with the same keys", id().with("iss", "https://other.example")),
        claims(issuer, "a slash behind the issuer", id().with("iss", TestClaims.ISSUER + "/")),
        claims(issuer, "the issuer in capitals", id().with("iss", "HTTPS://issuer.example/pool")),
        claims(issuer, "a list of issuers", id().with("iss", List.of(TestClaims.ISSUER))),
        claims(issuer, "no issuer", id().without("iss")),
        claims(client, "another client", id().with("aud", "client-3")),
        claims(client, "every client", id().with("aud", "*")),
        claims(client, "the client in capitals", id().with("aud", "CLIENT-1")),
        claims(client, "other audiences", id().with("aud", List.of("a", "b"))),
        claims(client, "no audience", id().without("aud")),
        claims(client, "an empty list of audiences", id().with("aud", List.of())),
        claims(client, "issued to another for our client", id().with("azp", "client-3")),
        claims(invalid, "a number for an audience", id().with("aud", 1)),
        claims(invalid, "an object for an audience", id().with("aud", Map.of("client-1", 1))),
        claims(invalid, "audiences that are no strings", id().with("aud", List.of(1, "client-1"))),
        claims(invalid, "two clients", id().with("azp", "client-1").with("client_id", "client-2")),
        claims(invalid, "a client that is no string", id().with("azp", List.of("client-1"))),
        claims(Reason.TOKEN_EXPIRED, "expired", id().with("exp", second - 1)),
        claims(Reason.TOKEN_EXPIRED, "expired just now", id().with("exp", second)),
        claims(Reason.TOKEN_EXPIRED, "expired in 1970", id().with("exp", 0)),
        claims(invalid, "exp missing", id().without("exp")),
        claims(invalid, "exp null", id().with("exp", null)),
        claims(invalid, "exp a string", id().with("exp", "" + (second + 600))),
        claims(invalid, "exp negative", id().with("exp", -1)),
        claims(invalid, "exp a fraction", id().with("exp", second + 600.5)),
        claims(invalid, "exp beyond all years", id().with("exp", Long.MAX_VALUE)),
        claims(invalid, "exp that overflows", id().with("exp", BigInteger.TWO.pow(64))),
        claims(invalid, "exp of 1e300", id().with("exp", 1e300)),
        claims(invalid, "exp true", id().with("exp", true)),
        claims(invalid, "exp a list", id().with("exp", List.of(second + 600))),
        claims(invalid, "exp in milliseconds", id().with("exp", NOW * 1000)),
        claims(future, "not before in 61 seconds", id().with("nbf", second + 61)),
        claims(future, "issued in 61 seconds", id().with("iat", second + 61)),
        claims(future, "issued in the year 9999", id().with("iat", 253_402_300_799L)),
        claims(invalid, "nbf a string", id().with("nbf", "0")),
        claims(invalid, "iat null", id().with("iat", null)),
        claims(invalid, "iat negative", id().with("iat", -5)),
        claims(use, "an access token", TestClaims.access(NOW, "read")),
        claims(
            use,
            "Keycloak's access token",
            id().without("token_use").with("typ", "Bearer").with("azp", "client-1")),
        claims(use, "a refresh token", id().without("token_use").with("typ", "Refresh")),
        claims(use, "use that nobody knows", id().with("token_use", "ID")),
        claims(use, "use that is no string", id().with("token_use", List.of("id"))),
        claims(use, "an ID token and none", id().with("typ", "Bearer").with("azp", "client-1")),
        claims(
            use,
            "scopes without a word",
            id().without("token_use").with("scope", "openid").with("azp", "client-1")),
        header(
            use,
            "typed as an access token",
            "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}"),
        claims(invalid, "scopes in a list", id().with("scope", List.of("read"))));
  }

  static Stream<Row> scopes() {
    return Stream.of(
        claims(null, "one of several", TestClaims.access(NOW, "openid shop/read")),
        claims(null, "blanks between", TestClaims.access(NOW, " a  shop/read ")),
        claims(
            null,
            "Keycloak's",
            TestClaims.access(NOW, "shop/read")
                .without("token_use")
                .without("client_id")
                .with("typ", "Bearer")
                .with("azp", "client-1")),
        claims(Reason.TOKEN_USE, "an ID token", id().with("scope", "shop/read")),
        claims(Reason.TOKEN_SCOPE, "none of them", TestClaims.access(NOW, "openid")),
        claims(Reason.TOKEN_SCOPE, "no scope at all", TestClaims.access(NOW, "")),
        claims(Reason.TOKEN_SCOPE, "a part of one", TestClaims.access(NOW, "shop")),
        claims(Reason.TOKEN_SCOPE, "more than one", TestClaims.access(NOW, "shop/read/all")),
        claims(Reason.TOKEN_SCOPE, "in capitals", TestClaims.access(NOW, "SHOP/READ")),
        claims(Reason.TOKEN_SCOPE, "with commas", TestClaims.access(NOW, "openid,shop/read")),
        claims(Reason.TOKEN_SCOPE, "every scope", TestClaims.access(NOW, "*")),
        claims(
            Reason.TOKEN_CLIENT,
            "of another client",
            TestClaims.access(NOW, "shop/read").with("client_id", "client-3")),
        claims(
            Reason.TOKEN_CLIENT,
            "of no client",
            TestClaims.access(NOW, "shop/read").without("client_id")));
  }

  @ParameterizedTest
  @MethodSource({"good", "algorithms", "headers", "forms", "signatures", "claims"})
  void isDecided(Row row) {
    PoolNode.Outcome outcome = node.call(node.authorizer(), row.values());
    assertEquals(row.reason(), outcome.reason(), () -> outcome.refusal.detail());
  }

  /** What was decided once is decided so again, whatever is remembered. */
  @ParameterizedTest
  @MethodSource({"good", "algorithms", "headers", "forms", "signatures", "claims"})
  void isDecidedSoAgain(Row row) {
    assertNull(node.call(id().signed("rsa", TestKeys.RSA)).reason());
    node.call(node.authorizer(), row.values());
    assertEquals(row.reason(), node.call(node.authorizer(), row.values()).reason());
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void scopesAreDecided(Row row) {
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

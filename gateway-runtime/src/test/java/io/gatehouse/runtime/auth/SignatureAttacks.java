package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.base64;
import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static io.gatehouse.runtime.auth.TokenRow.header;
import static io.gatehouse.runtime.auth.TokenRow.id;
import static io.gatehouse.runtime.auth.TokenRow.part;
import static io.gatehouse.runtime.auth.TokenRow.row;
import static io.gatehouse.runtime.auth.TokenRow.with;

import io.gatehouse.runtime.exchange.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens with algorithms and signatures that others have made up. */
final class SignatureAttacks {

  private SignatureAttacks() {}

  static Stream<TokenRow> algorithms() throws Exception {
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

  static Stream<TokenRow> signatures() {
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
}

package io.gatehouse.runtime.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Keys of tests, and tokens that are signed with them: by the JDK alone, so that no mistake of a
 * library can be on both sides.
 */
public final class TestKeys {

  public static final KeyPair RSA = rsa(2048);
  public static final KeyPair OTHER_RSA = rsa(2048);
  public static final KeyPair SMALL_RSA = rsa(1024);
  public static final KeyPair P256 = ec("secp256r1");
  public static final KeyPair P384 = ec("secp384r1");
  public static final KeyPair P521 = ec("secp521r1");
  public static final KeyPair ED25519 = pair("Ed25519", null);

  private TestKeys() {}

  private static KeyPair rsa(int bits) {
    return pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair ec(String curve) {
    return pair("EC", new ECGenParameterSpec(curve));
  }

  private static KeyPair pair(String algorithm, AlgorithmParameterSpec spec) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (spec != null) {
        generator.initialize(spec);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token whose header and payload are these texts, signed as its algorithm says. */
  public static String signed(String algorithm, PrivateKey key, String header, String payload) {
    String content = base64(header) + "." + base64(payload);
    return content + "." + base64(signature(algorithm, key, content));
  }

  static byte[] signature(String algorithm, PrivateKey key, String content) {
    try {
      Signature signer = signer(algorithm);
      signer.initSign(key);
      signer.update(content.getBytes(StandardCharsets.US_ASCII));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature signer(String algorithm) throws GeneralSecurityException {
    String bits = algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
      case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
      case "PS" -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(
            new PSSParameterSpec(
                "SHA-" + bits,
                "MGF1",
                new MGF1ParameterSpec("SHA-" + bits),
                Integer.parseInt(bits) / 8,
                1));
        yield pss;
      }
      default -> Signature.getInstance("Ed25519");
    };
  }

  public static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  /**
   * A published key.
   *
   * @param more members, as {@code "use":"sig"}
   */
  public static String jwk(String id, PublicKey key, String... more) {
    StringBuilder out = new StringBuilder("{\"kid\":\"" + id + "\"," + members(key));
    for (String member : more) {
      out.append(',').append(member);
    }
    return out.append('}').toString();
  }

  private static String members(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
              .formatted(
                  base64(unsigned(rsa.getModulus(), 0)),
                  base64(unsigned(rsa.getPublicExponent(), 0)));
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        int bytes = (bits + 7) / 8;
        yield "\"kty\":\"EC\",\"crv\":\"P-%d\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(
                bits,
                base64(unsigned(ec.getW().getAffineX(), bytes)),
                base64(unsigned(ec.getW().getAffineY(), bytes)));
      }
      default -> {
        byte[] encoded = key.getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(x) + "\"";
      }
    };
  }

  /** Big-endian, in so many bytes; 0 for as few as may be. */
  static byte[] unsigned(BigInteger number, int bytes) {
    byte[] signed = number.toByteArray();
    byte[] plain = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    byte[] out = new byte[Math.max(bytes, plain.length)];
    System.arraycopy(plain, 0, out, out.length - plain.length, plain.length);
    return out;
  }

  /** A keys document. */
  public static String published(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }
}

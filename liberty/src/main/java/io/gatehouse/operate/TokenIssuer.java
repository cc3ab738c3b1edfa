package io.gatehouse.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * An OpenID Connect issuer with one key and one token, for measuring what checking tokens costs:
 * prints an ID token for the client, then answers for its keys.
 */
public final class TokenIssuer {

  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final int KEY_BITS = 2048;
  private static final String KEY_ID = "bench";

  private TokenIssuer() {}

  /** Takes the port, on loopback, and the id of the client. */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    if (arguments.length != 2) {
      System.err.println("usage: TokenIssuer PORT CLIENT");
      System.exit(2);
    }
    String issuer = "http://127.0.0.1:" + arguments[0];
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    KeyPair keys = generator.generateKeyPair();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    serve(
        server,
        "/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer, issuer));
    serve(server, "/keys", "{\"keys\":[" + published((RSAPublicKey) keys.getPublic()) + "]}");
    server.start();
    System.out.println(token(issuer, arguments[1], keys));
  }

  private static void serve(HttpServer server, String path, String json) {
    server.createContext(path, exchange -> answer(exchange, json));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String published(RSAPublicKey key) {
    return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(KEY_ID, number(key.getModulus()), number(key.getPublicExponent()));
  }

  private static String token(String issuer, String client, KeyPair keys)
      throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}";
    String claims =
        ("{\"iss\":\"%s\",\"sub\":\"8c1f7a52-1d9e-4c39-9d55-7e1f0a9b2c3d\",\"aud\":\"%s\","
                + "\"token_use\":\"id\",\"email\":\"bench@example.com\",\"iat\":%d,\"exp\":%d}")
            .formatted(issuer, client, now, now + VALIDITY.toSeconds());
    String signed = text(header) + "." + text(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + coded(signature.sign());
  }

  private static String text(String json) {
    return coded(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the byte that tells a positive number from a negative one. */
  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return coded(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static String coded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

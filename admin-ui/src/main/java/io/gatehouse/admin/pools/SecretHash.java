package io.gatehouse.admin.pools;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.pools.Realms.Proof;
import io.gatehouse.admin.pools.Realms.RealmClient;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import jakarta.json.JsonException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a client with a secret shows that it has it: a hash with the name of the person. */
final class SecretHash {

  private static final String PARAMETER = "SECRET_HASH";

  private SecretHash() {}

  /**
   * @throws ApiError not authorized
   */
  static void check(RealmClient client, Proof proof, Map<String, String> parameters) {
    if (client.secret().isEmpty()) {
      return;
    }
    String id = client.client().clientId();
    String given = parameters.get(PARAMETER);
    if (given == null) {
      throw ApiError.of(
          Kind.NOT_AUTHORIZED,
          "Client " + id + " is configured with secret but SECRET_HASH was not received");
    }
    String name =
        switch (proof) {
          case Proof.Password(String userName, String password) -> userName;
          case Proof.Refresh(String token) -> parameters.getOrDefault("USERNAME", subject(token));
        };
    byte[] right = of(client.secret().get(), name, id).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right, given.getBytes(StandardCharsets.UTF_8))) {
      throw ApiError.of(Kind.NOT_AUTHORIZED, "Unable to verify secret hash for client " + id);
    }
  }

  /** As the vendor's tools make it. */
  static String of(String secret, String userName, String clientId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal((userName + clientId).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Whose token it says it is; the sign-in service finds out whether that is so. */
  private static String subject(String token) {
    String[] parts = token.split("\\.", 4);
    if (parts.length < 2) {
      return "";
    }
    try (var reader =
        JSON.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(parts[1])))) {
      return reader.readObject().getString("sub", "");
    } catch (IllegalArgumentException | JsonException e) {
      return "";
    }
  }
}

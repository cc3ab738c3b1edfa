package io.gatehouse.model.aws;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.seal.Seal;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Temporary keys of a user or role, as a session token carries them: sealed under the node key, so
 * that every node and the control plane can check a signature made with them and ask nobody.
 *
 * @param account the principal's, 12 digits
 * @param accessKeyId as {@code ASIA...}
 * @param secret that requests are signed with; never logged, see {@link #toString}
 * @param issuer ARN of the user or role that the session is of; its policies as they are by then
 *     decide
 * @param issuerId that principal's id, so that a session does not outlive it in a namesake
 * @param arn of the session, as {@code arn:aws:sts::123456789012:assumed-role/deployer/ci}; the
 *     user's own for a user's
 * @param userId as {@code AROA...:ci}; the user's own for a user's
 * @param issued to the second
 * @param expires to the second
 * @param policy JSON text of what the session is limited to; empty for no such limit
 */
public record SessionToken(
    String account,
    String accessKeyId,
    String secret,
    String issuer,
    String issuerId,
    String arn,
    String userId,
    Instant issued,
    Instant expires,
    Optional<String> policy) {

  private static final String OWNER = "session-token";
  private static final int LONGEST = 16 * 1024;

  /** As callers carry it. */
  public String sealed(Seal nodeKey, SecureRandom random) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", account)
            .add("accessKeyId", accessKeyId)
            .add("secret", secret)
            .add("issuer", issuer)
            .add("issuerId", issuerId)
            .add("arn", arn)
            .add("userId", userId)
            .add("issued", issued.getEpochSecond())
            .add("expires", expires.getEpochSecond());
    policy.ifPresent(text -> out.add("policy", text));
    return nodeKey.close(OWNER, out.build().toString(), random);
  }

  /** Empty when the text is no token of this installation's; expired ones open, too. */
  public static Optional<SessionToken> open(Seal nodeKey, String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    return nodeKey.open(OWNER, token).flatMap(SessionToken::read);
  }

  private static Optional<SessionToken> read(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      JsonObject in = reader.readObject();
      return Optional.of(
          new SessionToken(
              in.getString("account"),
              in.getString("accessKeyId"),
              in.getString("secret"),
              in.getString("issuer"),
              in.getString("issuerId"),
              in.getString("arn"),
              in.getString("userId"),
              second(in, "issued"),
              second(in, "expires"),
              Optional.ofNullable(in.getString("policy", null))));
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant second(JsonObject in, String name) {
    return Instant.ofEpochSecond(in.getJsonNumber(name).longValueExact());
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "session of " + arn + " until " + expires;
  }
}

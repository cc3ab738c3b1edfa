package io.gatehouse.runtime.door;

import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Users and roles with keys, as nodes know them. */
public final class SampleUser {

  public static final String ALL =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}""";

  private SampleUser() {}

  /** A user with a key of its own. */
  public static PrincipalSnapshot user(
      String account, String name, String keyId, String secret, String... policies) {
    String sealed =
        Door.NODE_KEY.close(PrincipalSnapshot.owner(account, keyId), secret, new SecureRandom());
    return of(account, PrincipalSnapshot.Kind.USER, name, Map.of(keyId, sealed), policies);
  }

  /** A role, which has no keys. */
  public static PrincipalSnapshot role(String account, String name, String... policies) {
    return of(account, PrincipalSnapshot.Kind.ROLE, name, Map.of(), policies);
  }

  private static PrincipalSnapshot of(
      String account,
      PrincipalSnapshot.Kind kind,
      String name,
      Map<String, String> secrets,
      String... policies) {
    boolean user = kind == PrincipalSnapshot.Kind.USER;
    return new PrincipalSnapshot(
        1,
        account,
        kind,
        name,
        "arn:aws:iam::" + account + (user ? ":user/" : ":role/") + name,
        (user ? "AIDA" : "AROA") + name.toUpperCase(),
        secrets,
        List.of(policies),
        Optional.empty(),
        Map.of());
  }

  /** What AssumeRole would give. */
  public static SessionToken session(
      PrincipalSnapshot role, String keyId, String secret, Instant expires, String policy) {
    return new SessionToken(
        role.account(),
        keyId,
        secret,
        role.arn(),
        role.id(),
        "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/ci",
        role.id() + ":ci",
        expires.minusSeconds(3600),
        expires,
        Optional.ofNullable(policy));
  }

  public static String sealed(SessionToken token) {
    return token.sealed(Door.NODE_KEY, new SecureRandom());
  }
}

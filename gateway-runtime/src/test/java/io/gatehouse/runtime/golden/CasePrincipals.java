package io.gatehouse.runtime.golden;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.json.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users and roles of a case, and requests signed in their names. A request line {@code Sign:
 * KEYID} signs it with the user's key; after the key may come, with blanks between, {@code
 * service=}, {@code region=}, {@code secret=}, {@code ago=SECONDS}, {@code session=ARN} for
 * temporary keys of that user or role, {@code lasts=SECONDS} for their life, and {@code key=KEYID}
 * for a token of another key.
 */
final class CasePrincipals {

  private static final String SECRET = "the secret of a session";

  private final List<PrincipalSnapshot> all = new ArrayList<>();
  private final Map<String, String> secrets = new HashMap<>();

  /**
   * @param members by ARN, each with {@code keys} (secrets by id), {@code policies}, {@code
   *     boundary}, {@code tags} and {@code sealedFor} another account
   */
  CasePrincipals(Map<String, Map<String, Object>> members) {
    members.forEach((arn, member) -> all.add(principal(Arn.parse(arn).orElseThrow(), member)));
  }

  private PrincipalSnapshot principal(Arn arn, Map<String, Object> member) {
    Map<String, String> sealed = new LinkedHashMap<>();
    texts(member.get("keys"))
        .forEach(
            (id, secret) -> {
              secrets.put(id, secret);
              String account = (String) member.getOrDefault("sealedFor", arn.account());
              String owner = PrincipalSnapshot.owner(account, id);
              sealed.put(id, Door.NODE_KEY.close(owner, secret, new SecureRandom()));
            });
    boolean user = arn.resource().startsWith("user/");
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    return new PrincipalSnapshot(
        1,
        arn.account(),
        user ? PrincipalSnapshot.Kind.USER : PrincipalSnapshot.Kind.ROLE,
        name,
        arn.toString(),
        (user ? "AIDA" : "AROA") + name,
        sealed,
        member.get("policies") instanceof List<?> list
            ? list.stream().map(CasePrincipals::json).toList()
            : List.of(),
        Optional.ofNullable(member.get("boundary")).map(CasePrincipals::json),
        texts(member.get("tags")));
  }

  private static String json(Object document) {
    return document instanceof String text ? text : Json.text(document, Budget.of(Long.MAX_VALUE));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(Object value) {
    return value == null ? Map.of() : (Map<String, String>) value;
  }

  void serveAt(Door door) {
    all.forEach(door.live::put);
  }

  void removeFrom(Door door) {
    all.forEach(principal -> door.live.removePrincipal(principal.key()));
  }

  /**
   * The request with a signature in the place of its line {@code Sign}, if it has one.
   *
   * @param line with the method and the target
   * @param host that it is sent to
   */
  HttpText signed(HttpText request, String line, String host) {
    List<String> asked = request.values("Sign");
    if (asked.isEmpty()) {
      return request;
    }
    Map<String, String> how = how(asked.getFirst());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(host));
    List<String> lines = new ArrayList<>();
    request.headers().stream()
        .filter(header -> !HttpText.isNamed(header, "Sign"))
        .forEach(lines::add);
    if (how.containsKey("session")) {
      String token = token(how);
      lines.add("X-Amz-Security-Token: " + token);
      headers.put("X-Amz-Security-Token", List.of(token));
    }
    String[] words = line.split(" ");
    String[] target = words[1].split("\\?", 2);
    byte[] body = request.body() == null ? new byte[0] : HttpText.bytes(request.body());
    String id = how.get("id");
    String own = how.containsKey("session") ? SECRET : secrets.getOrDefault(id, "unknown");
    SigV4.sign(
            new SigV4.Request(
                words[0], target[0], target.length == 2 ? target[1] : "", headers, body),
            id,
            how.getOrDefault("secret", own),
            how.getOrDefault("region", "us-east-1"),
            how.getOrDefault("service", "execute-api"),
            Instant.now().minusSeconds(Long.parseLong(how.getOrDefault("ago", "0"))))
        .forEach((name, value) -> lines.add(name + ": " + value));
    return new HttpText(request.firstLine(), lines, request.body());
  }

  private static Map<String, String> how(String text) {
    Map<String, String> how = new HashMap<>();
    for (String word : text.split(" ")) {
      int equals = word.indexOf('=');
      how.put(equals < 0 ? "id" : word.substring(0, equals), word.substring(equals + 1));
    }
    return how;
  }

  private String token(Map<String, String> how) {
    String issuer = how.get("session");
    Arn arn = Arn.parse(issuer).orElseThrow();
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    boolean user = arn.resource().startsWith("user/");
    String id = (user ? "AIDA" : "AROA") + name;
    long lasts = Long.parseLong(how.getOrDefault("lasts", "600"));
    return new SessionToken(
            arn.account(),
            how.getOrDefault("key", how.get("id")),
            SECRET,
            issuer,
            id,
            user ? issuer : "arn:aws:sts::" + arn.account() + ":assumed-role/" + name + "/case",
            user ? id : id + ":case",
            Instant.now().minusSeconds(600),
            Instant.now().plusSeconds(lasts),
            Optional.empty())
        .sealed(Door.NODE_KEY, new SecureRandom());
  }
}

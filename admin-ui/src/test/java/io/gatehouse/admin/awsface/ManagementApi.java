package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.Failures;
import io.gatehouse.model.aws.SigV4;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The door in the hands of owners of accounts: signed requests in, answers out, no socket. */
public final class ManagementApi {

  public static final String REGION = "us-east-1";
  public static final String SECRET = "secret/of+the=key";

  /** How a bean's method is called. */
  @FunctionalInterface
  public interface Calls {
    Object call(Method method, Object bean, Object... arguments) throws Exception;
  }

  /** An answer of the door. */
  public record Answered(int status, Map<String, String> headers, byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final AwsDoor door;
  private final InstantSource clock;

  /**
   * @param others keys that are no account's owner's
   */
  public ManagementApi(
      Map<Class<?>, Object> beans,
      Calls calls,
      AccessKeys others,
      Failures failures,
      InstantSource clock) {
    this.clock = clock;
    this.door =
        new AwsDoor(
            OperationTable.of(beans, calls::call),
            Map.of(),
            (id, token) -> isOwners(id) ? owner(id) : others.find(id, token),
            failures,
            REGION,
            clock,
            new Random(1));
  }

  /**
   * @param account whose owner signs
   * @param rawPath percent-encoded
   * @param rawQuery percent-encoded, empty for none
   */
  public Answered call(String account, String verb, String rawPath, String rawQuery, byte[] body) {
    return call("apigateway", account, verb, rawPath, rawQuery, body);
  }

  /**
   * @param service that is meant
   */
  public Answered call(
      String service, String account, String verb, String rawPath, String rawQuery, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Host", List.of(service + ".us-east-1.amazonaws.com"));
    headers.put("Accept", List.of("application/json"));
    SigV4.Request request = new SigV4.Request(verb, rawPath, rawQuery, headers, body);
    SigV4.sign(request, "AKIA" + account, SECRET, REGION, service, clock.instant())
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return signed(verb, rawPath, rawQuery, headers, new ByteArrayInputStream(body));
  }

  /** An operation that a header names, of Cognito. */
  public Answered targeted(String account, String target, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Host", List.of("cognito-idp.us-east-1.amazonaws.com"));
    headers.put("X-Amz-Target", List.of(target));
    SigV4.Request request = new SigV4.Request("POST", "/", "", headers, body);
    SigV4.sign(request, "AKIA" + account, SECRET, REGION, "cognito-idp", clock.instant())
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return signed("POST", "/", "", headers, new ByteArrayInputStream(body));
  }

  /** A request that somebody has signed already. */
  public Answered signed(
      String verb,
      String rawPath,
      String rawQuery,
      Map<String, List<String>> headers,
      InputStream body) {
    Answer answer = door.answer(new Incoming(verb, rawPath, rawQuery, headers, body::readNBytes));
    return new Answered(answer.status(), answer.headers(), answer.body());
  }

  /** Of each account there is a key with its number, of an owner whom no policy knows. */
  private static boolean isOwners(String id) {
    return id.matches("AKIA\\d{12}");
  }

  private static Optional<AccessKey> owner(String id) {
    String account = id.substring(4);
    return Optional.of(
        new AccessKey(
            id, account, "arn:aws:iam::" + account + ":user/owner", SECRET, Set.of(Role.OWNER)));
  }
}

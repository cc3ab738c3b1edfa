package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.pipeline.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All of a node that user pools need, on one thread and with a clock that stands; what it asks
 * issuers for is answered by the test.
 */
final class PoolNode implements Identities {

  static final String ACCOUNT = "123456789012";
  static final String POOL = "eu-1_Pool";
  static final String KEYCLOAK = "http://127.0.0.1:9180";
  static final Duration MAX_AGE = Duration.ofHours(24);

  /** What an issuer is asked. */
  record Question(HttpTarget target, BackendRequest request, Backend.Reply reply) {
    void answer(int status, String body, String... headers) {
      HeaderList list = new HeaderList();
      for (int i = 0; i < headers.length; i += 2) {
        list.add(headers[i], headers[i + 1]);
      }
      reply.answer(
          new BackendResponse(status, list, new Body.Bytes(body.getBytes(StandardCharsets.UTF_8))));
    }

    void fail() {
      reply.fail(GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE));
    }
  }

  /** What came of a request: who calls, or why not; neither while it waits. */
  static final class Outcome implements Authorizer.Reply {
    final Exchange x;
    GatewayException refusal;
    boolean fetched;
    private boolean passed;

    Outcome(Exchange x) {
      this.x = x;
    }

    @Override
    public void pass() {
      once();
      passed = true;
    }

    @Override
    public void refuse(GatewayException why) {
      once();
      refusal = why;
    }

    private void once() {
      if (!waits()) {
        throw new AssertionError("decided twice");
      }
    }

    boolean waits() {
      return !passed && refusal == null;
    }

    /** The code of the refusal; null for a caller that is let in. */
    Reason reason() {
      if (waits()) {
        throw new AssertionError("not decided yet");
      }
      return refusal == null ? null : refusal.reason();
    }

    Map<String, String> claims() {
      return ((Identity.Bearer) x.identity()).claims();
    }
  }

  private final Map<String, UserPoolSnapshot> pools = new HashMap<>();
  final List<Question> asked = new ArrayList<>();

  Optional<String> keycloak = Optional.of(KEYCLOAK);

  /** How many of them by nobody's leave. */
  int unguarded;

  /** What issuers answer at once; null for a test that answers itself. */
  String keys;

  long now = Instant.parse("2026-11-30T08:00:00Z").toEpochMilli();
  Workers workers = Workers.NONE;
  private final Path directory;
  IssuerKeys issuers;
  UserPoolTokens tokens;

  PoolNode(Path directory) {
    this.directory = directory;
    start();
    put(pool(POOL));
  }

  /** With nothing but its disk. */
  void start() {
    try {
      issuers =
          new IssuerKeys(
              new IssuerKeys.Parts(
                  this::backend,
                  new HostedRealms(keycloak, this::signInService),
                  () -> Runnable::run,
                  Optional.of(new KeysDisk(directory, Runnable::run, now - MAX_AGE.toMillis())),
                  () -> Instant.ofEpochMilli(now),
                  MAX_AGE));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    tokens = new UserPoolTokens(this, issuers, () -> Instant.ofEpochMilli(now));
  }

  private Backend backend(HttpTarget target) {
    return (x, request, reply) -> {
      Question question = new Question(target, request, reply);
      asked.add(question);
      if (keys != null) {
        question.answer(200, keys);
      }
    };
  }

  private Backend signInService(HttpTarget target) {
    Backend backend = backend(target);
    return (x, request, reply) -> {
      unguarded++;
      backend.call(x, request, reply);
    };
  }

  static UserPoolSnapshot pool(String id) {
    return pool(ACCOUNT, id, TestClaims.ISSUER, Set.of(TestClaims.CLIENT), Set.of("RS256"));
  }

  static UserPoolSnapshot pool(
      String account, String id, String issuer, Set<String> clients, Set<String> algorithms) {
    return new UserPoolSnapshot(
        1, account, id, issuer, Optional.of(issuer + "/keys"), clients, algorithms);
  }

  void pass(Duration time) {
    now += time.toMillis();
  }

  void put(UserPoolSnapshot pool) {
    pools.put(pool.key(), pool);
  }

  void remove(String id) {
    pools.remove(UserPoolSnapshot.key(ACCOUNT, id));
  }

  @Override
  public UserPoolSnapshot userPool(String account, String poolId) {
    return pools.get(UserPoolSnapshot.key(account, poolId));
  }

  @Override
  public PrincipalSnapshot holderOf(String accessKeyId) {
    return null;
  }

  @Override
  public PrincipalSnapshot principal(String account, PrincipalSnapshot.Kind kind, String name) {
    return null;
  }

  static String arn(String account, String pool) {
    return "arn:aws:cognito-idp:eu-1:" + account + ":userpool/" + pool;
  }

  Authorizer authorizer(String... scopes) {
    return authorizer(List.of(arn(ACCOUNT, POOL)), null, scopes);
  }

  Authorizer authorizer(List<String> arns, JavaPattern validation, String... scopes) {
    return new TokenAuthorizer(
        tokens,
        workers,
        ACCOUNT,
        new AuthorizerTarget.UserPools(
            "auth01", arns, "Authorization", validation, List.of(scopes)));
  }

  /** A request with these values of the header Authorization. */
  Outcome call(Authorizer authorizer, String... values) {
    HeaderList headers = new HeaderList();
    for (String value : values) {
      headers.add("Authorization", value);
    }
    Request request =
        new Request("GET", "/", "", "host", headers, Body.EMPTY, "127.0.0.1", "https", "HTTP/1.1");
    Outcome outcome =
        new Outcome(new Exchange(request, "id", "extended", "trace", now, new Timeline(0)));
    try {
      if (authorizer.passes(outcome.x)) {
        outcome.pass();
      } else {
        outcome.fetched = true;
        authorizer.fetch(outcome.x, outcome);
      }
    } catch (GatewayException refusal) {
      outcome.refuse(refusal);
    }
    return outcome;
  }

  Outcome call(String token) {
    return call(authorizer(), token);
  }
}

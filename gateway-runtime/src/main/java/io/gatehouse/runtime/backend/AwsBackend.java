package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.model.aws.AwsService;
import io.gatehouse.model.aws.RequestSigner;
import io.gatehouse.model.aws.StrictEncoding;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.HeaderSet;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The backend of AWS integrations: signs what it is given with the keys of the integration's role,
 * and sends it to wherever the account or the operator has the service answered. Where that is and
 * what the keys are is found out again only when the account has changed something.
 */
final class AwsBackend implements Backend {

  /** From this size on a body is digested by a worker. */
  private static final int LARGE = 256 << 10;

  /** Headers that are ours to write. */
  private static final HeaderSet OURS =
      HeaderSet.of(
          "Authorization", "Host", "X-Amz-Content-Sha256", "X-Amz-Date", "X-Amz-Security-Token");

  /** What those between us and the service may change is not signed. */
  private static final HeaderSet UNSIGNED =
      HeaderSet.of("Connection", "Expect", "Transfer-Encoding", "User-Agent", "X-Amzn-Trace-Id");

  /** Where requests go since that revision; or why they cannot. */
  private record Route(
      long revision, AwsEndpoint endpoint, HttpBackend http, GatewayException failure) {}

  private record Signer(AwsKeys keys, RequestSigner signer) {}

  private final BackendClient client;
  private final Vertx vertx;
  private final Reach reach;
  private final BiFunction<BackendAccessSnapshot, String, KeySource> keys;
  private final AwsTarget target;
  private final String signingRegion;
  private final String signingName;
  private volatile Route route;
  private volatile Signer signer;

  /**
   * @param keys of an account's role
   */
  AwsBackend(
      BackendClient client,
      Vertx vertx,
      Reach reach,
      BiFunction<BackendAccessSnapshot, String, KeySource> keys,
      AwsTarget target) {
    this.client = client;
    this.vertx = vertx;
    this.reach = reach;
    this.keys = keys;
    this.target = target;
    AwsService service = AwsService.of(target.service());
    this.signingRegion = service.global() ? "us-east-1" : target.region();
    this.signingName = service.signingName();
  }

  /** Null while the account's address for the service is none. */
  @Override
  public HttpTarget target() {
    Route now = route(access());
    return now.http() == null ? null : now.http().target();
  }

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    BackendAccessSnapshot access = access();
    Route now = route(access);
    if (now.failure() != null) {
      reply.fail(now.failure());
      return;
    }
    Future<AwsKeys> signedBy = keys.apply(access, target.role()).keys(target.region());
    Future<String> digest = digest(request.body());
    if (signedBy.succeeded() && digest.succeeded()) {
      BackendRequest signed = signed(request, now, signedBy.result(), digest.result());
      now.http().call(x, signed, reply);
    } else {
      new Waiting(x, request, reply, now).begin(signedBy, digest);
    }
  }

  private BackendAccessSnapshot access() {
    return reach.accounts().access(target.account());
  }

  private Route route(BackendAccessSnapshot access) {
    Route known = route;
    if (known == null || known.revision() != access.revision()) {
      known = newRoute(access);
      route = known;
    }
    return known;
  }

  private Route newRoute(BackendAccessSnapshot access) {
    try {
      AwsEndpoint endpoint = AwsEndpoint.of(target, access, reach.endpoints());
      HttpTarget http = endpoint.http(target.account(), target.timeoutMillis());
      return new Route(
          access.revision(),
          endpoint,
          new HttpBackend(client, vertx, http, endpoint.egress()),
          null);
    } catch (GatewayException invalid) {
      return new Route(access.revision(), null, null, invalid);
    }
  }

  private Future<String> digest(Body body) {
    byte[] bytes = bytes(body);
    return bytes.length < LARGE
        ? Future.succeededFuture(RequestSigner.digest(bytes))
        : vertx.executeBlocking(() -> RequestSigner.digest(bytes), false);
  }

  private static byte[] bytes(Body body) {
    if (body instanceof Body.Bytes(byte[] bytes)) {
      return bytes;
    }
    throw new IllegalStateException("what is signed must be in hand whole");
  }

  private BackendRequest signed(BackendRequest request, Route to, AwsKeys by, String digest) {
    AwsEndpoint endpoint = to.endpoint();
    int question = request.uri().indexOf('?');
    String path =
        endpoint.path()
            + StrictEncoding.path(
                question < 0 ? request.uri() : request.uri().substring(0, question));
    String query = question < 0 ? "" : StrictEncoding.query(request.uri().substring(question + 1));
    HeaderList out = new HeaderList();
    TreeMap<String, String> signed = new TreeMap<>();
    signed.put("host", endpoint.named());
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!OURS.contains(name)) {
                out.add(name, value);
                if (!UNSIGNED.contains(name)) {
                  signed.merge(
                      name.toLowerCase(Locale.ROOT), value, (one, other) -> one + "," + other);
                }
              }
            });
    if (endpoint.needsHost()) {
      out.add("Host", endpoint.named());
    }
    signer(by)
        .sign(request.method(), path, query, signed, digest, reach.clock().instant())
        .forEach(out::add);
    String uri = query.isEmpty() ? path : path + "?" + query;
    return new BackendRequest(request.method(), uri, out, request.body(), null);
  }

  private RequestSigner signer(AwsKeys by) {
    Signer known = signer;
    if (known == null || known.keys() != by) {
      known = new Signer(by, new RequestSigner(by, signingRegion, signingName));
      signer = known;
    }
    return known.signer();
  }

  /** A call that waits for its keys or its body's digest, within the integration's time. */
  private final class Waiting extends Deadlines.Waiting {
    private final Exchange x;
    private final BackendRequest request;
    private final Reply reply;
    private final Route to;
    private final long began = client.nanos();
    private final Deadlines deadlines = client.deadlines();
    private boolean over;

    Waiting(Exchange x, BackendRequest request, Reply reply, Route to) {
      this.x = x;
      this.request = request;
      this.reply = reply;
      this.to = to;
    }

    void begin(Future<AwsKeys> signedBy, Future<String> digest) {
      deadlines.begin(this, target.timeoutMillis());
      Future.all(signedBy, digest)
          .onComplete(
              done -> {
                if (!over) {
                  over = true;
                  deadlines.end(this);
                  if (done.succeeded()) {
                    send(signedBy.result(), digest.result());
                  } else {
                    reply.fail(failure(done.cause()));
                  }
                }
              });
    }

    private void send(AwsKeys by, String digest) {
      long passed = (client.nanos() - began) / 1_000_000;
      int left = (int) Math.max(1, target.timeoutMillis() - passed);
      try {
        new HttpBackend(client, vertx, to.http().target().within(left), to.endpoint().egress())
            .call(x, signed(request, to, by, digest), reply);
      } catch (RuntimeException bug) {
        reply.fail(GatewayException.bug(bug));
      }
    }

    @Override
    void late() {
      if (!over) {
        over = true;
        reply.fail(
            GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT)
                .with("the keys of the integration's role did not come in time"));
      }
    }
  }

  private static GatewayException failure(Throwable cause) {
    return cause instanceof GatewayException known
        ? known
        : GatewayException.bug(new IllegalStateException(cause));
  }
}

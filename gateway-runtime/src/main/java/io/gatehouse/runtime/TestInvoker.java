package io.gatehouse.runtime;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.admit.FairShare;
import io.gatehouse.runtime.admit.SampleTrace;
import io.gatehouse.runtime.admit.ValidateParameters;
import io.gatehouse.runtime.backend.AddressRange;
import io.gatehouse.runtime.backend.AwsEndpoints;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.backend.EgressGuard;
import io.gatehouse.runtime.backend.Reach;
import io.gatehouse.runtime.backend.WaitingBackends;
import io.gatehouse.runtime.backend.WaitingFunctions;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.compile.Unserved;
import io.gatehouse.runtime.door.RequestIds;
import io.gatehouse.runtime.door.RequestTarget;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.limit.Limits;
import io.gatehouse.runtime.observe.AuthorizerLog;
import io.gatehouse.runtime.observe.TestLog;
import io.gatehouse.runtime.pipeline.BodiesInHand;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import io.gatehouse.runtime.pipeline.Metering;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.gatehouse.runtime.pipeline.Workers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A node without door and cluster, put together by hand for the control plane: serves a draft's
 * method once, by the same steps and through the same egress guard as a node, on the thread that
 * asks.
 */
public final class TestInvoker implements AutoCloseable {

  private static final int MOST_ANSWER_BYTES = 4 << 20;

  /** Of a body once decompressed. */
  private static final long MOST_BYTES = 10 << 20;

  private static final int STOP_SECONDS = 10;

  /**
   * What to send.
   *
   * @param resourcePath the path of the draft's one resource, as {@code /pets/{petId}}
   * @param target path and query as on a request line; empty, or a query alone, takes the
   *     resource's own path
   */
  public record Call(
      String resourcePath, String verb, String target, HeaderList headers, byte[] body) {}

  /**
   * What came of it.
   *
   * @param headers without the ids that only a node's answers carry
   * @param steps that it went through; where it was refused the last one did it
   */
  public record Outcome(
      int status,
      String body,
      HeaderList headers,
      String log,
      long latencyMillis,
      List<Timeline.Entry> steps,
      boolean refused) {}

  /**
   * Whom to ask an authorizer about.
   *
   * @param target path and query as on a request line; may be empty
   * @param context variables in the place of the request's own
   * @param pools of the account, as they are now
   */
  public record AuthorizerCall(
      String authorizerId,
      String target,
      HeaderList headers,
      Map<String, String> context,
      List<UserPoolSnapshot> pools) {}

  /**
   * What the authorizer said.
   *
   * @param status 200 where it said something, whatever that means for the caller
   * @param principalId null for none
   * @param policy JSON; null for none
   * @param claims of a user pool's token
   */
  public record AuthorizerOutcome(
      int status,
      String principalId,
      String policy,
      Map<String, String> claims,
      String log,
      long latencyMillis) {}

  /**
   * What nodes of the same setting may connect to.
   *
   * @param allow as GATEHOUSE_EGRESS_ALLOW
   */
  public record Egress(String allow) {

    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+|localhost");

    /**
     * Judges an address as it is written. A name passes: it is looked up where it is connected to,
     * and nobody is to wait here for an answer about it.
     */
    public boolean lets(URI url) {
      if (!LITERAL.matcher(url.getHost()).matches()) {
        return true;
      }
      int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
      try {
        return new EgressGuard(AddressRange.parseList(allow))
            .allows(InetAddress.getByName(url.getHost()), port);
      } catch (UnknownHostException e) {
        return false;
      }
    }
  }

  /**
   * What nodes of the same setting trust and call.
   *
   * @param endpoints where the vendor's services are answered
   * @param authorities PEM texts of authorities that HTTPS backends are verified against, besides
   *     the system's
   * @param keycloak base URL of the sign-in service whose realms are user pools
   */
  public record BackendSettings(
      AwsEndpoints endpoints, String authorities, Optional<String> keycloak) {

    /** The vendor's own addresses, the system's authorities and no realms. */
    public static final BackendSettings NONE =
        new BackendSettings(AwsEndpoints.NONE, "", Optional.empty());

    /**
     * @param keycloak where the environment does not say it
     * @throws IllegalArgumentException with a sentence that names the variable and what would be
     *     right
     */
    public static BackendSettings fromEnvironment(Map<String, String> env, String keycloak) {
      return new BackendSettings(
          AwsEndpoints.fromEnvironment(env),
          Settings.authorities(env),
          Optional.of(Settings.keycloak(env).orElse(keycloak)));
    }

    @Override
    public String toString() {
      return "AWS endpoints " + endpoints + ", " + Settings.counted(authorities);
    }
  }

  private record AccountSettings(
      BackendAccessSnapshot access, Map<String, VpcLinkSnapshot> links) {}

  /** What the accounts whose drafts were tried have set; functions run on nodes. */
  private static final class Known implements AccountAccess {
    private final Map<String, AccountSettings> accounts = new ConcurrentHashMap<>();

    void put(BackendAccessSnapshot access, List<VpcLinkSnapshot> links) {
      accounts.put(
          access.account(),
          new AccountSettings(
              access, links.stream().collect(Collectors.toMap(VpcLinkSnapshot::id, link -> link))));
    }

    @Override
    public BackendAccessSnapshot access(String account) {
      AccountSettings known = accounts.get(account);
      return known == null ? BackendAccessSnapshot.none(account) : known.access();
    }

    @Override
    public VpcLinkSnapshot vpcLink(String account, String id) {
      AccountSettings known = accounts.get(account);
      return known == null ? null : known.links().get(id);
    }

    @Override
    public FunctionSnapshot function(String account, String name) {
      return null;
    }
  }

  private final Known known = new Known();
  private final Vertx vertx;
  private final WaitingBackends backends;
  private final TrialTokens tokens;
  private final GatewayResponses gatewayResponses = new GatewayResponses("");
  private final Pipeline pipeline;
  private final RequestIds ids;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * @param egressAllow as GATEHOUSE_EGRESS_ALLOW
   * @param nodeKey as GATEHOUSE_NODE_KEY
   * @param functions of this installation; they may keep the thread that asks waiting
   * @param patience how long a test waits for its backend, whatever the integration asks for
   * @throws IllegalArgumentException with a sentence that names the bad address range
   */
  public TestInvoker(
      String egressAllow,
      BackendSettings settings,
      Optional<Seal> nodeKey,
      Functions functions,
      Duration patience,
      Supplier<? extends RandomGenerator> random,
      InstantSource clock,
      LongSupplier nanos) {
    LiveSnapshots live = new LiveSnapshots();
    EgressGuard guard = new EgressGuard(AddressRange.parseList(egressAllow));
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    BackendClient client =
        new BackendClient(
            vertx,
            new Reach(
                guard,
                nodeKey,
                known,
                settings.endpoints(),
                settings.authorities(),
                new WaitingFunctions(vertx, functions),
                clock),
            nanos,
            (int) patience.toMillis(),
            BackendClient.Bounds.USUAL);
    this.backends = new WaitingBackends(vertx, client, MOST_ANSWER_BYTES, patience);
    this.tokens = new TrialTokens(client, settings.keycloak(), clock);
    this.pipeline =
        new Pipeline(
            new Pipeline.Parts(
                live,
                ResponseCache.none(),
                gatewayResponses,
                new BodiesInHand(Long.MAX_VALUE, MOST_BYTES),
                Workers.NONE,
                new SampleTrace(random, nanos),
                new FairShare(Integer.MAX_VALUE / 2, () -> 0),
                new Metering(Limits.NONE, () -> Runnable::run, clock, false),
                () -> 1,
                nanos));
    this.ids = new RequestIds(random);
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Takes in what an account has set by now for all of its integrations. */
  public void know(BackendAccessSnapshot access, List<VpcLinkSnapshot> links) {
    known.put(access, links);
  }

  /**
   * Waits for the backend.
   *
   * @param draft with one resource and on it one method, which serves the call's verb
   * @throws IllegalArgumentException when the target is no path that a node would take
   */
  public Outcome invoke(StageSnapshot draft, Call call) {
    Exchange x = exchange(StageCompiler.compile(draft, backends), call);
    if (hasRequiredParameters(x)) {
      pipeline.converse(x, served -> {});
    }
    List<String> unserved = List.of();
    if (x.refusal() != null && x.refusal().reason() == Reason.NOT_BUILT) {
      unserved = StageCompiler.unserved(draft).stream().map(Unserved::reason).toList();
      // Here it is an execution that failed; why stands in its log.
      gatewayResponses.answer(
          x, GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.NOT_BUILT));
    }
    long latency = (nanos.getAsLong() - x.timeline().start()) / 1_000_000;
    HeaderList headers = headers(x);
    return new Outcome(
        x.status(),
        body(x),
        headers,
        TestLog.of(x, headers, clock.millis(), unserved),
        latency,
        x.timeline().entries(),
        x.refusal() != null);
  }

  /**
   * Waits for the authorizer.
   *
   * @param draft with one method, {@code GET /}, that asks the authorizer
   * @throws IllegalArgumentException as {@link #invoke}
   */
  public AuthorizerOutcome authorize(StageSnapshot draft, AuthorizerCall call) {
    AuthorizerTrial trial =
        new AuthorizerTrial(backends, tokens.of(call.pools()), call.context(), nanos);
    Exchange x =
        exchange(
            StageCompiler.compile(draft, backends, trial),
            new Call("/", "GET", call.target(), call.headers(), new byte[0]));
    return trial.run(x, new AuthorizerLog(x.id(), call.authorizerId(), clock));
  }

  private boolean hasRequiredParameters(Exchange x) {
    GatewayException missing = null;
    try {
      new ValidateParameters().apply(x);
    } catch (GatewayException found) {
      missing = found;
    }
    x.timeline().passed(ValidateParameters.class.getSimpleName(), nanos.getAsLong());
    if (missing != null) {
      gatewayResponses.answer(x, missing);
    }
    return missing == null;
  }

  /** Without the ids that only a node's answers carry; a failure says nothing but its type. */
  private static HeaderList headers(Exchange x) {
    HeaderList headers = new HeaderList();
    if (x.refusal() != null) {
      return headers.add("x-amzn-ErrorType", x.refusal().type().errorType());
    }
    x.response().headers().forEach(headers::add);
    headers.remove("x-amzn-RequestId");
    headers.remove("x-amz-apigw-id");
    return headers;
  }

  private static String body(Exchange x) {
    if (x.refusal() != null) {
      String answer = x.refusal().answer();
      // With the blank that a node's answer has not, as recorded.
      return "{\"message\": " + (answer == null ? "null" : JSON.createValue(answer)) + "}";
    }
    return x.response().body() instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private Exchange exchange(CompiledStage stage, Call call) {
    boolean ownPath = call.target().isEmpty() || call.target().startsWith("?");
    RequestTarget target = target(ownPath ? call.resourcePath() + call.target() : call.target());
    long now = clock.millis();
    Request request =
        new Request(
            call.verb(),
            target.path(),
            target.query(),
            "testPrefix.testDomainName", // the vendor's own stand-ins
            call.headers(),
            new Body.Bytes(call.body()),
            "test-invoke-source-ip",
            "https",
            "HTTP/1.1");
    Exchange x =
        new Exchange(
            request,
            ids.requestId(),
            ids.extendedId(),
            ids.traceId(now),
            now,
            new Timeline(nanos.getAsLong()));
    find(x, stage, call.resourcePath(), ownPath);
    return x;
  }

  private static RequestTarget target(String text) {
    RequestTarget target = RequestTarget.parse(text.startsWith("/") ? text : "/" + text);
    if (target == null) {
      throw new IllegalArgumentException(
          "Invalid pathWithQueryString specified: it must be a percent-encoded path without"
              + " dot segments");
    }
    // The log shows them decoded, so what cannot be decoded is refused before anything is called.
    PercentCoding.decodeSegment(target.path());
    PercentCoding.decodeQuery(target.query());
    return target;
  }

  /**
   * The method runs in any case; a path that does not fit the resource's leaves its variables out.
   */
  private static void find(Exchange x, CompiledStage stage, String resourcePath, boolean ownPath) {
    PathTrie.Match<CompiledResource> resource = stage.routes().find(resourcePath, r -> true);
    PathTrie.Match<CompiledResource> fitting =
        ownPath ? null : stage.routes().find(x.request().path(), r -> true);
    x.stage(stage, x.request().path());
    x.method(
        resource.value().method(x.request().method()),
        fitting == null
            ? Collections.nCopies(resource.captures().size(), null)
            : fitting.captures());
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
  }
}

package io.gatehouse.runtime.exchange;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.vtl.Overrides;
import java.util.List;

/**
 * One request being served: one field for each fact, each set once by the step that found it out.
 * Reading a fact before that is a bug and says whose it is. Confined to one event loop.
 */
public final class Exchange {

  private Request request;
  private final String id;
  private final String extendedId;
  private String traceId;
  private final long startMillis;
  private final Timeline timeline;
  private Trace trace;

  private CompiledStage stage;
  private String path;
  private CompiledMethod method;
  private List<String> captures;
  private Identity identity;
  private ApiKey apiKey;
  private BackendRequest backendRequest;
  private BackendResponse backendResponse;
  private Response response;
  private GatewayException refusal;
  private long backendStart;
  private long backendEnd;
  private Budget budget;
  private Overrides overrides;
  private long heldBytes;
  private boolean countsForItsAccount;
  private Subscription subscription;
  private LimitHeaders limitHeaders;
  private long retryAfter;
  private String basePath;
  private FunctionLog functionLog;
  private String sourceArn;
  private Permissions permissions = Permissions.NONE;
  private CacheResult cacheResult;
  private Filling filling;
  private String warning;
  private boolean over;

  /**
   * @param id the caller's {@code x-amzn-RequestId}, a UUID
   * @param extendedId the caller's {@code x-amz-apigw-id}
   * @param traceId the value of {@code X-Amzn-Trace-Id} as it came
   * @param startMillis epoch milliseconds
   */
  public Exchange(
      Request request,
      String id,
      String extendedId,
      String traceId,
      long startMillis,
      Timeline timeline) {
    this.request = request;
    this.id = id;
    this.extendedId = extendedId;
    this.traceId = traceId;
    this.startMillis = startMillis;
    this.timeline = timeline;
  }

  public Request request() {
    return request;
  }

  /** All of the caller's body has arrived, its coding was undone, or its signature was checked. */
  public void request(Headers headers, Body body) {
    this.request = request.with(headers, body);
  }

  /**
   * What is left to spend on what the tenant wrote; a larger one where the work may take longer.
   */
  public Budget budget() {
    return known(budget, "budget", "Pipeline");
  }

  public void budget(Budget budget) {
    this.budget = budget;
  }

  /** What templates have overridden; null until one has been rendered. */
  public Overrides overrides() {
    return overrides;
  }

  public void overrides(Overrides overrides) {
    this.overrides = overrides;
  }

  /** Bytes of bodies that are in hand because of this exchange. */
  public long heldBytes() {
    return heldBytes;
  }

  public void heldBytes(long heldBytes) {
    this.heldBytes = heldBytes;
  }

  /** Whether it is one of those that its account has in flight. */
  public boolean countsForItsAccount() {
    return countsForItsAccount;
  }

  public void countsForItsAccount(boolean counts) {
    this.countsForItsAccount = counts;
  }

  public String id() {
    return id;
  }

  public String extendedId() {
    return extendedId;
  }

  /** The value of {@code X-Amzn-Trace-Id}, for the backend and whoever else is told. */
  public String traceId() {
    return traceId;
  }

  /** Null where the exchange is no part of a trace. */
  public Trace trace() {
    return trace;
  }

  public void trace(Trace trace) {
    this.trace = trace;
    this.traceId = trace.header();
  }

  public long startMillis() {
    return startMillis;
  }

  public Timeline timeline() {
    return timeline;
  }

  /** Found by FindStage. */
  public CompiledStage stage() {
    return known(stage, "stage", "FindStage");
  }

  public boolean hasStage() {
    return stage != null;
  }

  /**
   * The custom domain's base path with its slash, perhaps empty; null when the request came by no
   * custom domain name.
   */
  public String basePath() {
    return basePath;
  }

  public void basePath(String basePath) {
    this.basePath = basePath;
  }

  /** The path below the stage, raw: what routes are matched against. */
  public String path() {
    return known(path, "path", "FindStage");
  }

  public void stage(CompiledStage stage, String path) {
    once(this.stage, "stage");
    this.stage = stage;
    this.path = path;
  }

  /** Found by FindMethod. */
  public CompiledMethod method() {
    return known(method, "method", "FindMethod");
  }

  public boolean hasMethod() {
    return method != null;
  }

  public void method(CompiledMethod method, List<String> captures) {
    once(this.method, "method");
    this.method = method;
    this.captures = captures;
  }

  /** What is logged of it: as its method says, else its stage. */
  public MethodLogging logging() {
    return method == null ? stage().logging().unmatched() : method.logging();
  }

  /** The raw value of a path variable, or null when there is none of that name. */
  public String pathParameter(String name) {
    int index = method == null ? -1 : method.pathVariables().indexOf(name);
    return index < 0 ? null : captures.get(index);
  }

  /** Found by the method's authorizer; null when the method takes everybody. */
  public Identity identity() {
    return identity;
  }

  public void identity(Identity identity) {
    once(this.identity, "identity");
    this.identity = identity;
  }

  /** What the caller may do besides calling the method; found by the method's authorizer. */
  public Permissions permissions() {
    return permissions;
  }

  public void permissions(Permissions permissions) {
    this.permissions = permissions;
  }

  /** Found by the response cache; null where it had no part in the exchange. */
  public CacheResult cacheResult() {
    return cacheResult;
  }

  public void cacheResult(CacheResult cacheResult) {
    this.cacheResult = cacheResult;
  }

  /** What waits for the backend's answer to keep it; null for nothing. */
  public Filling filling() {
    return filling;
  }

  public void filling(Filling filling) {
    this.filling = filling;
  }

  /** The caller has its answer, or is gone: nothing more is to be done. */
  public void over() {
    over = true;
  }

  public boolean isOver() {
    return over;
  }

  /** What the answer warns of in its header {@code Warning}; null for nothing. */
  public String warning() {
    return warning;
  }

  public void warning(String warning) {
    this.warning = warning;
  }

  /**
   * The API key that the call uses up.
   *
   * @param value as the caller sent it, or the method's authorizer named it
   */
  public record ApiKey(String id, String value) {}

  /** Found by IdentifyApiKey; null when the method needs no key. */
  public ApiKey apiKey() {
    return apiKey;
  }

  public void apiKey(ApiKey apiKey) {
    once(this.apiKey, "apiKey");
    this.apiKey = apiKey;
  }

  /** The API key and the usage plan that opens the stage to it. */
  public record Subscription(KeySnapshot key, PlanSnapshot plan) {}

  /** Found by IdentifyApiKey; null when the method needs no key. */
  public Subscription subscription() {
    return subscription;
  }

  public void subscription(Subscription subscription) {
    once(this.subscription, "subscription");
    this.subscription = subscription;
  }

  /** What the answer tells of limits; null for nothing. */
  public LimitHeaders limitHeaders() {
    return limitHeaders;
  }

  public void limitHeaders(LimitHeaders limitHeaders) {
    this.limitHeaders = limitHeaders;
  }

  /** Seconds after which a refused caller may come back; 0 when nothing is said. */
  public long retryAfter() {
    return retryAfter;
  }

  public void retryAfter(long seconds) {
    this.retryAfter = seconds;
  }

  /** Made by MapRequest. */
  public BackendRequest backendRequest() {
    return known(backendRequest, "backendRequest", "MapRequest");
  }

  public void backendRequest(BackendRequest backendRequest) {
    once(this.backendRequest, "backendRequest");
    this.backendRequest = backendRequest;
  }

  public boolean hasBackendRequest() {
    return backendRequest != null;
  }

  /** Got by CallBackend. */
  public BackendResponse backendResponse() {
    return known(backendResponse, "backendResponse", "CallBackend");
  }

  public boolean hasBackendResponse() {
    return backendResponse != null;
  }

  public void backendResponse(BackendResponse backendResponse) {
    once(this.backendResponse, "backendResponse");
    this.backendResponse = backendResponse;
  }

  /** All of the integration's body has arrived. */
  public void backendBody(Body whole) {
    BackendResponse head = backendResponse();
    this.backendResponse = new BackendResponse(head.status(), head.headers(), whole);
  }

  /** What a function of this installation wrote while it served; null when none was called. */
  public FunctionLog functionLog() {
    return functionLog;
  }

  public void functionLog(FunctionLog functionLog) {
    once(this.functionLog, "functionLog");
    this.functionLog = functionLog;
  }

  /**
   * An exchange in the name of this one, for what is asked before it may go on: what is found out
   * there is not known here. Its request has no body.
   *
   * @param asking who invokes functions there, in the place of the method
   */
  public Exchange aside(String asking) {
    Exchange other =
        new Exchange(
            request.with(request.headers(), Body.EMPTY),
            id,
            extendedId,
            traceId,
            startMillis,
            new Timeline(timeline.start()));
    other.stage = stage;
    other.path = path;
    other.basePath = basePath;
    other.method = method;
    other.captures = captures;
    other.sourceArn = asking;
    return other;
  }

  /**
   * The method as the one that invokes a function, in the vendor's form: with the verb and the
   * variables as they are defined, as {@code .../prod/ANY/pets/{petId}}. Of an exchange {@link
   * #aside}, whoever asks there.
   */
  public String sourceArn() {
    if (sourceArn != null) {
      return sourceArn;
    }
    CompiledStage at = stage();
    CompiledMethod found = method();
    return Arn.executeApi(
            at.region(),
            at.account(),
            at.apiId(),
            at.stageName(),
            found.httpMethod(),
            found.resourcePath())
        .toString();
  }

  /** The same answer in the form in which the vendor's own service gives it. */
  public void backendResponseInstead(BackendResponse translated) {
    this.backendResponse = translated;
  }

  /** Made by MapResponse or GatewayResponses. */
  public Response response() {
    return known(response, "response", "MapResponse or GatewayResponses");
  }

  public void response(Response response) {
    once(this.response, "response");
    this.response = response;
  }

  /** Another answer in the place of the first: compressed, or one that can be written down. */
  public void replaceResponse(Response instead) {
    this.response = instead;
  }

  public boolean hasResponse() {
    return response != null;
  }

  /** Of the response; 499 when the caller went away before there was one. */
  public int status() {
    return response == null ? 499 : response.status();
  }

  /** Why the gateway answered by itself, or null when the integration's answer went out. */
  public GatewayException refusal() {
    return refusal;
  }

  public void refusal(GatewayException refusal) {
    this.refusal = refusal;
  }

  public void backendStarted(long nanos) {
    this.backendStart = nanos;
  }

  public void backendEnded(long nanos) {
    this.backendEnd = nanos;
  }

  /** Nanoseconds that the backend took to answer, -1 when it was not called. */
  public long backendNanos() {
    return backendStart == 0 ? -1 : backendEnd - backendStart;
  }

  private static <T> T known(T fact, String name, String owner) {
    if (fact == null) {
      throw new IllegalStateException(name + " is read before " + owner + " has found it");
    }
    return fact;
  }

  private static void once(Object fact, String name) {
    if (fact != null) {
      throw new IllegalStateException(name + " is set already");
    }
  }
}

package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.exchange.ApiKeySource;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.Cors;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.limit.MethodLimits;
import io.gatehouse.runtime.mapping.BinaryTypes;
import io.gatehouse.runtime.mapping.Preflight;
import io.gatehouse.runtime.mapping.ProxyResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKeySourceType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * Compiles the methods of one definition. What this version cannot do is compiled into a refusal,
 * never into something that does less than its author meant.
 */
final class MethodCompiler {

  private final StageSnapshot snapshot;
  private final ApiDefinition definition;
  private final Map<String, String> stageVariables;
  private final BinaryTypes binaryTypes;
  private final Backends backends;
  private final Optional<ClientIdentity> identity;
  private final AuthorizerCompiler authorizers;
  private final List<Unserved> unserved;
  private final CheckCompiler checks;
  private final CacheCompiler caching;
  private final LogCompiler logs;
  private final SelectionPatterns selectionPatterns = new SelectionPatterns();

  MethodCompiler(
      StageSnapshot snapshot,
      ApiDefinition definition,
      Map<String, String> stageVariables,
      Backends backends,
      Optional<ClientIdentity> identity,
      AuthorizerCompiler authorizers,
      CacheCompiler caching,
      LogCompiler logs,
      List<Unserved> unserved) {
    this.snapshot = snapshot;
    this.definition = definition;
    this.stageVariables = stageVariables;
    this.binaryTypes = new BinaryTypes(definition.restApi().binaryMediaTypes());
    this.backends = backends;
    this.identity = identity;
    this.authorizers = authorizers;
    this.caching = caching;
    this.logs = logs;
    this.unserved = unserved;
    this.checks = new CheckCompiler(definition);
  }

  /**
   * The methods of a resource by verb, with the preflight's where the resource has CORS and its
   * author wrote no OPTIONS.
   *
   * @param closed whether nobody may pass
   */
  Map<String, CompiledMethod> methods(Resource resource, boolean closed) {
    Map<String, CompiledMethod> methods = new HashMap<>();
    Cors cors = CorsCompiler.ofResource(definition, resource);
    resource
        .resourceMethods()
        .forEach(
            (verb, method) -> methods.put(verb, compile(resource, verb, method, cors, closed)));
    if (cors != null && !methods.isEmpty()) {
      methods.computeIfAbsent("OPTIONS", verb -> preflight(resource, cors));
    }
    return methods;
  }

  private CompiledMethod compile(
      Resource resource, String verb, Method method, Cors cors, boolean closed) {
    Problems problems = new Problems();
    Authorizer authorizer = authorizers.compile(method, problems);
    RequestCheck check = checks.compile(method, problems);
    Optional<IntegrationCompiler.Compiled> integration = Optional.empty();
    if (method.methodIntegration() == null) {
      problems.incomplete("No integration defined for method");
    } else {
      integration =
          new IntegrationCompiler(
                  snapshot.account(),
                  stageVariables,
                  binaryTypes,
                  backends,
                  identity,
                  selectionPatterns,
                  problems)
              .compile(method.methodIntegration());
    }
    String place = verb + " " + resource.path();
    problems.all().forEach(reason -> unserved.add(new Unserved(place, reason, true)));
    IntegrationCompiler.Compiled served =
        integration.filter(i -> !closed && problems.serves()).orElseGet(this::refusal);
    return new CompiledMethod(
        resource.id(),
        resource.path(),
        verb,
        PathTrie.variables(resource.path()),
        authorizer,
        apiKeySource(method),
        limits(resource.path(), verb),
        check,
        served.requestMapping(),
        served.backend(),
        served.responseMapping(),
        cors,
        detailedMetrics(resource.path(), verb),
        logs.method(setting(resource.path(), verb)),
        integration.isPresent() ? caching.compile(resource, verb, method) : null);
  }

  private ApiKeySource apiKeySource(Method method) {
    if (!Boolean.TRUE.equals(method.apiKeyRequired())) {
      return ApiKeySource.NONE;
    }
    return definition.restApi().apiKeySource() == ApiKeySourceType.AUTHORIZER
        ? ApiKeySource.AUTHORIZER
        : ApiKeySource.HEADER;
  }

  private CompiledMethod preflight(Resource resource, Cors cors) {
    return new CompiledMethod(
        resource.id(),
        resource.path(),
        "OPTIONS",
        PathTrie.variables(resource.path()),
        authorizers.unauthorized(),
        ApiKeySource.NONE,
        limits(resource.path(), "OPTIONS"),
        RequestCheck.NONE,
        Preflight.REQUEST,
        Preflight.BACKEND,
        new Preflight(cors),
        cors,
        detailedMetrics(resource.path(), "OPTIONS"),
        logs.method(setting(resource.path(), "OPTIONS")),
        null);
  }

  private boolean detailedMetrics(String path, String verb) {
    return setting(path, verb).map(MethodSetting::metricsEnabled).orElse(false);
  }

  /** By the stage's settings for this method, else for all. */
  private Optional<MethodSetting> setting(String path, String verb) {
    Map<String, MethodSetting> settings = snapshot.stage().methodSettings();
    MethodSetting own = settings.get(path.substring(1) + "/" + verb);
    return Optional.ofNullable(own == null ? settings.get("*/*") : own);
  }

  private MethodLimits limits(String path, String verb) {
    return new MethodLimits(
        snapshot.account(),
        snapshot.apiId() + ":" + snapshot.stage().stageName(),
        path + "/" + verb,
        setting(path, verb).flatMap(MethodCompiler::throttle));
  }

  /** A half that is not set, or -1, is an account's usual one; without both there is no limit. */
  private static Optional<RateLimit> throttle(MethodSetting setting) {
    Double rate = setting.throttlingRateLimit();
    Integer burst = setting.throttlingBurstLimit();
    boolean hasRate = rate != null && rate >= 0;
    boolean hasBurst = burst != null && burst >= 0;
    return hasRate || hasBurst
        ? Optional.of(
            new RateLimit(
                hasRate ? rate : RateLimit.OF_ACCOUNT.rate(),
                hasBurst ? burst : RateLimit.OF_ACCOUNT.burst()))
        : Optional.empty();
  }

  private IntegrationCompiler.Compiled refusal() {
    return new IntegrationCompiler.Compiled(
        x -> {
          throw GatewayException.of(
              ResponseType.API_CONFIGURATION_ERROR,
              501,
              "This method uses what this version of Gatehouse cannot serve yet",
              Reason.NOT_BUILT);
        },
        backends.mock(),
        new ProxyResponse(binaryTypes));
  }
}

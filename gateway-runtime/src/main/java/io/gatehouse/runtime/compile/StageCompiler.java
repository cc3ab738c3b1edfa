package io.gatehouse.runtime.compile;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.HttpTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKeySourceType;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Makes a snapshot into something fast, once. What the definition asks for and this version does
 * not enforce is a problem, never ignored: CreateDeployment runs the same compiler and refuses it
 * at the desk.
 */
public final class StageCompiler {

  /** The control plane's backends: they are built to look for problems and never called. */
  private static final Backends UNCALLED =
      new Backends() {
        @Override
        public Backend http(HttpTarget target) {
          return mock();
        }

        @Override
        public Backend mock() {
          return (x, request, reply) -> {
            throw new IllegalStateException(
                "a stage that was compiled for its problems only is not served");
          };
        }
      };

  private final StageSnapshot snapshot;
  private final Backends backends;
  private final List<String> problems = new ArrayList<>();

  private StageCompiler(StageSnapshot snapshot, Backends backends) {
    this.snapshot = snapshot;
    this.backends = backends;
  }

  /**
   * What keeps this stage from being served, each a sentence that names the place; empty when
   * nothing does.
   */
  public static List<String> problems(StageSnapshot snapshot) {
    try {
      compile(snapshot, UNCALLED);
      return List.of();
    } catch (CannotServe e) {
      return e.problems();
    }
  }

  public static CompiledStage compile(StageSnapshot snapshot, Backends backends)
      throws CannotServe {
    return new StageCompiler(snapshot, backends).compile();
  }

  private CompiledStage compile() throws CannotServe {
    RestApi api = snapshot.definition().restApi();
    checkApi(api);
    checkStage(snapshot.stage());
    PathTrie.Builder<CompiledResource> routes = PathTrie.builder();
    for (Resource resource : snapshot.definition().resources().values()) {
      Map<String, CompiledMethod> methods = new HashMap<>();
      resource
          .resourceMethods()
          .forEach(
              (verb, method) ->
                  compile(resource, verb, method).ifPresent(m -> methods.put(verb, m)));
      if (!methods.isEmpty()) {
        routes.add(resource.path(), new CompiledResource(methods));
      }
    }
    if (!problems.isEmpty()) {
      throw new CannotServe(problems);
    }
    String stageName = snapshot.stage().stageName();
    return new CompiledStage(
        snapshot.account(),
        snapshot.region(),
        snapshot.apiId(),
        stageName,
        snapshot.apiId() + ":" + stageName,
        snapshot.stage().deploymentId(),
        snapshot.revision(),
        Boolean.TRUE.equals(api.disableExecuteApiEndpoint()),
        variables(),
        routes.build());
  }

  private Map<String, String> variables() {
    return Map.copyOf(snapshot.stage().variables());
  }

  private void checkApi(RestApi api) {
    if (api.policy() != null && !api.policy().isBlank()) {
      notBuilt("the API", "a resource policy");
    }
    if (api.minimumCompressionSize() != null) {
      notBuilt("the API", "compression (minimumCompressionSize)");
    }
    if (api.apiKeySource() == ApiKeySourceType.AUTHORIZER) {
      notBuilt("the API", "apiKeySource AUTHORIZER");
    }
    if (api.endpointConfiguration() != null
        && api.endpointConfiguration().types().contains(EndpointType.PRIVATE)) {
      notBuilt("the API", "endpoint type PRIVATE");
    }
    if (!snapshot.definition().gatewayResponses().isEmpty()) {
      notBuilt(
          "the API",
          "customised gateway responses " + snapshot.definition().gatewayResponses().keySet());
    }
  }

  private void checkStage(Stage stage) {
    String place = "stage " + stage.stageName();
    if (Boolean.TRUE.equals(stage.cacheClusterEnabled())) {
      notBuilt(place, "response caching");
    }
    if (stage.canarySettings() != null) {
      notBuilt(place, "canarySettings");
    }
    if (Boolean.TRUE.equals(stage.tracingEnabled())) {
      notBuilt(place, "X-Ray tracing");
    }
    if (stage.clientCertificateId() != null) {
      notBuilt(place, "a client certificate");
    }
  }

  private Optional<CompiledMethod> compile(Resource resource, String verb, Method method) {
    String place = verb + " " + resource.path();
    if (method.authorizationType() != null && !method.authorizationType().equals("NONE")) {
      notBuilt(place, "authorizationType " + method.authorizationType());
    }
    if (validates(method.requestValidatorId())) {
      notBuilt(place, "request validation");
    }
    if (method.methodIntegration() == null) {
      problems.add(place + ": No integration defined for method");
      return Optional.empty();
    }
    var compiled =
        new IntegrationCompiler(place, snapshot.stage().variables(), backends, problems)
            .compile(method.methodIntegration());
    return compiled.map(
        c ->
            new CompiledMethod(
                resource.id(),
                resource.path(),
                verb,
                PathTrie.variables(resource.path()),
                Boolean.TRUE.equals(method.apiKeyRequired()),
                c.requestMapping(),
                c.backend(),
                c.responseMapping()));
  }

  private boolean validates(String validatorId) {
    RequestValidator validator =
        validatorId == null ? null : snapshot.definition().requestValidators().get(validatorId);
    return validator != null
        && (Boolean.TRUE.equals(validator.validateRequestBody())
            || Boolean.TRUE.equals(validator.validateRequestParameters()));
  }

  private void notBuilt(String place, String what) {
    problems.add(place + ": " + what + " is not built yet in this version of Gatehouse");
  }
}

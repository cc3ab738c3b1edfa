package io.gatehouse.runtime.compile;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.ProxyResponseMapping;
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
 * Makes a snapshot into something fast, once. A method that asks for what this version cannot do is
 * compiled into a refusal, never into something that does less than its author meant; {@link
 * #unserved} says the same to the control plane.
 */
public final class StageCompiler {

  /** The control plane's backends: they are built to look at a stage and never called. */
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
                "a stage that was compiled only to be looked at is not served");
          };
        }

        @Override
        public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
          return Optional.of(new ClientIdentity(certificate.certificate(), ""));
        }
      };

  private final StageSnapshot snapshot;
  private final Backends backends;
  private final Optional<ClientIdentity> identity;
  private final List<Unserved> unserved = new ArrayList<>();

  private StageCompiler(StageSnapshot snapshot, Backends backends) {
    this.snapshot = snapshot;
    this.backends = backends;
    this.identity = snapshot.certificate().flatMap(c -> backends.identity(snapshot.account(), c));
  }

  /** What nodes of this version will not do of what the stage asks for; empty when they do all. */
  public static List<Unserved> unserved(StageSnapshot snapshot) {
    StageCompiler compiler = new StageCompiler(snapshot, UNCALLED);
    compiler.compile();
    return List.copyOf(compiler.unserved);
  }

  public static CompiledStage compile(StageSnapshot snapshot, Backends backends) {
    return new StageCompiler(snapshot, backends).compile();
  }

  private CompiledStage compile() {
    RestApi api = snapshot.definition().restApi();
    checkApi(api);
    checkStage(snapshot.stage());
    boolean closed = unserved.stream().anyMatch(Unserved::refused);
    PathTrie.Builder<CompiledResource> routes = PathTrie.builder();
    for (Resource resource : snapshot.definition().resources().values()) {
      Map<String, CompiledMethod> methods = new HashMap<>();
      resource
          .resourceMethods()
          .forEach((verb, method) -> methods.put(verb, compile(resource, verb, method, closed)));
      if (!methods.isEmpty()) {
        routes.add(resource.path(), new CompiledResource(methods));
      }
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

  /** Who may not pass is for the whole API to say, so without that nobody passes. */
  private void checkApi(RestApi api) {
    if (api.policy() != null && !api.policy().isBlank()) {
      note("the API", "a resource policy", true);
    }
    if (api.endpointConfiguration() != null
        && api.endpointConfiguration().types().contains(EndpointType.PRIVATE)) {
      note("the API", "endpoint type PRIVATE", true);
    }
    if (api.minimumCompressionSize() != null) {
      note("the API", "compression (minimumCompressionSize)", false);
    }
    if (!snapshot.definition().gatewayResponses().isEmpty()) {
      note(
          "the API",
          "customised gateway responses " + snapshot.definition().gatewayResponses().keySet(),
          false);
    }
  }

  private void checkStage(Stage stage) {
    String place = "stage " + stage.stageName();
    if (Boolean.TRUE.equals(stage.cacheClusterEnabled())) {
      note(place, "response caching", false);
    }
    if (stage.canarySettings() != null) {
      note(place, "a canary release", false);
    }
    if (Boolean.TRUE.equals(stage.tracingEnabled())) {
      note(place, "X-Ray tracing", false);
    }
    if (stage.clientCertificateId() != null && identity.isEmpty()) {
      // Backends that know the stage by its certificate must not be called without it.
      String reason = "the client certificate " + stage.clientCertificateId() + " does not open";
      unserved.add(new Unserved(place, reason, true));
    }
    if (stage.accessLogSettings() != null) {
      note(place, "access log settings", false);
    }
    if (!stage.methodSettings().isEmpty()) {
      note(place, "method settings (throttling, caching, logging)", false);
    }
  }

  private void note(String place, String what, boolean refused) {
    unserved.add(new Unserved(place, notBuilt(what), refused));
  }

  private CompiledMethod compile(Resource resource, String verb, Method method, boolean closed) {
    String place = verb + " " + resource.path();
    List<String> problems = new ArrayList<>();
    if (method.authorizationType() != null && !method.authorizationType().equals("NONE")) {
      problems.add(notBuilt("authorizationType " + method.authorizationType()));
    }
    if (Boolean.TRUE.equals(method.apiKeyRequired())
        && snapshot.definition().restApi().apiKeySource() == ApiKeySourceType.AUTHORIZER) {
      problems.add(notBuilt("apiKeySource AUTHORIZER"));
    }
    if (validates(method.requestValidatorId())) {
      problems.add(notBuilt("request validation"));
    }
    Optional<IntegrationCompiler.Compiled> integration = Optional.empty();
    if (method.methodIntegration() == null) {
      problems.add("No integration defined for method");
    } else {
      IntegrationCompiler compiler =
          new IntegrationCompiler(snapshot.stage().variables(), backends, identity, problems);
      integration = compiler.compile(method.methodIntegration());
      compiler.faults().forEach(reason -> unserved.add(new Unserved(place, reason, true)));
    }
    problems.forEach(reason -> unserved.add(new Unserved(place, reason, true)));
    IntegrationCompiler.Compiled served =
        integration.filter(i -> !closed && problems.isEmpty()).orElseGet(this::refusal);
    return new CompiledMethod(
        resource.id(),
        resource.path(),
        verb,
        PathTrie.variables(resource.path()),
        Boolean.TRUE.equals(method.apiKeyRequired()),
        served.requestMapping(),
        served.backend(),
        served.responseMapping());
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
        new ProxyResponseMapping());
  }

  private boolean validates(String validatorId) {
    RequestValidator validator =
        validatorId == null ? null : snapshot.definition().requestValidators().get(validatorId);
    return validator != null
        && (Boolean.TRUE.equals(validator.validateRequestBody())
            || Boolean.TRUE.equals(validator.validateRequestParameters()));
  }

  static String notBuilt(String what) {
    return what + " is not built yet in this version of Gatehouse";
  }
}

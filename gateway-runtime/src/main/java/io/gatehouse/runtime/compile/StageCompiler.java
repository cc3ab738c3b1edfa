package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourcePolicy;
import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.snapshot.LimitHeadersTag;
import io.gatehouse.model.snapshot.ReasonHeader;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.exchange.StageCaching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
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
        public Backend aws(AwsTarget target) {
          return mock();
        }

        @Override
        public Backend lambda(LambdaTarget target) {
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

  /** Nor are its authorizers ever asked. */
  private static final Authorizers UNASKED =
      new Authorizers() {
        @Override
        public Authorizer policyAlone(StageAccess stage) {
          return nobody();
        }

        @Override
        public Authorizer iam(StageAccess stage) {
          return nobody();
        }

        @Override
        public Authorizer function(StageAccess stage, AuthorizerTarget.Function target) {
          return nobody();
        }

        @Override
        public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
          return nobody();
        }

        private Authorizer nobody() {
          return x -> {
            throw new IllegalStateException(
                "a stage that was compiled only to be looked at lets nobody in");
          };
        }
      };

  private final StageSnapshot snapshot;
  private final Backends backends;
  private final Authorizers authorizers;
  private final Optional<ClientIdentity> identity;
  private final StageCaching caching;
  private final List<Unserved> unserved = new ArrayList<>();

  private StageCompiler(StageSnapshot snapshot, Backends backends, Authorizers authorizers) {
    this.snapshot = snapshot;
    this.backends = backends;
    this.authorizers = authorizers;
    this.caching = CacheCompiler.stage(snapshot);
    this.identity = snapshot.certificate().flatMap(c -> backends.identity(snapshot.account(), c));
  }

  /** What nodes of this version will not do of what the stage asks for; empty when they do all. */
  public static List<Unserved> unserved(StageSnapshot snapshot) {
    StageCompiler compiler = new StageCompiler(snapshot, UNCALLED, UNASKED);
    compiler.compile();
    // The stage and its canary mostly have the same.
    return compiler.unserved.stream().distinct().toList();
  }

  /** For whoever runs single methods and does not ask who calls. */
  public static CompiledStage compile(StageSnapshot snapshot, Backends backends) {
    return compile(snapshot, backends, UNASKED);
  }

  public static CompiledStage compile(
      StageSnapshot snapshot, Backends backends, Authorizers authorizers) {
    return new StageCompiler(snapshot, backends, authorizers).compile();
  }

  private CompiledStage compile() {
    Stage stage = snapshot.stage();
    CanarySettings canary = stage.canarySettings();
    if (canary == null || snapshot.canary().isEmpty()) {
      return side(
          snapshot.definition(),
          stage.deploymentId(),
          stage.variables(),
          null,
          null,
          ownSpace(snapshot.definition()));
    }
    Map<String, String> variables = new LinkedHashMap<>(stage.variables());
    variables.putAll(canary.stageVariableOverrides());
    CompiledStage there =
        side(
            snapshot.canary().get(),
            canary.deploymentId(),
            variables,
            "true",
            null,
            canarySpace(snapshot.canary().get(), variables));
    double percent = canary.percentTraffic() == null ? 0 : canary.percentTraffic();
    return side(
        snapshot.definition(),
        stage.deploymentId(),
        stage.variables(),
        "false",
        new CompiledStage.Split(percent, there),
        ownSpace(snapshot.definition()));
  }

  private CacheCompiler ownSpace(ApiDefinition definition) {
    Stage stage = snapshot.stage();
    return new CacheCompiler(
        snapshot, definition, stage.variables(), caching, stage.deploymentId(), false, unserved);
  }

  /** The canary's answers are its own unless its author wants it to use the stage's. */
  private CacheCompiler canarySpace(ApiDefinition definition, Map<String, String> variables) {
    CanarySettings canary = snapshot.stage().canarySettings();
    return Boolean.TRUE.equals(canary.useStageCache())
        ? ownSpace(definition)
        : new CacheCompiler(
            snapshot, definition, variables, caching, canary.deploymentId(), true, unserved);
  }

  /** The stage as its own deployment makes it, or its canary's. */
  private CompiledStage side(
      ApiDefinition definition,
      String deploymentId,
      Map<String, String> variables,
      String isCanaryRequest,
      CompiledStage.Split split,
      CacheCompiler cache) {
    RestApi api = definition.restApi();
    boolean closed = certificateMissing();
    String stageName = snapshot.stage().stageName();
    LogCompiler logs = new LogCompiler(snapshot.account(), snapshot.stage(), definition);
    MethodCompiler methods =
        new MethodCompiler(
            snapshot,
            definition,
            variables,
            backends,
            identity,
            new AuthorizerCompiler(access(api), definition, variables, authorizers),
            cache,
            logs,
            unserved);
    return new CompiledStage(
        snapshot.account(),
        snapshot.region(),
        snapshot.apiId(),
        stageName,
        snapshot.apiId() + ":" + stageName,
        deploymentId,
        snapshot.revision(),
        Boolean.TRUE.equals(api.disableExecuteApiEndpoint()),
        isPrivate(api) ? Set.copyOf(api.endpointConfiguration().vpcEndpointIds()) : null,
        Collections.unmodifiableMap(new LinkedHashMap<>(variables)), // templates list them
        isCanaryRequest,
        split,
        api.minimumCompressionSize() == null ? -1 : api.minimumCompressionSize(),
        ReasonHeader.isOn(snapshot.stage()),
        LimitHeadersTag.isOn(snapshot.stage()),
        Boolean.TRUE.equals(snapshot.stage().tracingEnabled()),
        caching,
        logs.stage(),
        CorsCompiler.ofApi(definition),
        ErrorAnswers.compile(definition.gatewayResponses().values(), variables),
        routes(definition, methods, closed));
  }

  private StageAccess access(RestApi api) {
    boolean closed = isPrivate(api);
    Policy policy = policy(api);
    if (closed && policy == null) {
      unserved.add(
          new Unserved("the API", "a private API without a resource policy lets nobody in", true));
    }
    return new StageAccess(
        snapshot.account(),
        snapshot.region(),
        snapshot.apiId(),
        snapshot.stage().stageName(),
        policy,
        closed);
  }

  private static boolean isPrivate(RestApi api) {
    return api.endpointConfiguration() != null
        && api.endpointConfiguration().types().contains(EndpointType.PRIVATE);
  }

  /** Null for none. What cannot be read lets nobody in, for it may say so. */
  private Policy policy(RestApi api) {
    if (api.policy() == null || api.policy().isBlank()) {
      return null;
    }
    String arn =
        String.join(
            ":", "arn:aws:execute-api", snapshot.region(), snapshot.account(), snapshot.apiId());
    try {
      // Spelt out once more, for a denial in short form would deny nothing.
      String text = ResourcePolicy.stored(api.policy(), arn);
      return Policy.parse(text, Policy.Kind.RESOURCE);
    } catch (InvalidPolicy | ApiError e) {
      String reason = "the resource policy cannot be read, so nobody passes: " + e.getMessage();
      unserved.add(new Unserved("the API", reason, true));
      return Policy.CLOSED;
    }
  }

  private static PathTrie<CompiledResource> routes(
      ApiDefinition definition, MethodCompiler compiler, boolean closed) {
    PathTrie.Builder<CompiledResource> routes = PathTrie.builder();
    for (Resource resource : definition.resources().values()) {
      Map<String, CompiledMethod> methods = compiler.methods(resource, closed);
      if (!methods.isEmpty()) {
        routes.add(resource.path(), new CompiledResource(methods));
      }
    }
    return routes.build();
  }

  /** Backends that know the stage by its certificate must not be called without it. */
  private boolean certificateMissing() {
    Stage stage = snapshot.stage();
    boolean missing = stage.clientCertificateId() != null && identity.isEmpty();
    if (missing) {
      String reason = "the client certificate " + stage.clientCertificateId() + " does not open";
      unserved.add(new Unserved(placeOf(stage), reason, true));
    }
    return missing;
  }

  private static String placeOf(Stage stage) {
    return "stage " + stage.stageName();
  }

  static String notBuilt(String what) {
    return what + " is not built yet in this version of Gatehouse";
  }
}

package io.gatehouse.runtime;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Builds stage snapshots for tests, one method a line. */
public final class SampleApi {

  public static final String ACCOUNT = "123456789012";

  /** Backends that never answer, for what is compiled and not called. */
  public static final Backends NO_BACKENDS =
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
          return (x, request, reply) -> {};
        }

        @Override
        public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
          return Optional.empty();
        }
      };

  /** Authorizers that let nobody in, for what is compiled and not asked. */
  public static final Authorizers NO_AUTHORIZERS =
      new Authorizers() {
        @Override
        public Authorizer policyAlone(StageAccess stage) {
          return x -> false;
        }

        @Override
        public Authorizer iam(StageAccess stage) {
          return x -> false;
        }

        @Override
        public Authorizer function(StageAccess stage, AuthorizerTarget.Function target) {
          return x -> false;
        }

        @Override
        public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
          return x -> false;
        }
      };

  private final String apiId;
  private final String stageName;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, software.amazon.awssdk.services.apigateway.model.Authorizer>
      authorizers = new LinkedHashMap<>();
  private RestApi.Builder api;
  private Optional<SealedCertificate> certificate = Optional.empty();
  private Consumer<Stage.Builder> settings = stage -> {};
  private Optional<ApiDefinition> canary = Optional.empty();
  private long cacheGeneration;

  private SampleApi(String apiId, String stageName) {
    this.apiId = apiId;
    this.stageName = stageName;
    this.api = RestApi.builder().id(apiId).name(apiId);
  }

  public static SampleApi api(String apiId, String stageName) {
    return new SampleApi(apiId, stageName);
  }

  public SampleApi with(Consumer<RestApi.Builder> change) {
    change.accept(api);
    return this;
  }

  public SampleApi variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  public SampleApi method(String verb, String path, Method method) {
    Resource old = resources.get(path);
    Map<String, Method> methods =
        new LinkedHashMap<>(old == null ? Map.of() : old.resourceMethods());
    methods.put(verb, method);
    resources.put(
        path,
        Resource.builder()
            .id(old == null ? "r" + resources.size() : old.id())
            .path(path)
            .resourceMethods(methods)
            .build());
    return this;
  }

  /** HTTP_PROXY, the path's variables mapped by name. */
  public SampleApi proxy(String verb, String path, String uri) {
    return method(verb, path, proxyMethod(path, uri).build());
  }

  public static Method.Builder proxyMethod(String path, String uri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    PathTrie.variables(path)
        .forEach(v -> parameters.put("integration.request.path." + v, "method.request.path." + v));
    return Method.builder()
        .authorizationType("NONE")
        .methodIntegration(
            Integration.builder()
                .type("HTTP_PROXY")
                .httpMethod("ANY")
                .uri(uri)
                .requestParameters(parameters)
                .timeoutInMillis(3_000)
                .build());
  }

  public SampleApi mock(String verb, String path, int status, String body) {
    return method(
        verb,
        path,
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                Integration.builder()
                    .type("MOCK")
                    .requestTemplates(Map.of("application/json", "{statusCode: " + status + "}"))
                    .integrationResponses(
                        Map.of(
                            "" + status,
                            IntegrationResponse.builder()
                                .statusCode("" + status)
                                .responseTemplates(Map.of("application/json", body))
                                .build()))
                    .build())
            .build());
  }

  /** The stage shows this certificate to its backends. */
  public SampleApi certificate(SealedCertificate certificate) {
    this.certificate = Optional.of(certificate);
    return this;
  }

  /** Settings of the stage, after those that it has already. */
  public SampleApi stage(Consumer<Stage.Builder> more) {
    Consumer<Stage.Builder> before = settings;
    settings =
        stage -> {
          before.accept(stage);
          more.accept(stage);
        };
    return this;
  }

  /** The stage's canary serves this. */
  public SampleApi canary(SampleApi other) {
    canary = Optional.of(other.snapshot(1).definition());
    return this;
  }

  public SampleApi authorizer(software.amazon.awssdk.services.apigateway.model.Authorizer one) {
    authorizers.put(one.id(), one);
    return this;
  }

  /** How often the stage's cache was flushed. */
  public SampleApi flushed(long times) {
    cacheGeneration = times;
    return this;
  }

  public StageSnapshot snapshot(long revision) {
    Map<String, Resource> byId = new LinkedHashMap<>();
    resources.values().forEach(r -> byId.put(r.id(), r));
    Stage.Builder stage =
        Stage.builder()
            .stageName(stageName)
            .deploymentId("dep" + revision)
            .variables(variables)
            .clientCertificateId(certificate.map(SealedCertificate::id).orElse(null));
    settings.accept(stage);
    return new StageSnapshot(
        revision,
        ACCOUNT,
        "us-east-1",
        apiId,
        stage.build(),
        new ApiDefinition(api.build(), byId, Map.of(), Map.copyOf(authorizers), Map.of(), Map.of()),
        certificate,
        canary,
        cacheGeneration);
  }
}

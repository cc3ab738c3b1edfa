package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource.Kind;
import io.gatehouse.runtime.exchange.KeySource;
import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.MethodCaching.Invalidation;
import io.gatehouse.runtime.exchange.StageCaching;
import io.gatehouse.runtime.mapping.CacheKeySources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UnauthorizedCacheControlHeaderStrategy;

/** Compiles how the answers of a stage's methods are kept (aws-behaviour 14). */
final class CacheCompiler {

  private static final double DEFAULT_GIGABYTES = 0.5;
  private static final int DEFAULT_TTL_SECONDS = 300;
  private static final int MOST_TTL_SECONDS = 3600;

  private static final String SIGNED = "AWS_IAM";

  /** Headers that say who calls, whatever authorizes the method. */
  private static final List<String> CREDENTIALS = List.of("Authorization", "Cookie", "x-api-key");

  private final StageSnapshot snapshot;
  private final ApiDefinition definition;
  private final Map<String, String> stageVariables;
  private final StageCaching stage;
  private final String side;
  private final List<Unserved> unserved;

  /**
   * @param stage null for a stage without a cache
   * @param deploymentId of whose answers the entries are
   * @param canary whether they are a canary's own
   * @param unserved where to tell what is not kept though its author asks for it
   */
  CacheCompiler(
      StageSnapshot snapshot,
      ApiDefinition definition,
      Map<String, String> stageVariables,
      StageCaching stage,
      String deploymentId,
      boolean canary,
      List<Unserved> unserved) {
    this.unserved = unserved;
    this.snapshot = snapshot;
    this.definition = definition;
    this.stageVariables = stageVariables;
    this.stage = stage;
    this.side =
        String.join(
            "/",
            canary ? "canary" : "stage",
            CacheTags.isPublic(snapshot.stage()) ? CacheTags.PUBLIC : "",
            Long.toString(snapshot.cacheGeneration()),
            String.valueOf(deploymentId),
            // Other variables lead to other backends.
            stageVariables.isEmpty() ? "" : digest(new TreeMap<>(stageVariables).toString()));
  }

  /** Null for a stage without a cache. */
  static StageCaching stage(StageSnapshot snapshot) {
    Stage stage = snapshot.stage();
    if (!Boolean.TRUE.equals(stage.cacheClusterEnabled())) {
      return null;
    }
    String name = stage.stageName();
    return new StageCaching(
        String.join("/", snapshot.account(), snapshot.apiId(), name),
        snapshot.account(),
        snapshot.apiId(),
        name,
        bytes(stage),
        CacheTags.showsHits(stage));
  }

  private static long bytes(Stage stage) {
    String size = stage.cacheClusterSize();
    try {
      double gigabytes = size == null ? DEFAULT_GIGABYTES : Double.parseDouble(size);
      return (long) (Math.max(0, gigabytes) * (1L << 30));
    } catch (NumberFormatException unknown) {
      return (long) (DEFAULT_GIGABYTES * (1L << 30)); // a size that a later control plane knows
    }
  }

  /** Null for a method whose answers are not kept. */
  MethodCaching compile(Resource resource, String verb, Method method) {
    Integration integration = method.methodIntegration();
    if (stage == null || integration == null) {
      return null;
    }
    Optional<MethodSetting> setting = setting(resource.path(), verb);
    long ttl = setting.map(CacheCompiler::ttlMillis).orElse(0L);
    if (ttl == 0) {
      return null;
    }
    Optional<List<KeySource>> declared = declared(verb + " " + resource.path(), integration);
    if (declared.isEmpty()) {
      return null;
    }
    boolean shared = CacheTags.isPublic(snapshot.stage());
    List<IdentitySource> identity = shared ? List.of() : IdentitySources.of(definition, method);
    return new MethodCaching(
        stage,
        space(resource, verb, integration),
        verb.equals("ANY") ? "GET" : verb,
        ttl,
        TimeUnit.SECONDS.toMillis(CacheTags.staleIfErrorSeconds(snapshot.stage())),
        setting.filter(s -> Boolean.TRUE.equals(s.cacheDataEncrypted())).isPresent(),
        shared,
        declared.get(),
        keyedHeaders(shared, identity, method),
        identity.stream()
            .filter(source -> source.kind() == Kind.QUERY_STRING)
            .map(source -> CacheKeySources.queryParameter(source.name()))
            .toList(),
        setting.map(CacheCompiler::invalidation).orElse(Invalidation.FAIL_WITH_403));
  }

  /**
   * The method's own setting, else that for all methods, which means GET alone. Empty where nothing
   * is to be kept.
   */
  private Optional<MethodSetting> setting(String path, String verb) {
    Map<String, MethodSetting> settings = snapshot.stage().methodSettings();
    MethodSetting own = settings.get(path.substring(1) + "/" + verb);
    boolean gets = verb.equals("GET") || verb.equals("ANY");
    return Optional.ofNullable(own == null && gets ? settings.get("*/*") : own)
        .filter(setting -> Boolean.TRUE.equals(setting.cachingEnabled()));
  }

  private static long ttlMillis(MethodSetting setting) {
    int seconds =
        setting.cacheTtlInSeconds() == null ? DEFAULT_TTL_SECONDS : setting.cacheTtlInSeconds();
    return TimeUnit.SECONDS.toMillis(Math.clamp(seconds, 0, MOST_TTL_SECONDS));
  }

  private static Invalidation invalidation(MethodSetting setting) {
    if (Boolean.FALSE.equals(setting.requireAuthorizationForCacheControl())) {
      return Invalidation.ANYBODY;
    }
    UnauthorizedCacheControlHeaderStrategy strategy =
        setting.unauthorizedCacheControlHeaderStrategy();
    return switch (strategy) {
      case null -> Invalidation.SUCCEED_WITH_RESPONSE_HEADER;
      case FAIL_WITH_403 -> Invalidation.FAIL_WITH_403;
      case SUCCEED_WITH_RESPONSE_HEADER, UNKNOWN_TO_SDK_VERSION ->
          Invalidation.SUCCEED_WITH_RESPONSE_HEADER;
      case SUCCEED_WITHOUT_RESPONSE_HEADER -> Invalidation.SUCCEED_WITHOUT_RESPONSE_HEADER;
    };
  }

  /** Empty where one of the parameters is nothing that a key can be made of. */
  private Optional<List<KeySource>> declared(String place, Integration integration) {
    List<KeySource> sources = new ArrayList<>();
    for (String parameter : integration.cacheKeyParameters()) {
      Optional<KeySource> source =
          CacheKeySources.of(parameter, integration.requestParameters(), stageVariables);
      if (source.isEmpty()) {
        unserved.add(
            new Unserved(
                place,
                "its answers are not kept, because no cache key can be made of " + parameter,
                false));
        return Optional.empty();
      }
      sources.add(source.get());
    }
    return Optional.of(List.copyOf(sources));
  }

  /** Methods that share a namespace share entries only if their keys are made of the same. */
  private String space(Resource resource, String verb, Integration integration) {
    String namespace =
        Optional.ofNullable(integration.cacheNamespace())
            .filter(n -> !n.isBlank())
            .orElse(resource.id());
    StringBuilder space = new StringBuilder(stage.key()).append('/').append(side).append('/');
    KeySource.append(space, namespace);
    KeySource.append(space, verb.equals("ANY") ? "GET" : verb);
    integration.cacheKeyParameters().forEach(parameter -> KeySource.append(space, parameter));
    return space.append('|').toString();
  }

  private List<String> keyedHeaders(boolean shared, List<IdentitySource> identity, Method method) {
    Set<String> headers = new LinkedHashSet<>();
    if (!shared) {
      headers.addAll(CREDENTIALS);
      if (SIGNED.equals(method.authorizationType())) {
        // Who has signed is in the key, and no two signatures are alike.
        headers.remove("Authorization");
      }
      identity.stream()
          .filter(source -> source.kind() == Kind.HEADER)
          .forEach(source -> headers.add(source.name()));
    }
    if (choosesByAccept(method.methodIntegration())) {
      headers.add("Accept");
    }
    return List.copyOf(headers);
  }

  /** Whether the gateway itself makes another answer for another Accept header. */
  private boolean choosesByAccept(Integration integration) {
    return !definition.restApi().binaryMediaTypes().isEmpty()
        || integration.integrationResponses().values().stream()
            .anyMatch(response -> response.responseTemplates().size() > 1);
  }

  private static String digest(String text) {
    return SnapshotCodec.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}

package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ResponseCaches;
import io.gatehouse.admin.operations.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.FlushStageCacheRequest;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** Turns a stage's cache on and off, sizes and flushes it. */
final class StageCache {

  private static final String ALL_METHODS = "*/*";
  private static final int DEFAULT_TTL = 300;

  /**
   * What a form shows.
   *
   * @param byDefault whether methods without settings of their own are cached
   */
  record Settings(boolean on, String size, boolean byDefault, int ttlSeconds) {

    static Settings of(Stage stage) {
      Optional<MethodSetting> all = Optional.ofNullable(stage.methodSettings().get(ALL_METHODS));
      return new Settings(
          Boolean.TRUE.equals(stage.cacheClusterEnabled()),
          Optional.ofNullable(stage.cacheClusterSize()).orElse(Stages.CACHE_SIZES.getFirst()),
          all.map(MethodSetting::cachingEnabled).orElse(false),
          all.map(MethodSetting::cacheTtlInSeconds).orElse(DEFAULT_TTL));
    }
  }

  private final Stages stages;
  private final ResponseCaches caches;
  private final Supplier<Caller> caller;

  StageCache(Stages stages, ResponseCaches caches, Supplier<Caller> caller) {
    this.stages = stages;
    this.caches = caches;
    this.caller = caller;
  }

  /** Writes only what differs. */
  void change(String apiId, Stage stage, Settings next) {
    List<PatchOperation> patches = writes(stage, next).stream().map(StageWrite::patch).toList();
    if (!patches.isEmpty()) {
      stages.updateStage(
          caller.get(),
          UpdateStageRequest.builder()
              .restApiId(apiId)
              .stageName(stage.stageName())
              .patchOperations(patches)
              .build());
    }
  }

  /** What differs. */
  static List<StageWrite> writes(Stage stage, Settings next) {
    Settings before = Settings.of(stage);
    List<StageWrite> writes = new ArrayList<>();
    replace(writes, "/cacheClusterEnabled", before.on(), next.on());
    if (next.on()) {
      String sized = before.on() ? before.size() : "";
      replace(writes, "/cacheClusterSize", sized, next.size());
      replace(writes, "/*/*/caching/enabled", before.byDefault(), next.byDefault());
      replace(writes, "/*/*/caching/ttlInSeconds", before.ttlSeconds(), next.ttlSeconds());
    }
    return writes;
  }

  private static void replace(List<StageWrite> to, String path, Object before, Object next) {
    if (!Objects.equals(before, next)) {
      to.add(StageWrite.set(path, "Cache", next.toString()));
    }
  }

  /**
   * Lets go of what is kept for a path.
   *
   * @return what became of it, in words
   */
  String purge(String apiId, String stageName, String path) {
    int gone = caches.purgeCache(caller.get(), apiId, stageName, path.strip());
    return switch (gone) {
      case 0 -> "Nothing was kept for " + path.strip();
      case 1 -> "Purged one answer";
      default -> "Purged " + gone + " answers";
    };
  }

  /** Why answers of methods are kept no more, a sentence each. */
  List<String> leaks(String apiId, String stageName) {
    return caches.cacheLeaks(caller.get(), apiId, stageName).stream()
        .map(
            leak ->
                "Answers of %s %s are kept no more: they depend on %s, which is not part of the cache key."
                    .formatted(
                        leak.httpMethod(), leak.resourcePath(), String.join(", ", leak.inputs())))
        .toList();
  }

  void flush(String apiId, String stageName) {
    stages.flushStageCache(
        caller.get(),
        FlushStageCacheRequest.builder().restApiId(apiId).stageName(stageName).build());
  }
}

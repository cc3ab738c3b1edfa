package io.gatehouse.runtime.compile;

import static io.gatehouse.runtime.SampleApi.proxyMethod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.MethodCaching.Invalidation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

class CacheCompilerTest {

  private static StageSnapshot snapshot(
      Method method, long generation, Consumer<Stage.Builder> more) {
    return SampleApi.api("api", "dev")
        .method("GET", "/p", method)
        .flushed(generation)
        .stage(
            stage ->
                stage
                    .cacheClusterEnabled(true)
                    .deploymentId("d1")
                    .methodSettings(settings(all -> all.cachingEnabled(true))))
        .stage(more)
        .snapshot(1);
  }

  private static Map<String, MethodSetting> settings(Consumer<MethodSetting.Builder> change) {
    MethodSetting.Builder all = MethodSetting.builder();
    change.accept(all);
    return Map.of("*/*", all.build());
  }

  private static Method plain() {
    return proxyMethod("/p", "http://10.0.0.1/p").build();
  }

  private static Method keyed(String... parameters) {
    Method method = plain();
    return method.toBuilder()
        .methodIntegration(
            method.methodIntegration().toBuilder().cacheKeyParameters(parameters).build())
        .build();
  }

  private static CompiledStage compiled(StageSnapshot snapshot) {
    return StageCompiler.compile(snapshot, SampleApi.NO_BACKENDS);
  }

  private static MethodCaching caching(CompiledStage stage) {
    return stage.routes().find("/p", found -> true).value().method("GET").caching();
  }

  private static MethodCaching caching(Method method, Consumer<Stage.Builder> more) {
    return caching(compiled(snapshot(method, 0, more)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 536870912", "1.6, 1717986918", "6.1, 6549825126", "13.5, 14495514624",
    "28.4, 30494267801", "58.2, 62491774156", "118, 126701535232", "237, 254476812288",
    ", 536870912", "large, 536870912", "-1, 0"
  })
  void sizesAreGigabytes(String size, long bytes) {
    assertEquals(
        bytes, compiled(snapshot(plain(), 0, s -> s.cacheClusterSize(size))).caching().bytes());
  }

  @ParameterizedTest
  @CsvSource({", 300000", "1, 1000", "3600, 3600000", "99999, 3600000"})
  void anAnswerIsGoodForTheSettingsTime(Integer seconds, long millis) {
    assertEquals(
        millis,
        caching(
                plain(),
                s ->
                    s.methodSettings(
                        settings(all -> all.cachingEnabled(true).cacheTtlInSeconds(seconds))))
            .ttlMillis());
  }

  @Test
  void withoutAClusterASettingOrATimeNothingIsKept() {
    assertNull(caching(plain(), s -> s.cacheClusterEnabled(false)));
    assertNull(caching(plain(), s -> s.methodSettings(Map.of())));
    assertNull(caching(plain(), s -> s.methodSettings(settings(all -> {}))));
    assertNull(
        caching(
            plain(),
            s -> s.methodSettings(settings(all -> all.cachingEnabled(true).cacheTtlInSeconds(0)))));
  }

  @Test
  void whatEntriesHaveInCommonTellsEverythingApartThatMakesOtherAnswers() {
    Set<String> spaces = new HashSet<>();
    List<CompiledStage> stages =
        List.of(
            compiled(snapshot(plain(), 0, s -> {})),
            compiled(snapshot(plain(), 1, s -> {})),
            compiled(snapshot(plain(), 0, s -> s.deploymentId("d2"))),
            compiled(snapshot(plain(), 0, s -> s.stageName("prod"))),
            compiled(snapshot(plain(), 0, s -> s.variables(Map.of("a", "1")))),
            compiled(snapshot(plain(), 0, s -> s.variables(Map.of("a", "2")))),
            compiled(
                snapshot(plain(), 0, s -> s.tags(Map.of(CacheTags.SHARING, CacheTags.PUBLIC)))),
            compiled(snapshot(keyed("method.request.querystring.a"), 0, s -> {})),
            compiled(snapshot(keyed("method.request.querystring.b"), 0, s -> {})));

    stages.forEach(stage -> spaces.add(caching(stage).space()));

    assertEquals(stages.size(), spaces.size(), "" + spaces);
  }

  @Test
  void aParameterThatNoKeyCanBeMadeOfIsToldAndItsMethodIsServedWithoutACache() {
    for (String parameter :
        List.of("method.request.body", "integration.request.header.B", "nonsense")) {
      Method method = keyed(parameter);
      Method mapped =
          method.toBuilder()
              .methodIntegration(
                  method.methodIntegration().toBuilder()
                      .requestParameters(
                          Map.of("integration.request.header.B", "method.request.body.b"))
                      .build())
              .build();

      StageSnapshot snapshot = snapshot(mapped, 0, s -> {});

      assertNull(caching(compiled(snapshot)), parameter);
      List<Unserved> told =
          StageCompiler.unserved(snapshot).stream()
              .filter(unserved -> unserved.place().equals("GET /p"))
              .toList();
      assertEquals(1, told.size(), parameter);
      assertFalse(told.getFirst().refused());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, FAIL_WITH_403,                   ANYBODY",
    "true,  FAIL_WITH_403,                   FAIL_WITH_403",
    "true,  SUCCEED_WITH_RESPONSE_HEADER,    SUCCEED_WITH_RESPONSE_HEADER",
    "true,  SUCCEED_WITHOUT_RESPONSE_HEADER, SUCCEED_WITHOUT_RESPONSE_HEADER",
    ",      ,                                SUCCEED_WITH_RESPONSE_HEADER",
  })
  void whoMayInvalidateIsAsTheSettingSays(
      Boolean required, String strategy, Invalidation invalidation) {
    assertEquals(
        invalidation,
        caching(
                plain(),
                s ->
                    s.methodSettings(
                        settings(
                            all ->
                                all.cachingEnabled(true)
                                    .requireAuthorizationForCacheControl(required)
                                    .unauthorizedCacheControlHeaderStrategy(strategy))))
            .invalidation());
  }
}

package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.stages.StageCache.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ResponseCaches;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.snapshot.LeakReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.FlushStageCacheRequest;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

class StageCacheTest {

  private static final Stage OFF =
      Stage.builder().stageName("prod").cacheClusterEnabled(false).methodSettings(Map.of()).build();
  private static final Stage ON =
      OFF.toBuilder()
          .cacheClusterEnabled(true)
          .cacheClusterSize("1.6")
          .methodSettings(
              Map.of(
                  "*/*",
                  MethodSetting.builder().cachingEnabled(true).cacheTtlInSeconds(60).build()))
          .build();

  private final List<String> asked = new ArrayList<>();
  private final StageCache cache =
      new StageCache(
          new FakeStages(),
          new FakeCaches(),
          () -> new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE));

  @Test
  void whatAStageHasIsWhatTheFormBeginsWith() {
    assertEquals(new Settings(false, "0.5", false, 300), Settings.of(OFF));
    assertEquals(new Settings(true, "1.6", true, 60), Settings.of(ON));
  }

  @Test
  void aCacheIsTurnedOnWithItsSize() {
    cache.change("api1", OFF, new Settings(true, "0.5", true, 300));

    assertEquals(
        List.of("/cacheClusterEnabled true", "/cacheClusterSize 0.5", "/*/*/caching/enabled true"),
        asked);
  }

  @Test
  void onlyWhatDiffersIsWritten() {
    cache.change("api1", ON, new Settings(true, "6.1", true, 10));
    cache.change("api1", ON, Settings.of(ON));

    assertEquals(List.of("/cacheClusterSize 6.1", "/*/*/caching/ttlInSeconds 10"), asked);
  }

  @Test
  void turningItOffLeavesItsSettings() {
    cache.change("api1", ON, new Settings(false, "237", false, 0));

    assertEquals(List.of("/cacheClusterEnabled false"), asked);
  }

  @Test
  void toFlushNamesTheStage() {
    cache.flush("api1", "prod");

    assertEquals(List.of("flush api1 prod"), asked);
  }

  @Test
  void aPathIsPurgedAndSaysHowManyAnswersThatWere() {
    assertEquals("Purged 3 answers", cache.purge("api1", "prod", " /pets/* "));
    assertEquals("Nothing was kept for /none", cache.purge("api1", "prod", "/none"));

    assertEquals(List.of("purge api1 prod /pets/*", "purge api1 prod /none"), asked);
  }

  @Test
  void whatIsKeptNoMoreIsSaidInASentence() {
    assertEquals(
        List.of(
            "Answers of GET /pets are kept no more: they depend on header.x-tenant, which is not"
                + " part of the cache key."),
        cache.leaks("api1", "prod"));
  }

  private final class FakeCaches extends ResponseCaches {
    @Override
    public int purgeCache(Caller caller, String apiId, String stageName, String path) {
      asked.add("purge " + apiId + " " + stageName + " " + path);
      return path.equals("/none") ? 0 : 3;
    }

    @Override
    public List<LeakReport> cacheLeaks(Caller caller, String apiId, String stageName) {
      return List.of(
          new LeakReport(
              "111111111111",
              apiId,
              stageName,
              "d1",
              "GET",
              "/pets",
              "s",
              "node-1",
              1,
              List.of("header.x-tenant")));
    }
  }

  private final class FakeStages extends Stages {
    @Override
    public Stage updateStage(Caller caller, UpdateStageRequest in) {
      in.patchOperations().forEach(patch -> asked.add(patch.path() + " " + patch.value()));
      return ON;
    }

    @Override
    public void flushStageCache(Caller caller, FlushStageCacheRequest in) {
      asked.add("flush " + in.restApiId() + " " + in.stageName());
    }
  }
}

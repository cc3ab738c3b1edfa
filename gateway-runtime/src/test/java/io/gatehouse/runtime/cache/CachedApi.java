package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.runtime.SampleApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Stages with a response cache that tell of hits. */
final class CachedApi {

  private CachedApi() {}

  /** HTTP_PROXY with caching of all its GET methods for five minutes. */
  static SampleApi api(String apiId) {
    return SampleApi.api(apiId, "dev").stage(stage -> on(stage, setting -> {}, Map.of()));
  }

  static void on(
      Stage.Builder stage, Consumer<MethodSetting.Builder> change, Map<String, String> tags) {
    MethodSetting.Builder all = MethodSetting.builder().cachingEnabled(true).cacheTtlInSeconds(300);
    change.accept(all);
    Map<String, String> own = new HashMap<>(tags);
    own.put(CacheTags.HEADER, CacheTags.ON);
    stage
        .cacheClusterEnabled(true)
        .cacheClusterSize("0.5")
        .methodSettings(Map.of("*/*", all.build()))
        .tags(own);
  }

  /** A proxy method whose key has these parameters. */
  static Method keyed(String path, String uri, String... parameters) {
    Method method = SampleApi.proxyMethod(path, uri).build();
    return method.toBuilder()
        .methodIntegration(
            method.methodIntegration().toBuilder().cacheKeyParameters(parameters).build())
        .build();
  }

  /** The value of a header of a raw answer, or {@code none}. */
  static String header(String answer, String name) {
    for (String line : answer.split("\r\n")) {
      if (line.toLowerCase().startsWith(name.toLowerCase() + ": ")) {
        return line.substring(name.length() + 2);
      }
    }
    return "none";
  }

  static String result(String answer) {
    return header(answer, "x-gatehouse-cache");
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  static List<String> results(Iterable<String> answers) {
    List<String> results = new ArrayList<>();
    answers.forEach(answer -> results.add(result(answer)));
    return results;
  }
}

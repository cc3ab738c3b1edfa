package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.wire.ApiError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UnauthorizedCacheControlHeaderStrategy;

/** The settings that a stage has for one method or for all: as patches write and remove them. */
final class MethodSettings {

  /** As the vendor fills in a first write under a key [R, stage.json]. */
  static final MethodSetting DEFAULTS =
      MethodSetting.builder()
          .metricsEnabled(false)
          .dataTraceEnabled(false)
          .throttlingBurstLimit(5000)
          .throttlingRateLimit(10000.0)
          .cachingEnabled(false)
          .cacheTtlInSeconds(300)
          .cacheDataEncrypted(false)
          .requireAuthorizationForCacheControl(true)
          .unauthorizedCacheControlHeaderStrategy(
              UnauthorizedCacheControlHeaderStrategy.SUCCEED_WITH_RESPONSE_HEADER)
          .build();

  private static final List<String> LOG_LEVELS = List.of("OFF", "ERROR", "INFO");
  private static final List<String> STRATEGIES =
      List.of("FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER");
  private static final int LONGEST_TTL_SECONDS = 3600;

  /** The account's own limit applies. */
  private static final int INHERITED = -1;

  private static final int MOST_KEYS = 1000;
  private static final int LONGEST_KEY = 1024;

  private static final Map<String, Write> SETTINGS = settings();

  /** Puts the value of a patch into one setting. */
  private interface Write {
    void to(MethodSetting.Builder settings, Change change);
  }

  private MethodSettings() {}

  private static Map<String, Write> settings() {
    Map<String, Write> all = new LinkedHashMap<>();
    all.put("metrics/enabled", (s, c) -> s.metricsEnabled(c.isTrue()));
    all.put("logging/dataTrace", (s, c) -> s.dataTraceEnabled(c.isTrue()));
    all.put("logging/loglevel", (s, c) -> s.loggingLevel(oneOf(LOG_LEVELS, c)));
    all.put(
        "throttling/burstLimit",
        (s, c) -> s.throttlingBurstLimit((int) atLeast(INHERITED, c.wholeNumber(), c)));
    all.put(
        "throttling/rateLimit", (s, c) -> s.throttlingRateLimit(atLeast(INHERITED, c.number(), c)));
    all.put("caching/ttlInSeconds", (s, c) -> s.cacheTtlInSeconds(ttl(c)));
    all.put("caching/enabled", (s, c) -> s.cachingEnabled(c.isTrue()));
    all.put("caching/dataEncrypted", (s, c) -> s.cacheDataEncrypted(c.isTrue()));
    all.put(
        "caching/requireAuthorizationForCacheControl",
        (s, c) -> s.requireAuthorizationForCacheControl(c.isTrue()));
    all.put(
        "caching/unauthorizedCacheControlHeaderStrategy",
        (s, c) -> s.unauthorizedCacheControlHeaderStrategy(oneOf(STRATEGIES, c)));
    return all;
  }

  /**
   * Must be allowed last: its templates have variables only. A resource may be spelt with {@code
   * ~1} or with plain slashes, as tools do.
   */
  static PatchRules<Stage> allow(PatchRules<Stage> rules) {
    PatchRules<Stage> all = rules;
    for (Map.Entry<String, Write> setting : SETTINGS.entrySet()) {
      all =
          all.allow(REPLACE, "/{resource+}/{method}/" + setting.getKey())
              .by((stage, change) -> set(stage, change, setting.getValue()));
    }
    return all.allow(REMOVE, "/{resource+}/{method}").by(MethodSettings::remove);
  }

  private static Stage set(Stage stage, Change change, Write write) {
    String key = key(change);
    Map<String, MethodSetting> settings = new LinkedHashMap<>(stage.methodSettings());
    MethodSetting.Builder mine = settings.getOrDefault(key, DEFAULTS).toBuilder();
    write.to(mine, change);
    settings.put(key, mine.build());
    if (settings.size() > MOST_KEYS || key.length() > LONGEST_KEY) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "A stage can have settings for at most %d methods, of paths of at most %d characters"
              .formatted(MOST_KEYS, LONGEST_KEY));
    }
    return stage.toBuilder().methodSettings(settings).build();
  }

  private static Stage remove(Stage stage, Change change) {
    Map<String, MethodSetting> settings = new HashMap<>(stage.methodSettings());
    if (settings.remove(key(change)) == null) {
      throw nothingToRemove(change.path());
    }
    return stage.toBuilder().methodSettings(settings).build();
  }

  /** As {@code pets/{id}/GET}: without the leading slash that a path may have. */
  private static String key(Change change) {
    String resource = change.variable("resource");
    return (resource.startsWith("/") ? resource.substring(1) : resource)
        + "/"
        + change.variable("method");
  }

  /** The blank at the end is the vendor's. */
  static ApiError nothingToRemove(String path) {
    return ApiError.badRequest(
        "Cannot remove method setting %s because there is no method setting for this method "
            .formatted(path.substring(1)));
  }

  private static double atLeast(int least, double number, Change change) {
    if (number < least) {
      throw invalid(change, "a number of at least " + least);
    }
    return number;
  }

  private static int ttl(Change change) {
    int seconds = change.wholeNumber();
    if (seconds < 0 || seconds > LONGEST_TTL_SECONDS) {
      throw invalid(change, "between 0 and " + LONGEST_TTL_SECONDS);
    }
    return seconds;
  }

  private static String oneOf(List<String> known, Change change) {
    if (!known.contains(change.value())) {
      throw invalid(change, "one of: " + known);
    }
    return change.value();
  }

  private static ApiError invalid(Change change, String wanted) {
    String value = change.value();
    return ApiError.badRequest(
        "Invalid value '%s' for method setting path %s. Must be %s"
            .formatted(
                value.length() > 80 ? value.substring(0, 80) + "..." : value,
                change.path(),
                wanted));
  }
}

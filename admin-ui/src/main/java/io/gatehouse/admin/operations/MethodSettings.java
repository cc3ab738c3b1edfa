package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.wire.ApiError;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UnauthorizedCacheControlHeaderStrategy;

/**
 * The settings that a stage has for one method or for all. Nodes know only the vendor's defaults
 * yet, so any other value is refused by name; the defaults may be written, as tools do.
 */
final class MethodSettings {

  /** As the vendor fills in a first write under a key [R, stage.json]. */
  private static final MethodSetting DEFAULTS =
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

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("metrics/enabled", MethodSettings::isFalse, (s, v) -> {}),
          new Setting("logging/dataTrace", MethodSettings::isFalse, (s, v) -> {}),
          new Setting("logging/loglevel", "OFF"::equals, MethodSetting.Builder::loggingLevel),
          new Setting(
              "throttling/burstLimit",
              v -> isNumber(v, 5000) || isNumber(v, -1),
              (s, v) -> s.throttlingBurstLimit(new BigDecimal(v).intValue())),
          new Setting(
              "throttling/rateLimit",
              v -> isNumber(v, 10000) || isNumber(v, -1),
              (s, v) -> s.throttlingRateLimit(new BigDecimal(v).doubleValue())),
          new Setting("caching/ttlInSeconds", v -> isNumber(v, 300), (s, v) -> {}),
          new Setting("caching/enabled", MethodSettings::isFalse, (s, v) -> {}),
          new Setting("caching/dataEncrypted", MethodSettings::isFalse, (s, v) -> {}),
          new Setting(
              "caching/requireAuthorizationForCacheControl", v -> !isFalse(v), (s, v) -> {}),
          new Setting(
              "caching/unauthorizedCacheControlHeaderStrategy",
              "SUCCEED_WITH_RESPONSE_HEADER"::equals,
              (s, v) -> {}));

  /** One setting: which values do what nodes do anyway, and how such a value is kept. */
  private record Setting(String name, Predicate<String> isServed, Keep keep) {}

  private interface Keep {
    void in(MethodSetting.Builder settings, String value);
  }

  private MethodSettings() {}

  /** Must be allowed last: its templates have variables only. */
  static PatchRules<Stage> allow(PatchRules<Stage> rules) {
    PatchRules<Stage> all = rules;
    for (Setting setting : SETTINGS) {
      all =
          all.allow(REPLACE, "/{resource}/{method}/" + setting.name())
              .by((stage, change) -> set(stage, change, setting));
    }
    return all.allow(REMOVE, "/{resource}/{method}").by(MethodSettings::remove);
  }

  private static Stage set(Stage stage, Change change, Setting setting) {
    if (!setting.isServed().test(change.value())) {
      throw ApiError.notImplemented(
          "The method setting %s other than its default".formatted(setting.name()));
    }
    Map<String, MethodSetting> settings = new LinkedHashMap<>(stage.methodSettings());
    MethodSetting.Builder mine = settings.getOrDefault(key(change), DEFAULTS).toBuilder();
    setting.keep().in(mine, change.value());
    settings.put(key(change), mine.build());
    return stage.toBuilder().methodSettings(settings).build();
  }

  private static Stage remove(Stage stage, Change change) {
    Map<String, MethodSetting> settings = new HashMap<>(stage.methodSettings());
    if (settings.remove(key(change)) == null) {
      throw nothingToRemove(change);
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

  static ApiError nothingToRemove(Change change) {
    return nothingToRemove(change.path());
  }

  /** The blank at the end is the vendor's. */
  static ApiError nothingToRemove(String path) {
    return ApiError.badRequest(
        "Cannot remove method setting %s because there is no method setting for this method "
            .formatted(path.substring(1)));
  }

  private static boolean isFalse(String value) {
    return !value.equalsIgnoreCase("true");
  }

  private static boolean isNumber(String value, int wanted) {
    try {
      return value.length() < 40
          && new BigDecimal(value.strip()).compareTo(BigDecimal.valueOf(wanted)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

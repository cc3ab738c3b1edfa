package io.gatehouse.admin.operations;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** One value of the settings that a stage has for a method, with the end of its patch path. */
public enum MethodSettingField {
  LOG_LEVEL("logging/loglevel", MethodSetting::loggingLevel),
  DATA_TRACE("logging/dataTrace", MethodSetting::dataTraceEnabled),
  METRICS("metrics/enabled", MethodSetting::metricsEnabled),
  RATE("throttling/rateLimit", MethodSetting::throttlingRateLimit),
  BURST("throttling/burstLimit", MethodSetting::throttlingBurstLimit),
  CACHING("caching/enabled", MethodSetting::cachingEnabled),
  CACHE_TTL("caching/ttlInSeconds", MethodSetting::cacheTtlInSeconds),
  CACHE_ENCRYPTED("caching/dataEncrypted", MethodSetting::cacheDataEncrypted),
  CACHE_CONTROL_AUTHORIZED(
      "caching/requireAuthorizationForCacheControl",
      MethodSetting::requireAuthorizationForCacheControl),
  CACHE_CONTROL_STRATEGY(
      "caching/unauthorizedCacheControlHeaderStrategy",
      MethodSetting::unauthorizedCacheControlHeaderStrategyAsString);

  private final String path;
  private final Function<MethodSetting, Object> getter;

  MethodSettingField(String path, Function<MethodSetting, Object> getter) {
    this.path = path;
    this.getter = getter;
  }

  /** As {@code logging/loglevel}, what follows the method in a patch's path. */
  public String path() {
    return path;
  }

  /** The value as a patch would have it, numbers without needless zeros; empty when not set. */
  public Optional<String> of(MethodSetting settings) {
    return Optional.ofNullable(getter.apply(settings))
        .map(
            value ->
                value instanceof Double number
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : value.toString());
  }

  boolean isOfCache() {
    return path.startsWith("caching/");
  }

  boolean isOfThrottle() {
    return path.startsWith("throttling/");
  }
}

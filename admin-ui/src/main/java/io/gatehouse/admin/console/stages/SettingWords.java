package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.EffectiveSettings.Origin;
import io.gatehouse.admin.operations.EffectiveSettings.Value;
import io.gatehouse.admin.operations.MethodSettingField;

/** Settings of methods as people read them. */
final class SettingWords {

  private SettingWords() {}

  static String label(MethodSettingField field) {
    return switch (field) {
      case LOG_LEVEL -> "Log level";
      case DATA_TRACE -> "Data trace";
      case METRICS -> "Detailed metrics";
      case RATE -> "Requests a second";
      case BURST -> "Burst";
      case CACHING -> "Cache";
      case CACHE_TTL -> "Kept for";
      case CACHE_ENCRYPTED -> "Encrypted";
      case CACHE_CONTROL_AUTHORIZED -> "Invalidation";
      case CACHE_CONTROL_STRATEGY -> "Without permission to invalidate";
    };
  }

  /** The same where there is little room. */
  static String column(MethodSettingField field) {
    return switch (field) {
      case LOG_LEVEL -> "Log";
      case DATA_TRACE -> "Trace";
      case METRICS -> "Metrics";
      case RATE -> "Rate /s";
      case CACHE_CONTROL_AUTHORIZED -> "Purged by";
      default -> label(field);
    };
  }

  static String value(MethodSettingField field, Value value) {
    return switch (field) {
      case LOG_LEVEL -> level(value.text());
      case DATA_TRACE, METRICS, CACHING, CACHE_ENCRYPTED -> on(value.text()) ? "on" : "off";
      case RATE, BURST -> Rates.number(Double.parseDouble(value.text()));
      case CACHE_TTL -> value.text() + " s";
      case CACHE_CONTROL_AUTHORIZED -> on(value.text()) ? "permission" : "everybody";
      case CACHE_CONTROL_STRATEGY -> strategy(value.text());
    };
  }

  private static boolean on(String text) {
    return text.equals("true");
  }

  static String level(String level) {
    return switch (level) {
      case "OFF" -> "off";
      case "ERROR" -> "errors";
      case "INFO" -> "all";
      default -> level;
    };
  }

  static String strategy(String strategy) {
    return switch (strategy) {
      case "FAIL_WITH_403" -> "refuse with 403";
      case "SUCCEED_WITH_RESPONSE_HEADER" -> "answer from the cache, with a Warning header";
      case "SUCCEED_WITHOUT_RESPONSE_HEADER" -> "answer from the cache";
      default -> strategy;
    };
  }

  static String origin(Origin origin) {
    return switch (origin) {
      case DEFAULT -> "default";
      case ACCOUNT -> "account";
      case ALL_METHODS -> "all methods";
      case METHOD -> "this method";
    };
  }

  /** As {@code GET /pets}. */
  static String name(MethodValues method) {
    return method.key().equals(EffectiveSettings.ALL_METHODS)
        ? "all methods"
        : method.verb() + " " + method.path();
  }
}

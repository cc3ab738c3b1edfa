package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.vtl.Overrides;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a request template has set in {@code $context.requestOverride}: it goes before what is
 * mapped.
 */
record RequestOverrides(Overrides overrides) {

  /** What a variable of the URI is overridden with, or null. */
  static String path(Exchange x, String variable) {
    Overrides overrides = x.overrides();
    List<String> values = overrides == null ? null : overrides.requestPath().get(variable);
    return values == null || values.isEmpty() ? null : values.getLast();
  }

  Set<String> queryNames() {
    return overrides == null ? Set.of() : overrides.requestQuerystring().keySet();
  }

  String addQuery(String query) {
    String whole = query;
    if (overrides != null) {
      for (Map.Entry<String, List<String>> parameter : overrides.requestQuerystring().entrySet()) {
        for (String value : parameter.getValue()) {
          whole = QueryString.plus(whole, parameter.getKey(), value);
        }
      }
    }
    return whole;
  }

  void setHeaders(HeaderList out) {
    setHeaders(out, HeaderRules::isMappable);
  }

  /** Of a request that is going to be signed. */
  void setHeadersOfAws(HeaderList out) {
    setHeaders(out, HeaderRules::isMappableForAws);
  }

  private void setHeaders(HeaderList out, Predicate<String> mappable) {
    if (overrides != null) {
      overrides.requestHeader().forEach((name, values) -> set(out, name, values, mappable));
    }
  }

  private static void set(
      HeaderList out, String name, List<String> values, Predicate<String> mappable) {
    if (!FieldValue.isName(name) || !values.stream().allMatch(FieldValue::isValid)) {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.OVERRIDE_INVALID);
    }
    if (!mappable.test(name)) {
      throw GatewayException.of(
          ResponseType.API_CONFIGURATION_ERROR, Reason.MAPPING_TARGET_FORBIDDEN);
    }
    if (HeaderRules.NOT_SENT_MAPPED.contains(name)) {
      return;
    }
    out.remove(name);
    values.forEach(value -> out.add(name, value));
  }
}

package io.gatehouse.runtime.log;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.mapping.Context;
import io.gatehouse.runtime.mapping.LambdaProxyResponse;
import io.gatehouse.runtime.observe.Secrets;
import io.gatehouse.runtime.vtl.Overrides;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of access logs, by their names behind {@code $context.} (aws-behaviour 15): all
 * that mappings know, and what is known only when an exchange is over.
 */
final class AccessFacts {

  private static final long MILLI = 1_000_000;

  /** An exchange that is over. */
  record Over(Exchange x, long endNanos, long bytesSent) {}

  /** One variable; null where this exchange has none. */
  interface Fact {
    String of(Over over);
  }

  private static final Map<String, Fact> FACTS = facts();

  private AccessFacts() {}

  /** Null for a name that stands for nothing. */
  static Fact fact(String name) {
    Fact own = FACTS.get(name);
    if (own != null) {
      return own;
    }
    Fact override = override(name);
    if (override != null) {
      return override;
    }
    Context.Fact known = Context.fact(name);
    return known == null ? null : over -> known.of(over.x());
  }

  private static Map<String, Fact> facts() {
    Map<String, Fact> facts = new HashMap<>();
    facts.put("status", over -> Integer.toString(over.x().status()));
    facts.put("responseLength", over -> Long.toString(over.bytesSent()));
    facts.put("responseLatency", AccessFacts::latency);
    facts.put("integrationLatency", AccessFacts::integrationLatency);
    facts.put("integration.latency", AccessFacts::integrationLatency);
    facts.put("integrationStatus", over -> integrationStatus(over.x()));
    facts.put("integration.integrationStatus", over -> integrationStatus(over.x()));
    facts.put("integration.status", over -> statusOfWhatWasIntegrated(over.x()));
    facts.put("integration.requestId", over -> endpointRequestId(over.x()));
    facts.put("awsEndpointRequestId", over -> endpointRequestId(over.x()));
    facts.put("integration.error", over -> integrationError(over.x()));
    facts.put("integrationErrorMessage", over -> integrationError(over.x()));
    facts.put("customDomain.basePathMatched", over -> basePath(over.x()));
    facts.put("authorize.latency", over -> authorizeLatency(over.x()));
    facts.put("authorize.status", over -> authorizeStatus(over.x()));
    facts.put("authorize.error", over -> failedToAuthorize(over.x()) ? error(over.x()) : null);
    facts.put("identity.apiKey", over -> apiKey(over.x()));
    facts.put(
        "responseOverride.status",
        over ->
            over.x().overrides() == null
                ? null
                : over.x().overrides().responseStatus().orElse(null));
    return facts;
  }

  private static String latency(Over over) {
    return Long.toString((over.endNanos() - over.x().timeline().start()) / MILLI);
  }

  private static String integrationLatency(Over over) {
    long nanos = over.x().backendNanos();
    return nanos < 0 ? null : Long.toString(nanos / MILLI);
  }

  /** Of a function that is a proxy, Lambda's own. */
  private static String integrationStatus(Exchange x) {
    return x.hasBackendResponse() ? Integer.toString(x.backendResponse().status()) : null;
  }

  /** Of a function that is a proxy, the function's. */
  private static String statusOfWhatWasIntegrated(Exchange x) {
    boolean proxied = x.hasMethod() && x.method().responseMapping() instanceof LambdaProxyResponse;
    return proxied && x.refusal() == null && x.hasBackendResponse()
        ? Integer.toString(x.status())
        : integrationStatus(x);
  }

  private static String endpointRequestId(Exchange x) {
    if (!x.hasBackendResponse()) {
      return null;
    }
    String id = x.backendResponse().headers().first("x-amzn-RequestId");
    return id == null ? x.backendResponse().headers().first("x-amz-request-id") : id;
  }

  private static String integrationError(Exchange x) {
    GatewayException refusal = x.refusal();
    boolean failed =
        refusal != null
            && (refusal.type() == ResponseType.INTEGRATION_FAILURE
                || refusal.type() == ResponseType.INTEGRATION_TIMEOUT
                || refusal.reason().name().startsWith("LAMBDA_"));
    return failed ? error(x) : null;
  }

  private static String error(Exchange x) {
    Reason reason = x.refusal().reason();
    String detail = x.refusal().detail();
    return detail == null ? reason.text() : reason.text() + ": " + detail;
  }

  private static String basePath(Exchange x) {
    return x.basePath() == null ? null : x.basePath().isEmpty() ? "(none)" : x.basePath();
  }

  private static String authorizeLatency(Exchange x) {
    for (Timeline.Entry entry : x.timeline().entries()) {
      if (entry.step().equals("Authorize")) {
        return Long.toString(entry.nanos() / MILLI);
      }
    }
    return null;
  }

  private static String authorizeStatus(Exchange x) {
    if (failedToAuthorize(x)) {
      return Integer.toString(x.refusal().status());
    }
    return authorizeLatency(x) == null ? null : "200";
  }

  private static boolean failedToAuthorize(Exchange x) {
    List<Timeline.Entry> entries = x.timeline().entries();
    return x.refusal() != null
        && !entries.isEmpty()
        && entries.getLast().step().equals("Authorize");
  }

  private static String apiKey(Exchange x) {
    return x.apiKey() == null ? null : Secrets.apiKey(x.apiKey().value());
  }

  /** Null for a name that is no override's. */
  private static Fact override(String name) {
    for (Place place : Place.values()) {
      if (name.startsWith(place.prefix)) {
        String key = name.substring(place.prefix.length());
        return over -> value(over.x(), place, key);
      }
    }
    return null;
  }

  /** Where templates put what they override. */
  private enum Place {
    REQUEST_HEADER("requestOverride.header."),
    REQUEST_QUERYSTRING("requestOverride.querystring."),
    REQUEST_PATH("requestOverride.path."),
    RESPONSE_HEADER("responseOverride.header.");

    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }

    Map<String, List<String>> of(Overrides overrides) {
      return switch (this) {
        case REQUEST_HEADER -> overrides.requestHeader();
        case REQUEST_QUERYSTRING -> overrides.requestQuerystring();
        case REQUEST_PATH -> overrides.requestPath();
        case RESPONSE_HEADER -> overrides.responseHeader();
      };
    }
  }

  private static String value(Exchange x, Place place, String key) {
    List<String> values = x.overrides() == null ? null : place.of(x.overrides()).get(key);
    if (values == null || values.isEmpty()) {
      return null;
    }
    return x.logging().redaction().hidesMember(key) ? Secrets.HIDDEN : String.join(",", values);
  }
}

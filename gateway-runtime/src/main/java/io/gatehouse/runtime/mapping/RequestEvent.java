package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The caller's request without its body, as functions are told of it: by proxy integrations
 * (recorded: lambda-integration.json) and by authorizers.
 */
final class RequestEvent {

  private static final Context.Fact REQUEST_TIME = Context.fact("requestTime");
  private static final Context.Fact PATH = Context.fact("path");
  private static final Context.Fact DOMAIN_PREFIX = Context.fact("domainPrefix");
  private static final Context.Fact DOMAIN_NAME = Context.fact("domainName");

  private final String none;
  private final byte[] stageVariables;

  /**
   * @param none JSON of parameters and variables where there are none
   */
  RequestEvent(String none, Map<String, String> stageVariables) {
    this.none = none;
    this.stageVariables = singles(new JsonBytes(64), new TreeMap<>(stageVariables)).whole();
  }

  /** The members from {@code resource} to {@code requestContext}, without braces. */
  void write(JsonBytes out, Exchange x) {
    out.raw("\"resource\":").string(x.method().resourcePath());
    out.member("path", path(x));
    out.member("httpMethod", x.request().method());
    lists(out, "headers", "multiValueHeaders", headers(x));
    lists(out, "queryStringParameters", "multiValueQueryStringParameters", query(x));
    singles(out.raw(",\"pathParameters\":"), pathParameters(x));
    out.raw(",\"stageVariables\":").raw(stageVariables);
    requestContext(out.raw(",\"requestContext\":{"), x);
    out.raw("}");
  }

  private static String path(Exchange x) {
    String path = x.basePath() == null ? x.path() : x.basePath() + x.path();
    return path.isEmpty() ? "/" : path;
  }

  /** Each name with its values; of names that differ in case the first is kept. */
  private static Map<String, List<String>> headers(Exchange x) {
    Request request = x.request();
    Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!HeaderRules.NOT_SHOWN.contains(name)) {
                add(found, spelt(name), value);
              }
            });
    List<String> before = found.getOrDefault("X-Forwarded-For", List.of());
    String address = request.peerAddress(); // which a trusted proxy has not added itself
    set(found, "Host", request.host());
    set(
        found,
        "X-Forwarded-For",
        before.isEmpty() ? address : String.join(", ", before) + ", " + address);
    set(found, "X-Forwarded-Port", port(request));
    set(found, "X-Forwarded-Proto", request.scheme());
    set(found, "X-Amzn-Trace-Id", x.traceId());
    return found;
  }

  /** These come capitalised, however the caller wrote them (recorded). */
  private static String spelt(String name) {
    return name.equalsIgnoreCase("User-Agent")
        ? "User-Agent"
        : name.equalsIgnoreCase("Authorization") ? "Authorization" : name;
  }

  private static void set(Map<String, List<String>> headers, String name, String value) {
    headers.remove(name); // with the caller's spelling
    headers.put(name, List.of(value));
  }

  private static String port(Request request) {
    String host = request.host();
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]")
        ? (request.scheme().equals("https") ? "443" : "80")
        : host.substring(colon + 1);
  }

  private static Map<String, List<String>> query(Exchange x) {
    if (x.request().query().isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    QueryString.forEach(x.request().query(), (name, value) -> add(found, name, value));
    return found;
  }

  private static void add(Map<String, List<String>> found, String name, String value) {
    List<String> one = found.get(name);
    if (one == null) {
      found.put(name, Collections.singletonList(value));
    } else if (one.size() == 1) {
      List<String> several = new ArrayList<>(one);
      several.add(value);
      found.put(name, several);
    } else {
      one.add(value);
    }
  }

  private static Map<String, String> pathParameters(Exchange x) {
    List<String> names = x.method().pathVariables();
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : names) {
      String raw = x.pathParameter(name);
      if (raw != null) {
        found.put(name, QueryString.decodedPath(raw));
      }
    }
    return found;
  }

  /** Two members: the last value of each name, and all of them. */
  private void lists(JsonBytes out, String single, String multi, Map<String, List<String>> values) {
    out.raw(",\"").raw(single).raw("\":");
    if (values.isEmpty()) {
      out.raw(none).raw(",\"").raw(multi).raw("\":").raw(none);
      return;
    }
    String before = "{";
    for (Map.Entry<String, List<String>> one : values.entrySet()) {
      out.raw(before).string(one.getKey()).raw(":").string(one.getValue().getLast());
      before = ",";
    }
    out.raw("},\"").raw(multi).raw("\":");
    before = "{";
    for (Map.Entry<String, List<String>> one : values.entrySet()) {
      out.raw(before).string(one.getKey()).raw(":").strings(one.getValue());
      before = ",";
    }
    out.raw("}");
  }

  private JsonBytes singles(JsonBytes out, Map<String, String> values) {
    if (values.isEmpty()) {
      return out.raw(none);
    }
    String before = "{";
    for (Map.Entry<String, String> one : values.entrySet()) {
      out.raw(before).string(one.getKey()).raw(":").string(one.getValue());
      before = ",";
    }
    return out.raw("}");
  }

  private static void requestContext(JsonBytes out, Exchange x) {
    CompiledStage stage = x.stage();
    out.raw("\"resourceId\":").string(x.method().resourceId());
    AuthorizerFacts.write(out, x);
    out.member("resourcePath", x.method().resourcePath());
    out.member("httpMethod", x.request().method());
    out.member("extendedRequestId", x.extendedId());
    out.member("requestTime", REQUEST_TIME.of(x));
    out.member("path", PATH.of(x));
    out.member("accountId", stage.account());
    out.member("protocol", x.request().protocol());
    out.member("stage", stage.stageName());
    out.member("domainPrefix", DOMAIN_PREFIX.of(x));
    out.raw(",\"requestTimeEpoch\":").raw(Long.toString(x.startMillis()));
    out.member("requestId", x.id());
    identity(out.raw(",\"identity\":{"), x);
    out.raw("}").member("domainName", DOMAIN_NAME.of(x));
    out.member("deploymentId", stage.deploymentId());
    out.member("apiId", stage.apiId());
  }

  /** What is not known is there and null. */
  private static void identity(JsonBytes out, Exchange x) {
    Identity.Signer signer = x.identity() instanceof Identity.Signer found ? found : null;
    out.raw("\"cognitoIdentityPoolId\":null");
    out.member("accountId", signer == null ? null : signer.account());
    out.raw(",\"cognitoIdentityId\":null");
    out.member("caller", signer == null ? null : signer.userId());
    out.member("sourceIp", x.request().remoteAddress());
    out.raw(",\"principalOrgId\":null");
    out.member("accessKey", signer == null ? null : signer.accessKeyId());
    out.raw(",\"cognitoAuthenticationType\":null,\"cognitoAuthenticationProvider\":null");
    out.member("userArn", signer == null ? null : signer.arn());
    out.member("userAgent", x.request().headers().first("User-Agent"));
    out.member("user", signer == null ? null : signer.userId());
    VpcEndpoint endpoint = x.request().endpoint();
    if (endpoint != null) {
      out.member("vpceId", endpoint.id());
      if (endpoint.vpcId() != null) {
        out.member("vpcId", endpoint.vpcId());
      }
    }
    if (x.apiKey() != null) {
      out.member("apiKey", x.apiKey().value());
      out.member("apiKeyId", x.apiKey().id());
    }
  }
}

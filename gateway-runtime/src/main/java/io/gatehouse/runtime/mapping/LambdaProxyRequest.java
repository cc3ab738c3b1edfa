package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event of a Lambda proxy integration, format 1.0 (recorded: lambda-integration.json): the
 * caller's whole request as JSON. Mappings and templates do not show in it.
 */
public final class LambdaProxyRequest implements RequestMapping {

  private static final Context.Fact REQUEST_TIME = Context.fact("requestTime");
  private static final Context.Fact PATH = Context.fact("path");
  private static final Context.Fact DOMAIN_PREFIX = Context.fact("domainPrefix");
  private static final Context.Fact DOMAIN_NAME = Context.fact("domainName");

  private static final int MEMBERS_BYTES = 3072;
  private static final int MEMBERS_STEPS = 100;

  private final LambdaInvocation invocation;
  private final BinaryTypes binaryTypes;
  private final byte[] stageVariables;

  public LambdaProxyRequest(
      LambdaInvocation invocation, BinaryTypes binaryTypes, Map<String, String> stageVariables) {
    this.invocation = invocation;
    this.binaryTypes = binaryTypes;
    this.stageVariables = singles(new JsonBytes(64), new TreeMap<>(stageVariables)).whole();
  }

  @Override
  public boolean wantsBody(Exchange x) {
    return true;
  }

  @Override
  public BackendRequest map(Exchange x) {
    return invocation.request(x, "", invocation.headers(x), new Body.Bytes(event(x)));
  }

  private byte[] event(Exchange x) {
    byte[] body = x.request().body() instanceof Body.Bytes(byte[] given) ? given : new byte[0];
    x.budget().spend(MEMBERS_STEPS + body.length / 8);
    JsonBytes out = new JsonBytes(MEMBERS_BYTES + body.length + body.length / 2);
    out.raw("{\"resource\":").string(x.method().resourcePath());
    out.member("path", path(x));
    out.member("httpMethod", x.request().method());
    lists(out, "headers", "multiValueHeaders", headers(x));
    lists(out, "queryStringParameters", "multiValueQueryStringParameters", query(x));
    singles(out.raw(",\"pathParameters\":"), pathParameters(x));
    out.raw(",\"stageVariables\":").raw(stageVariables);
    requestContext(out.raw(",\"requestContext\":{"), x);
    body(out.raw("},\"body\":"), x, body);
    return out.raw("}").whole();
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

  /** Two members: the last value of each name, and all of them. Without any both are null. */
  private static void lists(
      JsonBytes out, String single, String multi, Map<String, List<String>> values) {
    out.raw(",\"").raw(single).raw("\":");
    if (values.isEmpty()) {
      out.raw("null,\"").raw(multi).raw("\":null");
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

  private static JsonBytes singles(JsonBytes out, Map<String, String> values) {
    if (values.isEmpty()) {
      return out.raw("null");
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
    if (x.apiKeyId() != null) {
      out.member("apiKey", x.request().headers().first("x-api-key"));
      out.member("apiKeyId", x.apiKeyId());
    }
  }

  private void body(JsonBytes out, Exchange x, byte[] body) {
    if (body.length == 0) {
      out.raw("null,\"isBase64Encoded\":false");
    } else if (binaryTypes.contains(x.request().headers().first("Content-Type"))) {
      String coded = new String(Base64.getEncoder().encode(body), StandardCharsets.ISO_8859_1);
      out.raw("\"").raw(coded).raw("\",\"isBase64Encoded\":true");
    } else {
      out.text(body).raw(",\"isBase64Encoded\":false");
    }
  }
}

package io.gatehouse.runtime.mapping;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The facts that mappings and templates know as {@code context.NAME}, by their dotted names
 * (aws-behaviour 15). What this gateway has no fact for is not there.
 */
public final class Context {

  /** One fact; null where this exchange has none. */
  public interface Fact {
    String of(Exchange x);
  }

  /** As templates list them, in the recorded order (sqs-integration.json). */
  static final List<String> NAMES =
      List.of(
          "resourceId",
          "resourcePath",
          "httpMethod",
          "extendedRequestId",
          "requestTime",
          "path",
          "accountId",
          "protocol",
          "requestOverride",
          "stage",
          "domainPrefix",
          "requestTimeEpoch",
          "requestId",
          "identity",
          "domainName",
          "deploymentId",
          "responseOverride",
          "apiId");

  /** As templates list the identity's, in the recorded order. */
  static final List<String> IDENTITY_NAMES =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "sourceIp",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "userAgent",
          "user");

  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Map<String, Fact> FACTS = facts();

  private Context() {}

  /**
   * @param name as {@code identity.sourceIp}
   * @return null for a name that stands for nothing
   */
  public static Fact fact(String name) {
    return name.startsWith(AuthorizerFacts.PREFIX)
        ? AuthorizerFacts.fact(name.substring(AuthorizerFacts.PREFIX.length()))
        : FACTS.get(name);
  }

  /** What the name stands for in this exchange; null for nothing. */
  public static String value(Exchange x, String name) {
    Fact fact = fact(name);
    return fact == null ? null : fact.of(x);
  }

  private static Map<String, Fact> facts() {
    Map<String, Fact> facts = new HashMap<>();
    facts.put("requestId", Exchange::id);
    facts.put("extendedRequestId", Exchange::extendedId);
    facts.put("xrayTraceId", x -> x.traceId());
    facts.put("accountId", x -> x.stage().account());
    facts.put("apiId", x -> x.stage().apiId());
    facts.put("stage", x -> x.stage().stageName());
    facts.put("deploymentId", x -> x.stage().deploymentId());
    facts.put("isCanaryRequest", x -> x.stage().isCanaryRequest());
    facts.put("httpMethod", x -> x.request().method());
    facts.put("path", Context::path);
    facts.put("protocol", x -> x.request().protocol());
    facts.put("resourceId", x -> x.hasMethod() ? x.method().resourceId() : null);
    facts.put("resourcePath", x -> x.hasMethod() ? x.method().resourcePath() : null);
    facts.put("requestTime", x -> REQUEST_TIME.format(Instant.ofEpochMilli(x.startMillis())));
    facts.put("requestTimeEpoch", x -> Long.toString(x.startMillis()));
    facts.put("domainName", x -> hostName(x.request()));
    facts.put("domainPrefix", x -> firstLabel(hostName(x.request())));
    facts.put("identity.sourceIp", x -> x.request().remoteAddress());
    facts.put("identity.vpceId", ofEndpoint(VpcEndpoint::id));
    facts.put("identity.vpcId", ofEndpoint(VpcEndpoint::vpcId));
    facts.put("identity.userAgent", x -> x.request().headers().first("User-Agent"));
    facts.put("identity.accountId", ofSigner(Identity.Signer::account));
    facts.put("identity.accessKey", ofSigner(Identity.Signer::accessKeyId));
    facts.put("identity.caller", ofSigner(Identity.Signer::userId));
    facts.put("identity.user", ofSigner(Identity.Signer::userId));
    facts.put("identity.userArn", ofSigner(Identity.Signer::arn));
    facts.put("identity.apiKeyId", x -> x.apiKey() == null ? null : x.apiKey().id());
    facts.put("identity.apiKey", x -> x.apiKey() == null ? null : x.apiKey().value());
    facts.put("error.message", ofRefusal(GatewayException::answer));
    facts.put("error.messageString", ofRefusal(refusal -> quoted(refusal.answer())));
    facts.put("error.responseType", ofRefusal(refusal -> refusal.type().name()));
    facts.put("error.validationErrorString", ofRefusal(GatewayException::detail));
    return facts;
  }

  private static Fact ofEndpoint(Function<VpcEndpoint, String> fact) {
    return x -> x.request().endpoint() == null ? null : fact.apply(x.request().endpoint());
  }

  private static Fact ofSigner(Function<Identity.Signer, String> fact) {
    return x -> x.identity() instanceof Identity.Signer signer ? fact.apply(signer) : null;
  }

  private static Fact ofRefusal(Function<GatewayException, String> fact) {
    return x -> x.refusal() == null ? null : fact.apply(x.refusal());
  }

  /** As a JSON string with its quotes; null is JSON null. */
  static String quoted(String text) {
    return text == null ? "null" : JSON.createValue(text).toString();
  }

  /** As the caller sent it, a custom domain's base path and all; a node's own prefix is none. */
  private static String path(Exchange x) {
    return x.basePath() == null ? "/" + x.stage().stageName() + x.path() : x.request().path();
  }

  private static String hostName(Request request) {
    String host = request.host();
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  private static String firstLabel(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }
}

package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The right-hand side of a parameter mapping, as {@code method.request.header.X} or {@code
 * 'static'}.
 */
public interface ParameterSource {

  /** The value for this exchange, or null when there is none, which skips the mapping. */
  String value(Exchange x);

  /**
   * The source that an expression of a request mapping names.
   *
   * @return empty when the expression is one that we do not serve yet or that is none at all
   */
  static Optional<ParameterSource> ofRequest(
      String expression, Map<String, String> stageVariables) {
    String name = expression.substring(expression.lastIndexOf('.') + 1);
    if (expression.startsWith("method.request.header.")) {
      String header = expression.substring("method.request.header.".length());
      return Optional.of(x -> last(x.request().headers(), header));
    }
    if (expression.startsWith("method.request.multivalueheader.")) {
      String header = expression.substring("method.request.multivalueheader.".length());
      return Optional.of(x -> joined(x.request().headers().all(header)));
    }
    if (expression.startsWith("method.request.querystring.")) {
      String parameter = expression.substring("method.request.querystring.".length());
      return Optional.of(x -> QueryString.last(x.request().query(), parameter));
    }
    if (expression.startsWith("method.request.path.")) {
      return Optional.of(x -> QueryString.decodedPath(x.pathParameter(name)));
    }
    return ofContext(expression, stageVariables);
  }

  /** The source that an expression of a response mapping names; empty as for {@link #ofRequest}. */
  static Optional<ParameterSource> ofResponse(
      String expression, Map<String, String> stageVariables) {
    if (expression.startsWith("integration.response.header.")) {
      String header = expression.substring("integration.response.header.".length());
      return Optional.of(x -> last(x.backendResponse().headers(), header));
    }
    if (expression.startsWith("integration.response.multivalueheader.")) {
      String header = expression.substring("integration.response.multivalueheader.".length());
      return Optional.of(x -> joined(x.backendResponse().headers().all(header)));
    }
    return ofContext(expression, stageVariables);
  }

  private static Optional<ParameterSource> ofContext(
      String expression, Map<String, String> variables) {
    if (expression.length() >= 2 && expression.startsWith("'") && expression.endsWith("'")) {
      String text = expression.substring(1, expression.length() - 1);
      return Optional.of(x -> text);
    }
    if (expression.startsWith("stageVariables.")) {
      String value = variables.get(expression.substring("stageVariables.".length()));
      return Optional.of(x -> value);
    }
    return switch (expression) {
      case "context.requestId" -> Optional.of(Exchange::id);
      case "context.extendedRequestId" -> Optional.of(Exchange::extendedId);
      case "context.accountId" -> ofStage(CompiledStage::account);
      case "context.apiId" -> ofStage(CompiledStage::apiId);
      case "context.stage" -> ofStage(CompiledStage::stageName);
      case "context.deploymentId" -> ofStage(CompiledStage::deploymentId);
      case "context.httpMethod" -> Optional.of(x -> x.request().method());
      case "context.path" -> Optional.of(x -> "/" + x.stage().stageName() + x.path());
      case "context.protocol" -> Optional.of(x -> x.request().protocol());
      case "context.resourceId" -> Optional.of(x -> x.method().resourceId());
      case "context.resourcePath" -> Optional.of(x -> x.method().resourcePath());
      case "context.requestTimeEpoch" -> Optional.of(x -> Long.toString(x.startMillis()));
      case "context.domainName" -> Optional.of(x -> x.request().host());
      case "context.identity.sourceIp" -> Optional.of(x -> x.request().remoteAddress());
      case "context.identity.userAgent" ->
          Optional.of(x -> x.request().headers().first("User-Agent"));
      case "context.identity.apiKeyId" -> Optional.of(Exchange::apiKeyId);
      default -> Optional.empty();
    };
  }

  private static Optional<ParameterSource> ofStage(
      java.util.function.Function<CompiledStage, String> fact) {
    return Optional.of(x -> fact.apply(x.stage()));
  }

  private static String last(Headers headers, String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? null : values.getLast();
  }

  private static String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(",", values);
  }
}

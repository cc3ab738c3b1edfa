package io.gatehouse.runtime.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.HttpRequestMapping;
import io.gatehouse.runtime.mapping.IntegrationResponses;
import io.gatehouse.runtime.mapping.MockRequestMapping;
import io.gatehouse.runtime.mapping.ParameterMapping;
import io.gatehouse.runtime.mapping.ParameterSource;
import io.gatehouse.runtime.mapping.ProxyResponseMapping;
import io.gatehouse.runtime.mapping.RequestTemplates;
import io.gatehouse.runtime.mapping.UriTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** Compiles the integration of one method, adding to the method's problems what it cannot serve. */
final class IntegrationCompiler {

  private static final int DEFAULT_TIMEOUT_MILLIS = 29_000;
  private static final int LONGEST_PATTERN = 1024;

  record Compiled(
      RequestMapping requestMapping, Backend backend, ResponseMapping responseMapping) {}

  private final Map<String, String> stageVariables;
  private final Backends backends;
  private final Optional<ClientIdentity> identity;
  private final List<String> problems;
  private final List<String> faults = new ArrayList<>();

  IntegrationCompiler(
      Map<String, String> stageVariables,
      Backends backends,
      Optional<ClientIdentity> identity,
      List<String> problems) {
    this.stageVariables = stageVariables;
    this.backends = backends;
    this.identity = identity;
    this.problems = problems;
  }

  /**
   * What is wrong with the definition itself: the vendor, too, fails each request because of it.
   */
  List<String> faults() {
    return faults;
  }

  Optional<Compiled> compile(Integration integration) {
    if (integration.connectionType() == ConnectionType.VPC_LINK) {
      notBuilt("a VPC link");
    }
    if (integration.contentHandling() != null) {
      notBuilt("contentHandling on the integration");
    }
    // cacheKeyParameters change nothing while there is no cache.
    IntegrationType type = integration.type();
    return switch (type) {
      case HTTP, HTTP_PROXY -> http(integration, type == IntegrationType.HTTP_PROXY);
      case MOCK -> Optional.of(mock(integration));
      case AWS, AWS_PROXY, UNKNOWN_TO_SDK_VERSION -> {
        notBuilt("integration type " + integration.typeAsString());
        yield Optional.empty();
      }
    };
  }

  private Optional<Compiled> http(Integration integration, boolean proxy) {
    Map<String, String> pathMappings = new HashMap<>();
    List<ParameterMapping> headers = new ArrayList<>();
    List<ParameterMapping> query = new ArrayList<>();
    boolean failing = false;
    for (var mapping : integration.requestParameters().entrySet()) {
      String target = mapping.getKey();
      String name = target.substring(target.lastIndexOf('.') + 1);
      if (target.startsWith("integration.request.path.")) {
        pathMappings.put(name, mapping.getValue());
      } else if (target.startsWith("integration.request.header.")) {
        String header = target.substring("integration.request.header.".length());
        failing |= HttpRequestMapping.failsOn(header);
        source(target, mapping.getValue())
            .ifPresent(s -> headers.add(new ParameterMapping(header, s)));
      } else if (target.startsWith("integration.request.querystring.")) {
        String parameter = target.substring("integration.request.querystring.".length());
        source(target, mapping.getValue())
            .ifPresent(s -> query.add(new ParameterMapping(parameter, s)));
      } else {
        problems.add(target + " is no parameter of an integration request");
      }
    }
    UriTemplate uri;
    try {
      uri =
          UriTemplate.compile(
              Optional.ofNullable(integration.uri()).orElse(""), stageVariables, pathMappings);
    } catch (UriTemplate.InvalidUri e) {
      (e.notBuilt() ? problems : faults).add(e.getMessage());
      return Optional.of(uncallable());
    }
    RequestMapping request =
        new HttpRequestMapping(
            proxy, integration.httpMethod(), uri, headers, query, templates(integration, proxy));
    return Optional.of(
        new Compiled(
            failing ? HttpRequestMapping.failing(Reason.MAPPING_SOURCE_INVALID) : request,
            backends.http(target(integration, uri)),
            proxy ? new ProxyResponseMapping() : responses(integration, true)));
  }

  private Compiled uncallable() {
    return new Compiled(
        HttpRequestMapping.failing(Reason.ENDPOINT_INVALID),
        backends.mock(),
        new ProxyResponseMapping());
  }

  private HttpTarget target(Integration integration, UriTemplate uri) {
    boolean verify =
        integration.tlsConfig() == null
            || !Boolean.TRUE.equals(integration.tlsConfig().insecureSkipVerification());
    int timeout =
        integration.timeoutInMillis() == null
            ? DEFAULT_TIMEOUT_MILLIS
            : integration.timeoutInMillis();
    return new HttpTarget(uri.tls(), uri.host(), uri.port(), timeout, verify, identity);
  }

  private Compiled mock(Integration integration) {
    return new Compiled(
        new MockRequestMapping(templates(integration, false)),
        backends.mock(),
        responses(integration, false));
  }

  private RequestTemplates templates(Integration integration, boolean proxy) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!proxy) { // a proxy ignores its templates, as on the vendor's
      integration
          .requestTemplates()
          .forEach((type, text) -> texts.put(type, staticText("request", type, text)));
    }
    String passthrough =
        Optional.ofNullable(integration.passthroughBehavior()).orElse("WHEN_NO_MATCH");
    return new RequestTemplates(texts, RequestTemplates.Passthrough.valueOf(passthrough));
  }

  private IntegrationResponses responses(Integration integration, boolean tracing) {
    List<IntegrationResponses.Choice> choices = new ArrayList<>();
    // By status, as the vendor tries them.
    new TreeMap<>(integration.integrationResponses())
        .forEach((status, response) -> choices.add(choice(Integer.parseInt(status), response)));
    return new IntegrationResponses(choices, tracing);
  }

  private IntegrationResponses.Choice choice(int status, IntegrationResponse response) {
    String where = "integration response " + status;
    if (response.contentHandling() != null) {
      notBuilt("contentHandling on " + where);
    }
    List<ParameterMapping> headers = new ArrayList<>();
    response
        .responseParameters()
        .forEach(
            (target, expression) -> {
              String header = target.substring("method.response.header.".length());
              ParameterSource.ofResponse(expression, stageVariables)
                  .ifPresentOrElse(
                      s -> headers.add(new ParameterMapping(header, s)),
                      () -> notBuilt("the mapping of " + target + " from " + expression));
            });
    Map<String, byte[]> templates = new LinkedHashMap<>();
    response
        .responseTemplates()
        .forEach(
            (type, text) -> {
              if (text != null && !text.isEmpty()) {
                templates.put(
                    type, staticText(where, type, text).strip().getBytes(StandardCharsets.UTF_8));
              }
            });
    String pattern = Optional.ofNullable(response.selectionPattern()).orElse("");
    return new IntegrationResponses.Choice(
        status, pattern.isEmpty(), selection(where, pattern), headers, templates);
  }

  /** A linear-time engine, because the pattern is a tenant's. */
  private IntPredicate selection(String where, String pattern) {
    if (pattern.isEmpty()) {
      return status -> false;
    }
    try {
      if (pattern.length() > LONGEST_PATTERN) {
        throw new PatternSyntaxException("longer than " + LONGEST_PATTERN + " characters");
      }
      Pattern compiled = Pattern.compile(pattern);
      return status -> compiled.matches(Integer.toString(status));
    } catch (PatternSyntaxException e) {
      problems.add("the selectionPattern of " + where + " cannot be used: " + e.getMessage());
      return status -> false;
    }
  }

  private Optional<ParameterSource> source(String target, String expression) {
    Optional<ParameterSource> source = ParameterSource.ofRequest(expression, stageVariables);
    if (source.isEmpty()) {
      notBuilt("the mapping of " + target + " from " + expression);
    }
    return source;
  }

  private String staticText(String where, String type, String text) {
    String given = text == null ? "" : text;
    if (given.indexOf('$') >= 0 || given.indexOf('#') >= 0) {
      notBuilt("the " + where + " template for " + type + " with references or directives");
    }
    return given;
  }

  private void notBuilt(String what) {
    problems.add(StageCompiler.notBuilt(what));
  }
}

package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.PrivateLink;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.BinaryTypes;
import io.gatehouse.runtime.mapping.ContentHandling;
import io.gatehouse.runtime.mapping.FailingRequest;
import io.gatehouse.runtime.mapping.FieldValue;
import io.gatehouse.runtime.mapping.HttpRequest;
import io.gatehouse.runtime.mapping.IntegrationResponses;
import io.gatehouse.runtime.mapping.MappedParameters;
import io.gatehouse.runtime.mapping.MappingTemplate;
import io.gatehouse.runtime.mapping.MockRequest;
import io.gatehouse.runtime.mapping.ParameterMapping;
import io.gatehouse.runtime.mapping.ParameterSource;
import io.gatehouse.runtime.mapping.ProxyRequest;
import io.gatehouse.runtime.mapping.ProxyResponse;
import io.gatehouse.runtime.mapping.RequestTemplates;
import io.gatehouse.runtime.mapping.UriTemplate;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.vtl.InvalidTemplate;
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

/** Compiles the integration of one method. */
final class IntegrationCompiler {

  private static final int DEFAULT_TIMEOUT_MILLIS = 29_000;

  record Compiled(
      RequestMapping requestMapping, Backend backend, ResponseMapping responseMapping) {}

  private final String account;
  private final Map<String, String> stageVariables;
  private final BinaryTypes binaryTypes;
  private final Backends backends;
  private final Optional<ClientIdentity> identity;
  private final SelectionPatterns selectionPatterns;
  private final Problems problems;

  IntegrationCompiler(
      String account,
      Map<String, String> stageVariables,
      BinaryTypes binaryTypes,
      Backends backends,
      Optional<ClientIdentity> identity,
      SelectionPatterns selectionPatterns,
      Problems problems) {
    this.account = account;
    this.stageVariables = stageVariables;
    this.binaryTypes = binaryTypes;
    this.backends = backends;
    this.identity = identity;
    this.selectionPatterns = selectionPatterns;
    this.problems = problems;
  }

  Optional<Compiled> compile(Integration integration) {
    // cacheKeyParameters change nothing while there is no cache.
    Optional<Compiled> compiled =
        switch (integration.type()) {
          case HTTP, HTTP_PROXY -> Optional.of(http(integration));
          case MOCK -> Optional.of(mock(integration));
          case AWS, AWS_PROXY -> aws(integration);
          case UNKNOWN_TO_SDK_VERSION -> notBuilt(integration);
        };
    return compiled.map(
        i ->
            problems
                .fault()
                .map(
                    fault ->
                        new Compiled(
                            new FailingRequest(fault.reason(), fault.sentence()),
                            backends.mock(),
                            i.responseMapping()))
                .orElse(i));
  }

  private Optional<Compiled> notBuilt(Integration integration) {
    problems.notBuilt("integration type " + integration.typeAsString());
    return Optional.empty();
  }

  String account() {
    return account;
  }

  Map<String, String> stageVariables() {
    return stageVariables;
  }

  BinaryTypes binaryTypes() {
    return binaryTypes;
  }

  private Compiled http(Integration integration) {
    boolean proxy = integration.type() == IntegrationType.HTTP_PROXY;
    Map<String, String> pathMappings = new HashMap<>();
    MappedParameters parameters = parameters(integration, pathMappings);
    ResponseMapping responses =
        proxy ? new ProxyResponse(binaryTypes) : responses(integration, false);
    UriTemplate uri;
    try {
      uri =
          UriTemplate.compile(
              Optional.ofNullable(integration.uri()).orElse(""), stageVariables, pathMappings);
    } catch (UriTemplate.InvalidUri e) {
      problems.fault(Reason.ENDPOINT_INVALID, e.getMessage());
      return new Compiled(
          new FailingRequest(Reason.ENDPOINT_INVALID, e.getMessage()), backends.mock(), responses);
    }
    String verb = integration.httpMethod();
    RequestMapping request =
        proxy
            ? new ProxyRequest(verb, uri, parameters, handling(integration), binaryTypes)
            : new HttpRequest(verb, uri, parameters, templates(integration));
    return new Compiled(request, backends.http(target(integration, uri)), responses);
  }

  private Optional<Compiled> aws(Integration integration) {
    String uri =
        UriTemplate.fillStageVariables(
            Optional.ofNullable(integration.uri()).orElse(""), stageVariables);
    LambdaCompiler lambda = new LambdaCompiler(this, backends, problems);
    if (lambda.compiles(integration)
        && AwsUri.parse(uri).filter(u -> !u.isInvocation()).isEmpty()) {
      return Optional.of(lambda.compile(integration));
    }
    boolean proxy = integration.type() == IntegrationType.AWS_PROXY;
    Map<String, String> pathMappings = new HashMap<>();
    MappedParameters parameters =
        proxy ? MappedParameters.NONE : parameters(integration, pathMappings);
    AwsCompiler.Parts parts =
        new AwsCompiler.Parts(
            parameters,
            pathMappings,
            proxy ? passing(integration) : templates(integration),
            proxy ? new ProxyResponse(binaryTypes) : responses(integration, false),
            timeoutMillis(integration));
    return Optional.of(
        new AwsCompiler(account, stageVariables, backends, problems).compile(integration, parts));
  }

  /** Whatever the body, it passes. */
  private RequestTemplates passing(Integration integration) {
    return new RequestTemplates(
        Map.of(), RequestTemplates.Passthrough.WHEN_NO_MATCH, handling(integration), binaryTypes);
  }

  static int timeoutMillis(Integration integration) {
    return integration.timeoutInMillis() == null
        ? DEFAULT_TIMEOUT_MILLIS
        : integration.timeoutInMillis();
  }

  MappedParameters parameters(Integration integration, Map<String, String> pathMappings) {
    boolean aws = integration.type() == IntegrationType.AWS;
    List<ParameterMapping> headers = new ArrayList<>();
    List<ParameterMapping> query = new ArrayList<>();
    integration
        .requestParameters()
        .forEach(
            (target, expression) -> {
              String[] parts = target.split("\\.", 4);
              String place = parts.length == 4 ? parts[2] : "";
              String name = parts[parts.length - 1];
              switch (place) {
                case "path" -> pathMappings.put(name, expression);
                case "header", "multivalueheader" -> {
                  checkHeader(target, name);
                  if (!MappedParameters.mayBeSet(name, aws)) {
                    problems.fault(Reason.MAPPING_TARGET_FORBIDDEN, target + " must not be mapped");
                  }
                  source(target, expression)
                      .ifPresent(s -> headers.add(new ParameterMapping(name, s)));
                }
                case "querystring", "multivaluequerystring" ->
                    source(target, expression)
                        .ifPresent(s -> query.add(new ParameterMapping(name, s)));
                default ->
                    problems.fault(
                        Reason.MAPPING_INVALID,
                        target + " is no parameter of an integration request");
              }
            });
    return new MappedParameters(headers, query);
  }

  private HttpTarget target(Integration integration, UriTemplate uri) {
    boolean verify =
        integration.tlsConfig() == null
            || !Boolean.TRUE.equals(integration.tlsConfig().insecureSkipVerification());
    return new HttpTarget(
        uri.tls(),
        uri.host(),
        uri.port(),
        timeoutMillis(integration),
        verify,
        identity,
        account,
        link(integration));
  }

  /** Null where the URI's host is the address. */
  private PrivateLink link(Integration integration) {
    if (integration.connectionType() != ConnectionType.VPC_LINK) {
      return null;
    }
    String id =
        UriTemplate.fillStageVariables(
            Optional.ofNullable(integration.connectionId()).orElse(""), stageVariables);
    if (id.isEmpty()) {
      problems.fault(
          Reason.VPC_LINK_UNKNOWN,
          "connectionType is VPC_LINK, and connectionId names none once stage variables are filled"
              + " in");
    }
    return new PrivateLink(account, id);
  }

  private Compiled mock(Integration integration) {
    IntegrationResponses responses = responses(integration, true);
    return new Compiled(
        new MockRequest(templates(integration), responses.wantsRequestBody()),
        backends.mock(),
        responses);
  }

  RequestTemplates templates(Integration integration) {
    Map<String, MappingTemplate> templates = new LinkedHashMap<>();
    integration
        .requestTemplates()
        .forEach(
            (type, text) ->
                template(Reason.REQUEST_TEMPLATE_INVALID, "the request template for " + type, text)
                    .ifPresent(template -> templates.put(type, template)));
    String passthrough =
        Optional.ofNullable(integration.passthroughBehavior()).orElse("WHEN_NO_MATCH");
    return new RequestTemplates(
        templates,
        RequestTemplates.Passthrough.valueOf(passthrough),
        handling(integration),
        binaryTypes);
  }

  private static ContentHandling handling(Integration integration) {
    return handling(integration.contentHandlingAsString());
  }

  private static ContentHandling handling(String name) {
    return name == null ? ContentHandling.PASSTHROUGH : ContentHandling.valueOf(name);
  }

  private IntegrationResponses responses(Integration integration, boolean mock) {
    List<IntegrationResponses.Choice> choices = new ArrayList<>();
    // By status, as the vendor tries them.
    new TreeMap<>(integration.integrationResponses())
        .forEach(
            (status, response) ->
                choices.add(
                    choice(Integer.parseInt(status), response, selection(status, response))));
    return new IntegrationResponses(choices, mock, binaryTypes);
  }

  IntegrationResponses.Choice choice(
      int status, IntegrationResponse response, IntPredicate selects) {
    String where = "integration response " + status;
    List<ParameterMapping> headers = new ArrayList<>();
    response
        .responseParameters()
        .forEach(
            (target, expression) -> {
              String header = target.substring("method.response.header.".length());
              checkHeader(target, header);
              ParameterSource.ofResponse(expression, stageVariables)
                  .ifPresentOrElse(
                      s -> headers.add(new ParameterMapping(header, s)),
                      () -> problems.fault(Reason.MAPPING_INVALID, unknown(target, expression)));
            });
    Map<String, MappingTemplate> templates = new LinkedHashMap<>();
    response
        .responseTemplates()
        .forEach(
            (type, text) -> {
              if (!FieldValue.isValid(type)) {
                problems.fault(
                    Reason.RESPONSE_TEMPLATE_INVALID,
                    "a template of " + where + " has a content type that no header can have");
              } else if (text != null && !text.isEmpty()) {
                template(
                        Reason.RESPONSE_TEMPLATE_INVALID,
                        "the template for " + type + " of " + where,
                        text)
                    .ifPresent(template -> templates.put(type, template));
              }
            });
    String pattern = Optional.ofNullable(response.selectionPattern()).orElse("");
    return new IntegrationResponses.Choice(
        status,
        pattern.isEmpty(),
        selects,
        headers,
        templates,
        handling(response.contentHandlingAsString()));
  }

  private Optional<MappingTemplate> template(Reason reason, String where, String text) {
    try {
      return Optional.of(MappingTemplate.compile(text == null ? "" : text));
    } catch (InvalidTemplate e) {
      problems.fault(reason, where + " does not compile: " + e.getMessage());
      return Optional.empty();
    }
  }

  private IntPredicate selection(String status, IntegrationResponse response) {
    String pattern = Optional.ofNullable(response.selectionPattern()).orElse("");
    if (pattern.isEmpty()) {
      return answered -> false;
    }
    try {
      return selectionPatterns.compile(pattern);
    } catch (InvalidPattern | BudgetExhausted e) {
      problems.fault(
          Reason.SELECTION_PATTERN_INVALID,
          "the selectionPattern of integration response "
              + status
              + " cannot be used: "
              + e.getMessage());
      return answered -> false;
    }
  }

  private Optional<ParameterSource> source(String target, String expression) {
    Optional<ParameterSource> source = ParameterSource.ofRequest(expression, stageVariables);
    if (source.isEmpty()) {
      problems.fault(Reason.MAPPING_INVALID, unknown(target, expression));
    }
    return source;
  }

  private void checkHeader(String target, String name) {
    if (!FieldValue.isName(name)) {
      problems.fault(Reason.MAPPING_INVALID, target + " is no name that a header can have");
    }
  }

  private static String unknown(String target, String expression) {
    return target + " is mapped from " + expression + ", which is nothing that there is";
  }
}

package io.gatehouse.runtime.compile;

import io.gatehouse.model.aws.AwsService;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.AwsAction;
import io.gatehouse.runtime.mapping.AwsRequest;
import io.gatehouse.runtime.mapping.FailingRequest;
import io.gatehouse.runtime.mapping.MappedParameters;
import io.gatehouse.runtime.mapping.QueryAnswers;
import io.gatehouse.runtime.mapping.RequestTemplates;
import io.gatehouse.runtime.mapping.UriTemplate;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** Compiles integrations of types AWS and AWS_PROXY that call anything but a Lambda function. */
final class AwsCompiler {

  /** Stands for whoever calls the API. */
  private static final String CALLER = "arn:aws:iam::*:user/*";

  private final String account;
  private final Map<String, String> stageVariables;
  private final Backends backends;
  private final Problems problems;

  /**
   * What the integration is made of besides its URI.
   *
   * @param pathMappings integration path variables to the expressions that fill them
   */
  record Parts(
      MappedParameters parameters,
      Map<String, String> pathMappings,
      RequestTemplates templates,
      ResponseMapping responses,
      int timeoutMillis) {}

  AwsCompiler(
      String account, Map<String, String> stageVariables, Backends backends, Problems problems) {
    this.account = account;
    this.stageVariables = stageVariables;
    this.backends = backends;
    this.problems = problems;
  }

  IntegrationCompiler.Compiled compile(Integration integration, Parts parts) {
    String filled =
        UriTemplate.fillStageVariables(
            Optional.ofNullable(integration.uri()).orElse(""), stageVariables);
    Optional<AwsUri> uri = AwsUri.parse(filled);
    if (uri.isEmpty()) {
      return invalid(
          "the URI "
              + integration.uri()
              + " is not arn:aws:apigateway:REGION:[SUBDOMAIN.]SERVICE:path/... or :action/..."
              + " once stage variables are filled in",
          parts);
    }
    if (integration.type() == IntegrationType.AWS_PROXY
        && !(uri.get().service().equals("firehose") && uri.get().isAction())) {
      return invalid("AWS_PROXY calls functions and Firehose alone, not " + filled, parts);
    }
    try {
      return compile(integration, uri.get(), parts);
    } catch (UriTemplate.InvalidUri e) {
      return invalid(e.getMessage(), parts);
    }
  }

  private IntegrationCompiler.Compiled compile(Integration integration, AwsUri uri, Parts parts)
      throws UriTemplate.InvalidUri {
    AwsService service = AwsService.of(uri.service());
    UriTemplate template;
    AwsAction action = null;
    String serving = uri.service();
    if (uri.isAction()) {
      String query = uri.actionQuery();
      template = template(uri, query.isEmpty() ? "/" : "/?" + query, parts);
      action = new AwsAction(service, template(uri, "/" + uri.action(), parts));
      serving = AwsService.servingName(uri.service(), uri.action());
    } else {
      template = template(uri, uri.path(), parts);
    }
    AwsTarget target =
        new AwsTarget(
            account,
            uri.region(),
            serving,
            uri.subdomain(),
            role(integration),
            parts.timeoutMillis());
    String verb = Optional.ofNullable(integration.httpMethod()).orElse("POST");
    return new IntegrationCompiler.Compiled(
        new AwsRequest(verb, template, action, parts.parameters(), parts.templates()),
        backends.aws(target),
        service.answersQueriesInJson() ? new QueryAnswers(parts.responses()) : parts.responses());
  }

  /** Only to say where it goes once what it is called with has been filled in. */
  private UriTemplate template(AwsUri uri, String path, Parts parts) throws UriTemplate.InvalidUri {
    return UriTemplate.compile(
        "https://" + uri.service() + "." + uri.region() + ".amazonaws.com" + path,
        stageVariables,
        parts.pathMappings());
  }

  /** Null for the account's default. */
  private String role(Integration integration) {
    if (integration.credentials() == null || integration.credentials().isBlank()) {
      return null;
    }
    String role = UriTemplate.fillStageVariables(integration.credentials(), stageVariables);
    if (role.replace("\\", "").equals(CALLER)) {
      problems.notBuilt("an integration with the caller's own credentials");
    }
    return role;
  }

  private IntegrationCompiler.Compiled invalid(String sentence, Parts parts) {
    problems.fault(Reason.ENDPOINT_INVALID, sentence);
    return new IntegrationCompiler.Compiled(
        new FailingRequest(Reason.ENDPOINT_INVALID, sentence), backends.mock(), parts.responses());
  }
}

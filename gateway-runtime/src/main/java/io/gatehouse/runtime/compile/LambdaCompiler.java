package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.compile.IntegrationCompiler.Compiled;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.FailingRequest;
import io.gatehouse.runtime.mapping.IntegrationResponses;
import io.gatehouse.runtime.mapping.IntegrationResponses.Choice;
import io.gatehouse.runtime.mapping.LambdaInvocation;
import io.gatehouse.runtime.mapping.LambdaProxyRequest;
import io.gatehouse.runtime.mapping.LambdaProxyResponse;
import io.gatehouse.runtime.mapping.LambdaRequest;
import io.gatehouse.runtime.mapping.LambdaResponse;
import io.gatehouse.runtime.mapping.LambdaResponse.Selected;
import io.gatehouse.runtime.mapping.MappedParameters;
import io.gatehouse.runtime.mapping.UriTemplate;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** Compiles integrations of the types AWS and AWS_PROXY that invoke a Lambda function. */
final class LambdaCompiler {

  private final IntegrationCompiler parts;
  private final Backends backends;
  private final Problems problems;

  LambdaCompiler(IntegrationCompiler parts, Backends backends, Problems problems) {
    this.parts = parts;
    this.backends = backends;
    this.problems = problems;
  }

  /** Whether it is one of these: a proxy can be nothing else. */
  boolean compiles(Integration integration) {
    return isProxy(integration) || FunctionUri.invokes(uri(integration));
  }

  private static boolean isProxy(Integration integration) {
    return integration.type() == IntegrationType.AWS_PROXY;
  }

  Compiled compile(Integration integration) {
    ResponseMapping responses =
        isProxy(integration)
            ? new LambdaProxyResponse(parts.binaryTypes())
            : responses(integration);
    Optional<FunctionUri> uri = FunctionUri.parse(uri(integration));
    if (uri.isEmpty()) {
      String sentence = "the URI " + integration.uri() + FunctionUri.IS_NONE;
      problems.fault(Reason.ENDPOINT_INVALID, sentence);
      return new Compiled(
          new FailingRequest(Reason.ENDPOINT_INVALID, sentence), backends.mock(), responses);
    }
    String role = role(integration);
    LambdaTarget target =
        new LambdaTarget(
            parts.account(),
            uri.get().region(),
            uri.get().functionArn(),
            role,
            IntegrationCompiler.timeoutMillis(integration));
    return new Compiled(
        request(integration, invocation(integration, target)), backends.lambda(target), responses);
  }

  private String uri(Integration integration) {
    return UriTemplate.fillStageVariables(
        Optional.ofNullable(integration.uri()).orElse(""), parts.stageVariables());
  }

  /** Null for none. */
  private String role(Integration integration) {
    String role =
        UriTemplate.fillStageVariables(
            Optional.ofNullable(integration.credentials()).orElse(""), parts.stageVariables());
    if (FunctionUri.isCallersOwn(role)) {
      problems.notBuilt("an integration with the caller's own credentials");
    }
    return role.isBlank() ? null : role.strip();
  }

  private LambdaInvocation invocation(Integration integration, LambdaTarget target) {
    String verb = integration.httpMethod();
    boolean callers = "ANY".equals(verb);
    if (!callers && !LambdaInvocation.VERB.equals(verb)) {
      problems.fault(
          Reason.LAMBDA_VERB,
          "the integration's verb is " + verb + "; a Lambda function is invoked by POST");
    }
    return LambdaInvocation.of(target.functionArn(), callers, target.role() == null);
  }

  private RequestMapping request(Integration integration, LambdaInvocation invocation) {
    if (isProxy(integration)) {
      checkHeaders(integration);
      return new LambdaProxyRequest(invocation, parts.binaryTypes(), parts.stageVariables());
    }
    return new LambdaRequest(
        invocation, parts.parameters(integration, new HashMap<>()), parts.templates(integration));
  }

  /** A proxy ignores its mappings, and yet these make each request fail. */
  private void checkHeaders(Integration integration) {
    for (String target : integration.requestParameters().keySet()) {
      String name = target.substring(target.lastIndexOf('.') + 1);
      if (target.startsWith("integration.request.header.")
          && !MappedParameters.mayBeSet(name, true)) {
        problems.fault(Reason.MAPPING_TARGET_FORBIDDEN, target + " must not be mapped");
      }
    }
  }

  private LambdaResponse responses(Integration integration) {
    List<Choice> choices = new ArrayList<>();
    List<Selected> selected = new ArrayList<>();
    // By status, as the vendor tries them.
    new TreeMap<>(integration.integrationResponses())
        .forEach(
            (status, response) -> {
              Choice choice = parts.choice(Integer.parseInt(status), response, answered -> false);
              choices.add(choice);
              if (!choice.isDefault()) {
                pattern(status, response.selectionPattern())
                    .ifPresent(pattern -> selected.add(new Selected(pattern, choice)));
              }
            });
    return new LambdaResponse(
        selected, new IntegrationResponses(choices, false, parts.binaryTypes()));
  }

  private Optional<JavaPattern> pattern(String status, String text) {
    try {
      return Optional.of(JavaPattern.compile(text));
    } catch (InvalidPattern e) {
      problems.fault(
          Reason.SELECTION_PATTERN_INVALID,
          "the selectionPattern of integration response "
              + status
              + " cannot be used: "
              + e.getMessage());
      return Optional.empty();
    }
  }
}

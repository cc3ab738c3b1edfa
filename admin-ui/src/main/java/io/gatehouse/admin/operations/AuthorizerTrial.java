package io.gatehouse.admin.operations;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerResponse;

/**
 * One test of an authorizer, as far as it can be decided without asking the authorizer's function
 * or issuer: an identity that is missing or malformed is 401, everything else is an execution that
 * failed. It never allows anything.
 */
final class AuthorizerTrial {

  private static final int UNAUTHORIZED = 401;
  private static final int FAILED = 500;

  /** Of the identity validation expression, on all that the caller says of itself. */
  private static final long EXPRESSION_STEPS = 1_000_000;

  private final Authorizer authorizer;
  private final TestInvokeAuthorizerRequest in;
  private final String requestId;
  private final Instant now;
  private final ExecutionLog log;

  AuthorizerTrial(Authorizer authorizer, TestInvokeAuthorizerRequest in, Ids ids, Instant now) {
    this.authorizer = authorizer;
    this.in = in;
    this.requestId = ids.request();
    this.now = now;
    this.log = new ExecutionLog(requestId);
  }

  TestInvokeAuthorizerResponse answer() {
    log.line(now, "Starting authorizer: " + authorizer.id() + " for request: " + requestId);
    Map<String, Optional<String>> identity = identity();
    if (identityNeeded() && identity.values().stream().anyMatch(Optional::isEmpty)) {
      return unauthorized();
    }
    if (!identity.isEmpty()) {
      log.line(now, "Incoming identity: " + shown(identity));
    }
    String expression = authorizer.identityValidationExpression();
    if (expression != null
        && !expression.isEmpty()
        && authorizer.type() != AuthorizerType.REQUEST) {
      try {
        JavaPattern pattern = JavaPattern.compile(expression);
        Budget budget = Budget.of(EXPRESSION_STEPS);
        if (!identity.values().stream()
            .flatMap(Optional::stream)
            .allMatch(value -> pattern.matches(value, budget))) {
          return unauthorized();
        }
      } catch (InvalidPattern | BudgetExhausted e) {
        return failed(
            "the identity validation expression cannot be used: " + e.getMessage(),
            "AuthorizerConfigurationException");
      }
    }
    String whom =
        authorizer.type() == AuthorizerType.COGNITO_USER_POOLS
            ? "checking tokens with the user pool that issued them"
            : "calling the authorizer's Lambda function";
    return failed(
        whom + " is not built yet in this version of Gatehouse", "AuthorizerFailureException");
  }

  /** A REQUEST authorizer that caches nothing is asked even without an identity. */
  private boolean identityNeeded() {
    return authorizer.type() != AuthorizerType.REQUEST
        || !Integer.valueOf(0).equals(authorizer.authorizerResultTtlInSeconds());
  }

  private Map<String, Optional<String>> identity() {
    Map<String, Optional<String>> found = new LinkedHashMap<>();
    String sources = Optional.ofNullable(authorizer.identitySource()).orElse("");
    Arrays.stream(sources.split(","))
        .map(String::strip)
        .filter(source -> !source.isEmpty())
        .forEach(source -> found.put(source, value(source).filter(v -> !v.isEmpty())));
    return found;
  }

  private Optional<String> value(String source) {
    String name = source.substring(source.lastIndexOf('.') + 1);
    if (source.startsWith("method.request.header.")) {
      return header(source.substring("method.request.header.".length()));
    }
    if (source.startsWith("method.request.querystring.")) {
      return parameter(source.substring("method.request.querystring.".length()));
    }
    return Optional.ofNullable(
        source.startsWith("stageVariables.")
            ? in.stageVariables().get(name)
            : in.additionalContext().get(source.replaceFirst("^context\\.", "")));
  }

  private Optional<String> header(String name) {
    List<String> values = new ArrayList<>();
    in.headers().forEach((n, value) -> addIf(n.equalsIgnoreCase(name), value, values));
    in.multiValueHeaders()
        .forEach((n, all) -> all.forEach(v -> addIf(n.equalsIgnoreCase(name), v, values)));
    return values.stream().reduce((one, later) -> later);
  }

  private static void addIf(boolean wanted, String value, List<String> values) {
    if (wanted && value != null) {
      values.add(value);
    }
  }

  private Optional<String> parameter(String name) {
    String target = Optional.ofNullable(in.pathWithQueryString()).orElse("");
    int question = target.indexOf('?');
    return question < 0
        ? Optional.empty()
        : Optional.ofNullable(PercentCoding.decodeQuery(target.substring(question + 1)).get(name))
            .map(List::getLast);
  }

  private String shown(Map<String, Optional<String>> identity) {
    if (authorizer.type() != AuthorizerType.REQUEST) {
      return ExecutionLog.masked(identity.values().iterator().next().orElse(""));
    }
    Map<String, String> masked = new LinkedHashMap<>();
    identity.forEach(
        (source, value) -> value.ifPresent(v -> masked.put(source, ExecutionLog.masked(v))));
    return masked.toString();
  }

  private TestInvokeAuthorizerResponse unauthorized() {
    log.line(now, "Unauthorized request: " + requestId).line(now, "Unauthorized");
    return answer(UNAUTHORIZED);
  }

  private TestInvokeAuthorizerResponse failed(String reason, String type) {
    log.line(now, "Execution failed due to configuration error: " + reason).line(now, type);
    return answer(FAILED);
  }

  private TestInvokeAuthorizerResponse answer(int status) {
    return TestInvokeAuthorizerResponse.builder()
        .clientStatus(status)
        .log(log.text())
        .latency(0L)
        .build();
  }
}

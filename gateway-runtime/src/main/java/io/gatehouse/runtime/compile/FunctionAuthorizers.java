package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource.Kind;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.mapping.UriTemplate;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;

/**
 * Reads the authorizers of a definition that are Lambda functions. What cannot be asked as its
 * author meant it is none.
 */
final class FunctionAuthorizers {

  /** As long as the vendor waits for an authorizer's function. */
  private static final int TIMEOUT_MILLIS = 29_000;

  private static final int USUAL_TTL_SECONDS = 300;
  private static final int LONGEST_TTL_SECONDS = 3600;

  /** An authorizer that cannot be asked; the message says why. */
  static final class InvalidAuthorizer extends Exception {
    InvalidAuthorizer(String message) {
      super(message);
    }
  }

  private final String account;
  private final Map<String, String> stageVariables;

  FunctionAuthorizers(String account, Map<String, String> stageVariables) {
    this.account = account;
    this.stageVariables = stageVariables;
  }

  /**
   * @param authorizer null when the API has none of that id
   */
  AuthorizerTarget.Function target(Authorizer authorizer, String id) throws InvalidAuthorizer {
    if (authorizer == null
        || authorizer.type() != AuthorizerType.TOKEN
            && authorizer.type() != AuthorizerType.REQUEST) {
      throw new InvalidAuthorizer("the API has no Lambda authorizer " + id);
    }
    String name = "authorizer " + authorizer.name();
    boolean token = authorizer.type() == AuthorizerType.TOKEN;
    int ttl = ttl(authorizer);
    List<IdentitySource> sources = sources(authorizer, name);
    if (token && (sources.size() != 1 || sources.getFirst().kind() != Kind.HEADER)) {
      throw new InvalidAuthorizer(name + " of type TOKEN has no header as its identity source");
    }
    if (sources.isEmpty() && ttl > 0) {
      // All callers would share one answer.
      throw new InvalidAuthorizer(name + " keeps answers and has no identity source");
    }
    return new AuthorizerTarget.Function(
        id, function(authorizer, name), token, sources, validation(authorizer, name), ttl);
  }

  private static int ttl(Authorizer authorizer) {
    Integer seconds = authorizer.authorizerResultTtlInSeconds();
    return seconds == null
        ? USUAL_TTL_SECONDS
        : Math.max(0, Math.min(seconds, LONGEST_TTL_SECONDS));
  }

  private LambdaTarget function(Authorizer authorizer, String name) throws InvalidAuthorizer {
    // Blanks after path/ are recorded as accepted.
    String uri = filled(authorizer.authorizerUri()).replaceFirst("path/[/\\s]*", "path/");
    FunctionUri invoked =
        FunctionUri.parse(uri)
            .orElseThrow(
                () ->
                    new InvalidAuthorizer(
                        "the URI "
                            + authorizer.authorizerUri()
                            + " of "
                            + name
                            + FunctionUri.IS_NONE));
    String role = filled(authorizer.authorizerCredentials()).strip();
    if (FunctionUri.isCallersOwn(role)) {
      throw new InvalidAuthorizer(name + " cannot be asked with the caller's own credentials");
    }
    return new LambdaTarget(
        account,
        invoked.region(),
        invoked.functionArn(),
        role.isEmpty() ? null : role,
        TIMEOUT_MILLIS);
  }

  private String filled(String text) {
    return UriTemplate.fillStageVariables(text == null ? "" : text, stageVariables);
  }

  private static List<IdentitySource> sources(Authorizer authorizer, String name)
      throws InvalidAuthorizer {
    List<IdentitySource> sources = new ArrayList<>();
    String all = authorizer.identitySource() == null ? "" : authorizer.identitySource();
    for (String expression : all.isBlank() ? new String[0] : all.split(",", -1)) {
      sources.add(source(expression.strip(), name));
    }
    return List.copyOf(sources);
  }

  private static IdentitySource source(String expression, String name) throws InvalidAuthorizer {
    for (Kind kind : Kind.values()) {
      int length = kind.prefix().length();
      if (expression.startsWith(kind.prefix()) && expression.length() > length) {
        return new IdentitySource(kind, expression.substring(length));
      }
    }
    throw new InvalidAuthorizer(
        "'" + expression + "' is no identity source, and " + name + " has it as one");
  }

  /** Null for none; only tokens are checked. */
  private static JavaPattern validation(Authorizer authorizer, String name)
      throws InvalidAuthorizer {
    String expression = authorizer.identityValidationExpression();
    if (expression == null || expression.isEmpty() || authorizer.type() != AuthorizerType.TOKEN) {
      return null;
    }
    try {
      return JavaPattern.compile(expression);
    } catch (InvalidPattern e) {
      throw new InvalidAuthorizer(
          "the validation expression of " + name + " cannot be used: " + e.getMessage());
    }
  }
}

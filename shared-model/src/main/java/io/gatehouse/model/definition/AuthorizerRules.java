package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;

/**
 * Who decides whether a caller may call: a Lambda function asked about a token or about the
 * request, or a user pool. Imitates the Authorizer pages of the API reference.
 */
public final class AuthorizerRules {

  /** The vendor's quota. */
  static final int MOST_AUTHORIZERS = 10;

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TEXT = 2048;
  private static final int LONGEST_EXPRESSION = 1024;
  private static final int LONGEST_RESULT_TTL = 3600;
  private static final int MOST_PROVIDERS = 100;

  /** Blanks after {@code path/} are recorded as accepted. */
  private static final Pattern URI =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[a-z]{2}(-[a-z]+)+-[0-9]+:lambda:path/[/\\s]*"
              + "[0-9]{4}-[0-9]{2}-[0-9]{2}/functions/.+/invocations");

  private static final Pattern TOKEN_SOURCE =
      Pattern.compile("method\\.request\\.header\\.[a-zA-Z0-9._-]+");
  private static final Pattern USER_POOL =
      Pattern.compile("arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[\\w-]+");
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|\\*):(role|user)/\\S+");

  private AuthorizerRules() {}

  /**
   * @throws ApiError not found, when there is no such authorizer
   */
  public static Authorizer get(ApiDefinition api, String id) {
    return Optional.ofNullable(api.authorizers().get(id))
        .orElseThrow(() -> ApiError.notFound("Invalid Authorizer identifier specified"));
  }

  /**
   * Checks the members and fills in those that are always sent; nothing is looked up, as the vendor
   * checks them before it looks for the API.
   */
  public static Authorizer checked(Authorizer wanted) {
    if (Shapes.text(wanted.name()) == null) {
      throw ApiError.badRequest("Authorizer name must be non-empty");
    }
    Shapes.checkLength("Authorizer name", wanted.name(), LONGEST_NAME);
    Shapes.checkLength("authType", wanted.authType(), LONGEST_NAME);
    if (wanted.type() == null) {
      throw unknownType(wanted.typeAsString());
    }
    Authorizer.Builder out =
        wanted.toBuilder()
            .authType(
                Optional.ofNullable(Shapes.text(wanted.authType())).orElse(authType(wanted.type())))
            .authorizerCredentials(Shapes.text(wanted.authorizerCredentials()))
            .identitySource(Shapes.text(wanted.identitySource()))
            .identityValidationExpression(Shapes.text(wanted.identityValidationExpression()));
    switch (wanted.type()) {
      case TOKEN, REQUEST -> {
        checkUri(wanted.authorizerUri());
        out.providerARNs((List<String>) null);
      }
      case COGNITO_USER_POOLS -> {
        checkProviders(wanted.providerARNs());
        out.authorizerUri(null);
      }
      default -> throw unknownType(wanted.typeAsString());
    }
    checkTtl(wanted.authorizerResultTtlInSeconds());
    checkIdentitySource(out.build());
    checkCredentials(wanted.authorizerCredentials());
    checkExpression(wanted.identityValidationExpression());
    return out.build();
  }

  /**
   * @param checked with the id that was drawn for it
   */
  public static ApiDefinition create(ApiDefinition api, Authorizer checked) {
    checkNameUnused(api, checked);
    if (api.authorizers().size() >= MOST_AUTHORIZERS) {
      throw Shapes.quotaReached("Authorizers");
    }
    return with(api, checked);
  }

  public static ApiDefinition update(
      ApiDefinition api, String id, UnaryOperator<Authorizer> change) {
    Authorizer changed = checked(change.apply(get(api, id)));
    checkNameUnused(api, changed);
    return with(api, changed);
  }

  /**
   * @throws ApiError conflict, naming a method that asks it
   */
  public static ApiDefinition delete(ApiDefinition api, String id) {
    Authorizer authorizer = get(api, id);
    Uses.refuse(
        api, "authorizer '" + authorizer.name() + "'", method -> id.equals(method.authorizerId()));
    Map<String, Authorizer> rest = new LinkedHashMap<>(api.authorizers());
    rest.remove(id);
    return api.withAuthorizers(rest);
  }

  /** Whether a method of the authorization type may ask the authorizer. */
  static boolean fits(Authorizer authorizer, String authorizationType) {
    boolean userPools = authorizer.type() == AuthorizerType.COGNITO_USER_POOLS;
    return userPools == authorizationType.equals("COGNITO_USER_POOLS");
  }

  private static String authType(AuthorizerType type) {
    return type == AuthorizerType.COGNITO_USER_POOLS ? "cognito_user_pools" : "custom";
  }

  private static void checkUri(String uri) {
    if (uri == null || uri.length() > LONGEST_TEXT || !URI.matcher(uri).matches()) {
      throw ApiError.badRequest(
          "Invalid Authorizer URI: "
              + shortened(uri)
              + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda"
              + " function invocation.");
    }
  }

  private static void checkProviders(List<String> arns) {
    List<String> wrong =
        arns.stream()
            .filter(arn -> arn == null || !USER_POOL.matcher(arn).matches())
            .map(AuthorizerRules::shortened)
            .toList();
    if (arns.isEmpty() || arns.size() > MOST_PROVIDERS || !wrong.isEmpty()) {
      throw ApiError.badRequest(
          "ProviderARNs need to be valid Cognito Userpools. Invalid ARNs- "
              + String.join(", ", wrong));
    }
  }

  private static void checkTtl(Integer seconds) {
    if (seconds != null && (seconds < 0 || seconds > LONGEST_RESULT_TTL)) {
      throw ApiError.badRequest(
          "Invalid authorizer result TTL specified, must be between 0 and " + LONGEST_RESULT_TTL);
    }
  }

  private static void checkIdentitySource(Authorizer wanted) {
    String source = wanted.identitySource();
    Shapes.checkLength("Identity source", source, LONGEST_TEXT);
    if (wanted.type() != AuthorizerType.REQUEST) {
      if (source == null || !TOKEN_SOURCE.matcher(source).matches()) {
        throw ApiError.badRequest(
            "Invalid token source expression: "
                + source
                + ". The source must be a method request header, matching"
                + " 'method.request.header.[a-zA-Z0-9._-]+'.");
      }
    } else if (source != null) {
      MappingExpressions.checkIdentitySources(
          Arrays.stream(source.split(",", -1)).map(String::strip).toList());
    } else if (!Integer.valueOf(0).equals(wanted.authorizerResultTtlInSeconds())) {
      throw ApiError.badRequest(
          "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)");
    }
  }

  private static void checkCredentials(String role) {
    if (Shapes.text(role) != null
        && (role.length() > LONGEST_TEXT || !ROLE.matcher(role).matches())) {
      throw ApiError.badRequest("Invalid ARN specified in the request");
    }
  }

  private static void checkExpression(String expression) {
    Shapes.checkLength("Identity validation expression", expression, LONGEST_EXPRESSION);
    try {
      Pattern.compile(expression == null ? "" : expression);
    } catch (PatternSyntaxException e) {
      throw ApiError.badRequest("Invalid identity validation expression specified: " + expression);
    }
  }

  private static void checkNameUnused(ApiDefinition api, Authorizer wanted) {
    if (api.authorizers().values().stream()
        .anyMatch(a -> a.name().equals(wanted.name()) && !a.id().equals(wanted.id()))) {
      throw ApiError.badRequest(
          "Authorizer name must be unique. Authorizer %s already exists in this RestApi."
              .formatted(wanted.name()));
    }
  }

  private static ApiDefinition with(ApiDefinition api, Authorizer authorizer) {
    Map<String, Authorizer> authorizers = new LinkedHashMap<>(api.authorizers());
    authorizers.put(authorizer.id(), authorizer);
    return api.withAuthorizers(authorizers);
  }

  private static ApiError unknownType(String type) {
    return ApiError.badRequest(
        "Invalid authorizer type specified: "
            + type
            + ". Must be one of: [TOKEN, REQUEST, COGNITO_USER_POOLS]");
  }

  private static String shortened(String text) {
    return text != null && text.length() > LONGEST_TEXT
        ? text.substring(0, LONGEST_TEXT) + "..."
        : text;
  }
}

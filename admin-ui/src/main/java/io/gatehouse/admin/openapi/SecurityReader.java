package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.wire.ApiError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Security schemes as authorizers, IAM or API keys, and the requirements that name them. A scheme
 * that means nothing to a gateway is worth a warning, because the method stays open.
 */
final class SecurityReader {

  private final Source source;
  private final Map<String, Node> schemes = new LinkedHashMap<>();
  private final Map<String, Authorizer> authorizers = new LinkedHashMap<>();
  private final Map<String, String> idsByName = new HashMap<>();

  SecurityReader(Source source) {
    this.source = source;
    source.former().authorizers().values().forEach(a -> idsByName.put(a.name(), a.id()));
  }

  /** Authorizers are made for all schemes that ask for one, used or not. */
  void readSchemes() {
    place().ifPresent(node -> schemes.putAll(node.members()));
    schemes.replaceAll((name, scheme) -> scheme.follow());
    schemes.forEach(
        (name, scheme) ->
            source
                .report()
                .attempt(
                    "Unable to create authorizer '" + name + "'", () -> readScheme(name, scheme)));
  }

  /** By id. */
  Map<String, Authorizer> authorizers() {
    Map<String, Authorizer> byId = new LinkedHashMap<>();
    authorizers.values().forEach(a -> byId.put(a.id(), a));
    return byId;
  }

  /** The requirements of the operation, or else those of the document. */
  void secure(Node operation, Method.Builder method) {
    method.authorizationType("NONE").apiKeyRequired(false);
    auth(operation).or(() -> auth(source.root())).ifPresent(method::authorizationType);
    Node from = operation.has("security") ? operation : source.root();
    boolean authorized = false;
    for (Node requirement : from.objects("security")) {
      for (String name : requirement.names()) {
        authorized |= require(requirement, name, method, authorized);
      }
    }
  }

  private Optional<Node> place() {
    return source.dialect() == Dialect.SWAGGER_2
        ? source.root().object("securityDefinitions")
        : source.root().object("components").flatMap(c -> c.object("securitySchemes"));
  }

  private static Optional<String> auth(Node node) {
    return node.object(EXTENSION + "auth")
        .flatMap(auth -> auth.text("type"))
        .map(type -> type.toUpperCase(Locale.ROOT));
  }

  /** Whether the requirement is met by an authorizer or IAM. */
  private boolean require(
      Node requirement, String name, Method.Builder method, boolean authorized) {
    Node scheme = schemes.get(name);
    if (scheme == null) {
      throw ApiError.badRequest(
          "The security scheme at " + requirement.pointer(name) + " is not defined");
    }
    boolean iam = isIam(scheme);
    Authorizer authorizer = authorizers.get(name);
    if ((iam || authorizer != null) && authorized) {
      source
          .report()
          .warned(
              requirement.pointer(name), "A method has one authorizer only, this is another one");
      return false;
    }
    if (iam) {
      method.authorizationType("AWS_IAM");
      return true;
    }
    if (authorizer != null) {
      authorize(requirement, name, authorizer, method);
      return true;
    }
    if (isApiKey(scheme)) {
      method.apiKeyRequired(true);
      return false;
    }
    source
        .report()
        .warned(
            requirement.pointer(name),
            "The security scheme " + name + " has no authorizer, so it protects nothing");
    return false;
  }

  private static void authorize(
      Node requirement, String name, Authorizer authorizer, Method.Builder method) {
    boolean cognito = authorizer.type() == AuthorizerType.COGNITO_USER_POOLS;
    List<String> scopes = requirement.texts(name);
    method
        .authorizationType(cognito ? "COGNITO_USER_POOLS" : "CUSTOM")
        .authorizerId(authorizer.id())
        .authorizationScopes(scopes.isEmpty() ? null : scopes);
  }

  private static boolean isIam(Node scheme) {
    return scheme.text(EXTENSION + "authtype").orElse("").equalsIgnoreCase("awsSigv4");
  }

  private static boolean isApiKey(Node scheme) {
    return scheme.text("type").orElse("").equals("apiKey")
        && scheme.text("in").orElse("").equals("header")
        && scheme.text("name").orElse("").equalsIgnoreCase("x-api-key");
  }

  private void readScheme(String name, Node scheme) {
    Optional<Node> extension = scheme.object(EXTENSION + "authorizer").map(Node::follow);
    if (extension.isPresent()) {
      Authorizer authorizer = authorizer(name, scheme, extension.get());
      authorizers.put(name, authorizer);
      source.report().kept(scheme.pointer(), "Authorizer " + name);
      extension.get().finish();
    } else if (isIam(scheme) || isApiKey(scheme)) {
      source.report().kept(scheme.pointer(), isIam(scheme) ? "IAM authorization" : "API key");
    } else {
      source.report().dropped(scheme.pointer(), "Names no authorizer, IAM or the header x-api-key");
    }
    scheme.ignore(
        "Says how clients sign in, which is the authorizer's matter",
        "type",
        "in",
        "name",
        "scheme",
        "bearerFormat",
        "flow",
        "flows",
        "authorizationUrl",
        "tokenUrl",
        "scopes",
        "openIdConnectUrl");
    source.documentation(scheme, "description");
    scheme.finish();
  }

  private Authorizer authorizer(String name, Node scheme, Node in) {
    AuthorizerType type = type(in);
    return Authorizer.builder()
        .id(Optional.ofNullable(idsByName.get(name)).orElseGet(source.ids()))
        .name(name)
        .type(type)
        .authType(scheme.text(EXTENSION + "authtype").orElse(defaultAuthType(type)))
        .providerARNs(in.has("providerARNs") ? in.texts("providerARNs") : null)
        .authorizerUri(in.text("authorizerUri").orElse(null))
        .authorizerCredentials(in.text("authorizerCredentials").orElse(null))
        .identitySource(in.text("identitySource").orElse(headerOf(type, scheme)))
        .identityValidationExpression(in.text("identityValidationExpression").orElse(null))
        .authorizerResultTtlInSeconds(in.number("authorizerResultTtlInSeconds").orElse(null))
        .build();
  }

  private static AuthorizerType type(Node in) {
    String text = in.text("type").orElse("");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "token" -> AuthorizerType.TOKEN;
      case "request" -> AuthorizerType.REQUEST;
      case "cognito_user_pools" -> AuthorizerType.COGNITO_USER_POOLS;
      default ->
          throw ApiError.badRequest(
              "The authorizer type at "
                  + in.pointer("type")
                  + " must be token, request or cognito_user_pools, not '"
                  + TreeBuilder.abbreviated(text)
                  + "'");
    };
  }

  private static String defaultAuthType(AuthorizerType type) {
    return type == AuthorizerType.COGNITO_USER_POOLS ? "cognito_user_pools" : "custom";
  }

  private static String headerOf(AuthorizerType type, Node scheme) {
    return type == AuthorizerType.REQUEST
        ? null
        : scheme.text("name").map(header -> "method.request.header." + header).orElse(null);
  }
}

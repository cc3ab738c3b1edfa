package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.admin.openapi.ExportParameters.Extension;
import io.gatehouse.model.definition.ApiDefinition;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Authorizers, IAM and API keys as security schemes, and the requirements that name them. */
final class SecurityWriter {

  private static final String IAM = "AWS_IAM";
  private static final String HEADER = "method.request.header.";

  private final ApiDefinition api;
  private final boolean extended;
  private final DocumentationWriter documentation;
  private final Map<String, String> namesById = new LinkedHashMap<>();
  private final String apiKey;
  private final String sigv4;

  SecurityWriter(
      ApiDefinition api, ExportParameters parameters, DocumentationWriter documentation) {
    this.documentation = documentation;
    this.api = api;
    this.extended = parameters.with(Extension.AUTHORIZERS);
    for (Authorizer authorizer : api.authorizers().values()) {
      namesById.put(authorizer.id(), unused(authorizer.name().replaceAll("[^\\w.-]", "_")));
    }
    this.apiKey = unused("api_key");
    this.sigv4 = unused("sigv4");
  }

  ObjectWriter schemes() {
    ObjectWriter out = new ObjectWriter();
    namesById.forEach((id, name) -> out.add(name, scheme(api.authorizers().get(id))));
    if (any(SecurityWriter::needsKey)) {
      out.add(apiKey, header("x-api-key").done());
    }
    if (any(SecurityWriter::needsIam)) {
      ObjectWriter iam = header("Authorization");
      out.add(sigv4, (extended ? iam.text(EXTENSION + "authtype", "awsSigv4") : iam).done());
    }
    return out;
  }

  /** The vendor tells each requirement apart, although all of them have to be met. */
  List<JsonObject> requirements(Method method) {
    List<JsonObject> out = new ArrayList<>();
    if (needsKey(method)) {
      out.add(requirement(apiKey, List.of()));
    }
    if (needsIam(method)) {
      out.add(requirement(sigv4, List.of()));
    }
    Optional.ofNullable(method.authorizerId())
        .map(namesById::get)
        .ifPresent(name -> out.add(requirement(name, method.authorizationScopes())));
    return out;
  }

  private static JsonObject requirement(String name, List<String> scopes) {
    return scopes.isEmpty()
        ? new ObjectWriter().add(name, JsonValue.EMPTY_JSON_ARRAY).done()
        : new ObjectWriter().texts(name, scopes).done();
  }

  private JsonObject scheme(Authorizer authorizer) {
    boolean request = authorizer.type() == AuthorizerType.REQUEST;
    String source = Optional.ofNullable(authorizer.identitySource()).orElse("");
    boolean fromHeader = !request && source.startsWith(HEADER);
    String name =
        request ? "Unused" : fromHeader ? source.substring(HEADER.length()) : "Authorization";
    ObjectWriter out = header(name);
    documentation.authorizer(authorizer.name()).describe(out);
    if (!extended) {
      return out.done();
    }
    return out.text(EXTENSION + "authtype", authorizer.authType())
        .add(
            EXTENSION + "authorizer",
            new ObjectWriter()
                .text("type", authorizer.typeAsString().toLowerCase(Locale.ROOT))
                .texts("providerARNs", authorizer.providerARNs())
                .text("authorizerUri", authorizer.authorizerUri())
                .text("authorizerCredentials", authorizer.authorizerCredentials())
                .text("identitySource", fromHeader ? null : authorizer.identitySource())
                .text("identityValidationExpression", authorizer.identityValidationExpression())
                .number("authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds())
                .done())
        .done();
  }

  private static ObjectWriter header(String name) {
    return new ObjectWriter().text("type", "apiKey").text("name", name).text("in", "header");
  }

  private boolean any(Predicate<Method> asks) {
    return api.resources().values().stream()
        .flatMap(resource -> resource.resourceMethods().values().stream())
        .anyMatch(asks);
  }

  private static boolean needsKey(Method method) {
    return Boolean.TRUE.equals(method.apiKeyRequired());
  }

  private static boolean needsIam(Method method) {
    return IAM.equals(method.authorizationType());
  }

  private String unused(String wanted) {
    String name = wanted;
    while (namesById.containsValue(name)) {
      name = name + "_";
    }
    return name;
  }
}

package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.ContentHandlingStrategy;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.TlsConfig;

/** APIs made up at random, with everything that a document can tell of one. */
final class GeneratedApis {

  private static final String LAMBDA =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";
  private static final List<String> SCHEMAS =
      List.of(
          "{\"type\":\"object\",\"title\":\"A\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":"
              + "\"https://apigateway.amazonaws.com/restapis/api1234567/models/M0\"}}}",
          "{\"type\":[\"string\",\"null\"],\"maxLength\":9,\"pattern\":\"^a+$\"}",
          "{\"type\":[\"integer\",\"boolean\"]}",
          "{\"oneOf\":[{\"type\":\"string\"},{\"not\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}]}",
          "{\"patternProperties\":{\"^x-\":{\"enum\":[null,1,\"a\"]}},\"dependencies\":"
              + "{\"a\":[\"b\"]},\"additionalProperties\":false}",
          "{\"type\":\"array\",\"items\":[{\"type\":\"number\",\"minimum\":1,"
              + "\"exclusiveMinimum\":true}],\"additionalItems\":{\"type\":\"null\"}}");

  private final Random random;
  private final AtomicInteger ids = new AtomicInteger();

  private GeneratedApis(long seed) {
    random = new Random(seed);
  }

  /** The same for the same seed. */
  static ApiDefinition of(long seed) {
    return new GeneratedApis(seed).api();
  }

  private ApiDefinition api() {
    RestApi restApi =
        RestApi.builder()
            .name("generated: \"quoted\", {braced} \u2014 \ud83d\udc3e")
            .version("1.0")
            .description(maybe("yes\n: no # neither"))
            .minimumCompressionSize(maybe(100))
            .apiKeySource(maybe("AUTHORIZER"))
            .binaryMediaTypes(flip() ? List.of("image/png", "*/*") : null)
            .disableExecuteApiEndpoint(flip())
            .policy(maybe("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"}]}"))
            .build();
    ApiDefinition api =
        RestApiRules.bare(restApi, "api1234567", "root000000", Instant.EPOCH)
            .withModels(models())
            .withAuthorizers(authorizers())
            .withRequestValidators(validators())
            .withGatewayResponses(gatewayResponses());
    for (String path : List.of("/", "/a", "/a/{b}", "/a/{b}/c.d-e", "/true/{rest+}")) {
      api = ResourceTree.createPath(api, path, this::id);
      Resource resource = ResourceTree.find(api, path).orElseThrow();
      api = api.with(resource.toBuilder().resourceMethods(methods(api, resource)).build());
      if (flip()) {
        api = CorsRules.put(api, resource.id(), cors());
      }
    }
    return flip() ? CorsRules.put(api, CorsRules.WHOLE_API, cors()) : api;
  }

  private Cors cors() {
    boolean credentials = flip();
    return new Cors(
        credentials ? List.of("https://b.example:8443", "https://a.example") : List.of("*"),
        flip() ? List.of("PUT", "GET") : List.of(),
        flip() ? List.of("X-B", "*") : List.of(),
        flip() ? List.of("X-C") : List.of(),
        Optional.ofNullable(maybe(600)),
        credentials);
  }

  private Map<String, Model> models() {
    Map<String, Model> models = new LinkedHashMap<>();
    for (int i = 0; i < SCHEMAS.size(); i++) {
      String name = "M" + i;
      models.put(
          name,
          Model.builder()
              .id(id())
              .name(name)
              .contentType("application/json")
              .schema(JsonText.pretty(schema(SCHEMAS.get(i))))
              .build());
    }
    return models;
  }

  private static JsonObject schema(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private Map<String, Authorizer> authorizers() {
    Authorizer token =
        Authorizer.builder()
            .id(id())
            .name("by-token")
            .type(AuthorizerType.TOKEN)
            .authType("custom")
            .authorizerUri(LAMBDA)
            .identitySource("method.request.header.X-Token")
            .identityValidationExpression(maybe("^a.*"))
            .authorizerResultTtlInSeconds(maybe(0))
            .build();
    Authorizer request =
        token.toBuilder()
            .id(id())
            .name("by.request")
            .type(AuthorizerType.REQUEST)
            .identitySource("method.request.querystring.q,context.stage")
            .identityValidationExpression(null)
            .build();
    Authorizer pool =
        Authorizer.builder()
            .id(id())
            .name("pool")
            .type(AuthorizerType.COGNITO_USER_POOLS)
            .authType("cognito_user_pools")
            .identitySource("method.request.header.Authorization")
            .providerARNs("arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a")
            .build();
    Map<String, Authorizer> all = new LinkedHashMap<>();
    List.of(token, request, pool).forEach(a -> all.put(a.id(), a));
    return all;
  }

  private Map<String, RequestValidator> validators() {
    RequestValidator validator =
        RequestValidator.builder()
            .id(id())
            .name("all of it")
            .validateRequestBody(flip())
            .validateRequestParameters(flip())
            .build();
    return Map.of(validator.id(), validator);
  }

  private Map<String, GatewayResponse> gatewayResponses() {
    return flip()
        ? Map.of()
        : Map.of(
            "DEFAULT_4XX",
            GatewayResponse.builder()
                .responseType("DEFAULT_4XX")
                .statusCode(maybe("418"))
                .responseParameters(Map.of("gatewayresponse.header.X", "'1'"))
                .responseTemplates(Map.of("application/json", "{\"m\":$context.error.message}"))
                .defaultResponse(false)
                .build());
  }

  private Map<String, Method> methods(ApiDefinition api, Resource resource) {
    Map<String, Method> methods = new HashMap<>();
    for (String verb : List.of("GET", "POST", "ANY")) {
      if (flip()) {
        methods.put(
            verb,
            MethodRules.checkedWhole(
                api, resource.id(), method(api, resource, verb), Imports.LONGEST_TIMEOUT));
      }
    }
    return methods.isEmpty() ? null : methods;
  }

  private Method method(ApiDefinition api, Resource resource, String verb) {
    Map<String, Boolean> parameters = new LinkedHashMap<>();
    OperationReader.pathVariables(resource.path())
        .forEach(name -> parameters.put("method.request.path." + name, true));
    parameters.put("method.request.querystring.q.with.dots", flip());
    parameters.put("method.request.header.X-H", flip());
    Method.Builder method =
        Method.builder()
            .httpMethod(verb)
            .operationName(maybe("op" + verb + ids.get()))
            .apiKeyRequired(flip())
            .requestParameters(parameters)
            .requestModels(flip() ? Map.of("application/json", "M1") : null)
            .requestValidatorId(maybe(api.requestValidators().keySet().iterator().next()))
            .methodResponses(flip() ? responses() : null)
            .methodIntegration(flip() ? integration() : null);
    List<Authorizer> all = List.copyOf(api.authorizers().values());
    switch (random.nextInt(5)) {
      case 0 -> method.authorizationType("AWS_IAM");
      case 1 -> method.authorizationType("CUSTOM").authorizerId(all.get(0).id());
      case 2 -> method.authorizationType("CUSTOM").authorizerId(all.get(1).id());
      case 3 ->
          method
              .authorizationType("COGNITO_USER_POOLS")
              .authorizerId(all.get(2).id())
              .authorizationScopes("pets/read", "pets/write");
      default -> method.authorizationType("NONE");
    }
    return method.build();
  }

  private Map<String, MethodResponse> responses() {
    MethodResponse ok =
        MethodResponse.builder()
            .statusCode("200")
            .responseParameters(Map.of("method.response.header.X-R", false))
            .responseModels(Map.of("application/json", "M" + random.nextInt(SCHEMAS.size())))
            .build();
    return Map.of("200", ok, "404", MethodResponse.builder().statusCode("404").build());
  }

  private Integration integration() {
    Integration.Builder out =
        Integration.builder()
            .requestTemplates(flip() ? Map.of("application/json", "{\"a\": \"$input\"}\n") : null)
            .passthroughBehavior(flip() ? "NEVER" : "WHEN_NO_TEMPLATES")
            .contentHandling(maybe(ContentHandlingStrategy.CONVERT_TO_TEXT))
            .timeoutInMillis(maybe(1234))
            .cacheNamespace(maybe("shared"))
            .cacheKeyParameters(flip() ? List.of("method.request.header.X-H") : List.of())
            .integrationResponses(flip() ? integrationResponses() : null);
    switch (random.nextInt(3)) {
      case 0 -> out.type(IntegrationType.MOCK);
      case 1 -> out.type(IntegrationType.AWS_PROXY).httpMethod("POST").uri(LAMBDA);
      default ->
          out.type(IntegrationType.HTTP)
              .httpMethod("ANY")
              .uri("https://example.com/${stageVariables.path}")
              .requestParameters(
                  Map.of("integration.request.header.X", "method.request.header.X-H"))
              .connectionType(maybe("VPC_LINK"))
              .connectionId("link12")
              .tlsConfig(maybe(TlsConfig.builder().insecureSkipVerification(true).build()));
    }
    return out.build();
  }

  private Map<String, IntegrationResponse> integrationResponses() {
    return Map.of(
        "200", IntegrationResponse.builder().statusCode("200").build(),
        "404",
            IntegrationResponse.builder()
                .statusCode("404")
                .selectionPattern("4\\d{2}")
                .responseParameters(Map.of("method.response.header.X-R", "'r'"))
                .build());
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> T maybe(T value) {
    return flip() ? value : null;
  }

  private String id() {
    return "g" + ids.incrementAndGet();
  }
}

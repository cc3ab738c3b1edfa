package io.gatehouse.e2e;

import static software.amazon.awssdk.services.apigateway.model.Op.REPLACE;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * What lives inside an API beside its resources, and a valid call of every operation on it.
 *
 * @param version the name of a documentation version
 */
record DefinitionThings(
    String model, String validator, String authorizer, String part, String version) {

  /** Names nothing, though each id is of the right form. */
  static final DefinitionThings NOTHING =
      new DefinitionThings("Nothing", "zzzzz8", "zzzzz9", "zzzza0", "v0");

  /** Operations that find one of these by an id of its own. */
  static final Set<String> OF_PARTS =
      Set.of(
          "GetModel",
          "GetModelTemplate",
          "UpdateModel",
          "DeleteModel",
          "GetRequestValidator",
          "UpdateRequestValidator",
          "DeleteRequestValidator",
          "GetAuthorizer",
          "UpdateAuthorizer",
          "DeleteAuthorizer",
          "GetDocumentationPart",
          "UpdateDocumentationPart",
          "DeleteDocumentationPart",
          "GetDocumentationVersion",
          "UpdateDocumentationVersion",
          "DeleteDocumentationVersion");

  private static final String USER_POOL =
      "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Abc";

  /**
   * @param account whose things they are, for names that no other tenant has
   */
  static DefinitionThings create(String account, String api, ApiGatewayClient client) {
    String name = "Of" + account;
    client.createModel(
        r ->
            r.restApiId(api)
                .name(name)
                .contentType("application/json")
                .schema("{\"type\":\"object\"}"));
    String validator = client.createRequestValidator(r -> r.restApiId(api).name("all")).id();
    String authorizer =
        client
            .createAuthorizer(
                r ->
                    r.restApiId(api)
                        .name("pool")
                        .type("COGNITO_USER_POOLS")
                        .providerARNs(USER_POOL)
                        .identitySource("method.request.header.Authorization"))
            .id();
    String part =
        client
            .createDocumentationPart(
                r -> r.restApiId(api).location(l -> l.type("API")).properties("{\"a\":1}"))
            .id();
    client.createDocumentationVersion(r -> r.restApiId(api).documentationVersion(name));
    return new DefinitionThings(name, validator, authorizer, part, name);
  }

  static void addTo(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    models(calls);
    validators(calls);
    authorizers(calls);
    gatewayResponses(calls);
    documentationParts(calls);
    documentationVersions(calls);
  }

  private static void models(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateModel",
        (c, o) ->
            c.createModel(
                r ->
                    r.restApiId(o.api())
                        .name("Taken")
                        .contentType("application/json")
                        .schema("{\"type\":\"object\"}")));
    calls.put("GetModels", (c, o) -> c.getModels(r -> r.restApiId(o.api())));
    calls.put(
        "GetModel",
        (c, o) ->
            c.getModel(r -> r.restApiId(o.api()).modelName(o.inside().model()).flatten(true)));
    calls.put(
        "GetModelTemplate",
        (c, o) -> c.getModelTemplate(r -> r.restApiId(o.api()).modelName(o.inside().model())));
    calls.put(
        "UpdateModel",
        (c, o) ->
            c.updateModel(
                r ->
                    r.restApiId(o.api())
                        .modelName(o.inside().model())
                        .patchOperations(replace("/description", "taken"))));
    calls.put(
        "DeleteModel",
        (c, o) -> c.deleteModel(r -> r.restApiId(o.api()).modelName(o.inside().model())));
  }

  private static void validators(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateRequestValidator",
        (c, o) -> c.createRequestValidator(r -> r.restApiId(o.api()).name("taken")));
    calls.put("GetRequestValidators", (c, o) -> c.getRequestValidators(r -> r.restApiId(o.api())));
    calls.put(
        "GetRequestValidator",
        (c, o) ->
            c.getRequestValidator(
                r -> r.restApiId(o.api()).requestValidatorId(o.inside().validator())));
    calls.put(
        "UpdateRequestValidator",
        (c, o) ->
            c.updateRequestValidator(
                r ->
                    r.restApiId(o.api())
                        .requestValidatorId(o.inside().validator())
                        .patchOperations(replace("/validateRequestBody", "true"))));
    calls.put(
        "DeleteRequestValidator",
        (c, o) ->
            c.deleteRequestValidator(
                r -> r.restApiId(o.api()).requestValidatorId(o.inside().validator())));
  }

  private static void authorizers(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateAuthorizer",
        (c, o) ->
            c.createAuthorizer(
                r ->
                    r.restApiId(o.api())
                        .name("taken")
                        .type("COGNITO_USER_POOLS")
                        .providerARNs(USER_POOL)
                        .identitySource("method.request.header.Authorization")));
    calls.put("GetAuthorizers", (c, o) -> c.getAuthorizers(r -> r.restApiId(o.api())));
    calls.put(
        "GetAuthorizer",
        (c, o) -> c.getAuthorizer(r -> r.restApiId(o.api()).authorizerId(o.inside().authorizer())));
    calls.put(
        "UpdateAuthorizer",
        (c, o) ->
            c.updateAuthorizer(
                r ->
                    r.restApiId(o.api())
                        .authorizerId(o.inside().authorizer())
                        .patchOperations(replace("/name", "taken"))));
    calls.put(
        "DeleteAuthorizer",
        (c, o) ->
            c.deleteAuthorizer(r -> r.restApiId(o.api()).authorizerId(o.inside().authorizer())));
  }

  private static void gatewayResponses(
      Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put("GetGatewayResponses", (c, o) -> c.getGatewayResponses(r -> r.restApiId(o.api())));
    calls.put(
        "GetGatewayResponse",
        (c, o) -> c.getGatewayResponse(r -> r.restApiId(o.api()).responseType("UNAUTHORIZED")));
    calls.put(
        "PutGatewayResponse",
        (c, o) ->
            c.putGatewayResponse(
                r -> r.restApiId(o.api()).responseType("UNAUTHORIZED").statusCode("418")));
    calls.put(
        "UpdateGatewayResponse",
        (c, o) ->
            c.updateGatewayResponse(
                r ->
                    r.restApiId(o.api())
                        .responseType("UNAUTHORIZED")
                        .patchOperations(replace("/statusCode", "418"))));
    calls.put(
        "DeleteGatewayResponse",
        (c, o) -> c.deleteGatewayResponse(r -> r.restApiId(o.api()).responseType("UNAUTHORIZED")));
  }

  private static void documentationParts(
      Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateDocumentationPart",
        (c, o) ->
            c.createDocumentationPart(
                r ->
                    r.restApiId(o.api())
                        .location(l -> l.type("RESOURCE").path("/taken"))
                        .properties("{}")));
    calls.put(
        "GetDocumentationParts", (c, o) -> c.getDocumentationParts(r -> r.restApiId(o.api())));
    calls.put(
        "GetDocumentationPart",
        (c, o) ->
            c.getDocumentationPart(
                r -> r.restApiId(o.api()).documentationPartId(o.inside().part())));
    calls.put(
        "UpdateDocumentationPart",
        (c, o) ->
            c.updateDocumentationPart(
                r ->
                    r.restApiId(o.api())
                        .documentationPartId(o.inside().part())
                        .patchOperations(replace("/properties", "{\"taken\":true}"))));
    calls.put(
        "DeleteDocumentationPart",
        (c, o) ->
            c.deleteDocumentationPart(
                r -> r.restApiId(o.api()).documentationPartId(o.inside().part())));
    calls.put(
        "ImportDocumentationParts",
        (c, o) ->
            c.importDocumentationParts(
                r ->
                    r.restApiId(o.api())
                        .mode("overwrite")
                        .body(SdkBytes.fromUtf8String(PetStore.document("http://127.0.0.1:1")))));
  }

  private static void documentationVersions(
      Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateDocumentationVersion",
        (c, o) ->
            c.createDocumentationVersion(
                r -> r.restApiId(o.api()).documentationVersion("taken").stageName(o.stage())));
    calls.put(
        "GetDocumentationVersions",
        (c, o) -> c.getDocumentationVersions(r -> r.restApiId(o.api())));
    calls.put(
        "GetDocumentationVersion",
        (c, o) ->
            c.getDocumentationVersion(
                r -> r.restApiId(o.api()).documentationVersion(o.inside().version())));
    calls.put(
        "UpdateDocumentationVersion",
        (c, o) ->
            c.updateDocumentationVersion(
                r ->
                    r.restApiId(o.api())
                        .documentationVersion(o.inside().version())
                        .patchOperations(replace("/description", "taken"))));
    calls.put(
        "DeleteDocumentationVersion",
        (c, o) ->
            c.deleteDocumentationVersion(
                r -> r.restApiId(o.api()).documentationVersion(o.inside().version())));
  }

  /** A text with the ids replaced by what they are ids of. */
  String masked(String text) {
    return text.replace(model, "MODEL")
        .replace(validator, "VALIDATOR")
        .replace(authorizer, "AUTHORIZER")
        .replace(part, "PART");
  }

  static String everything(ApiGatewayClient client, String api) {
    return String.join(
        "\n",
        client.getModels(r -> r.restApiId(api).limit(500)).toString(),
        client.getRequestValidators(r -> r.restApiId(api).limit(500)).toString(),
        client.getAuthorizers(r -> r.restApiId(api).limit(500)).toString(),
        client.getGatewayResponses(r -> r.restApiId(api)).toString(),
        client.getDocumentationParts(r -> r.restApiId(api).limit(500)).toString(),
        client.getDocumentationVersions(r -> r.restApiId(api).limit(500)).toString());
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(REPLACE).path(path).value(value).build();
  }
}

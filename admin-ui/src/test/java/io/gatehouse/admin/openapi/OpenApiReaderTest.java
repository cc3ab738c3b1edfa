package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.openapi.ReportLine.Kind;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.Resource;

class OpenApiReaderTest {

  private static final String HEAD = "openapi: 3.0.1\ninfo: {title: Pets, version: 1.0}\n";
  private static final String MOCK = "x-amazon-apigateway-integration: {type: mock}";

  @Test
  void theTitleIsTheNameAndAnUnquotedVersionStaysAsWritten() {
    ApiDefinition api = Imports.read(HEAD).definition();

    assertEquals("Pets", api.restApi().name());
    assertEquals("1.0", api.restApi().version());
    assertEquals(Map.of(), api.models());
  }

  @Test
  void aDocumentWithoutTitleIsRefusedByName() {
    ApiError refused = assertThrows(ApiError.class, () -> Imports.read("swagger: '2.0'\ninfo: {}"));
    assertEquals("The value at /info/title is missing", refused.getMessage());
  }

  @Test
  void settingsOfTheApiComeFromItsExtensions() {
    ApiDefinition api =
        Imports.read(
                HEAD
                    + """
                    x-amazon-apigateway-api-key-source: authorizer
                    x-amazon-apigateway-binary-media-types: [image/png]
                    x-amazon-apigateway-minimum-compression-size: 5
                    x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}
                    x-amazon-apigateway-policy: {Statement: []}
                    x-amazon-apigateway-gateway-responses:
                      DEFAULT_4XX: {statusCode: 404, responseTemplates: {application/json: '{}'}}
                    tags: [{name: team, x-amazon-apigateway-tag-value: a}, {name: pets}]
                    """)
            .definition();

    assertEquals("AUTHORIZER", api.restApi().apiKeySourceAsString());
    assertEquals(List.of("image/png"), api.restApi().binaryMediaTypes());
    assertEquals(5, api.restApi().minimumCompressionSize());
    assertEquals(true, api.restApi().disableExecuteApiEndpoint());
    assertEquals("{\"Statement\":[]}", api.restApi().policy());
    assertEquals(Map.of("team", "a"), api.restApi().tags());
    GatewayResponse response = api.gatewayResponses().get("DEFAULT_4XX");
    assertEquals("404", response.statusCode());
    assertEquals(Map.of("application/json", "{}"), response.responseTemplates());
  }

  @Test
  void theServersPathIsABasePathWithItsVariablesFilled() {
    String document =
        HEAD
            + "servers: [{url: 'https://x/{stage}/v1', variables: {stage: {default: prod}}}]\n"
            + "paths: {/pets: {get: {}}}";

    assertEquals(List.of("/", "/pets"), paths(document, "ignore"));
    assertEquals(List.of("/", "/prod", "/prod/v1", "/prod/v1/pets"), paths(document, "prepend"));
    assertEquals(List.of("/", "/v1", "/v1/pets"), paths(document, "split"));
    assertThrows(ApiError.class, () -> paths(document, "sideways"));
  }

  @Test
  void parametersOfThePathAreOverriddenByThoseOfTheOperation() {
    Method method =
        method(
            HEAD
                + """
                paths:
                  /a/{id}:
                    parameters:
                      - {name: q, in: query, required: true, schema: {type: string}}
                      - {name: X-H, in: header, required: true}
                    get:
                      parameters: [{$ref: '#/components/parameters/q'}]
                components: {parameters: {q: {name: q, in: query, required: false}}}
                """,
            "/a/{id}",
            "GET");

    assertEquals(
        Map.of(
            "method.request.path.id", true,
            "method.request.querystring.q", false,
            "method.request.header.X-H", true),
        method.requestParameters());
  }

  @Test
  void cookiesAndTraceAndUnknownExtensionsAreWarnedOf() {
    ImportedApi imported =
        Imports.read(
            HEAD
                + """
                x-amazon-apigateway-unheard-of: {}
                paths:
                  /a:
                    trace: {}
                    get: {parameters: [{name: c, in: cookie}], summary: hello, x-mine: 1}
                """);

    assertEquals(
        List.of(
            "Parameters in cookie cannot be declared (at /paths/~1a/get/parameters/0)",
            "The verb TRACE is not served (at /paths/~1a/trace)",
            "The extension x-amazon-apigateway-unheard-of has no effect here"
                + " (at /x-amazon-apigateway-unheard-of)"),
        imported.warnings());
    assertTrue(
        imported
            .report()
            .contains(
                new ReportLine("/paths/~1a/get/summary", Kind.CONVERTED, "Became documentation")));
    assertTrue(
        imported
            .report()
            .contains(
                new ReportLine(
                    "/paths/~1a/get/x-mine", Kind.DROPPED, "Has no meaning for a gateway")));
  }

  @Test
  void warningsFailTheImportIfAskedTo() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                Imports.overwrite(
                    (HEAD + "paths: {/a: {trace: {}}}").getBytes(UTF_8), Map.of(), true));
    assertEquals(
        "Warnings found during import:\n\tThe verb TRACE is not served (at /paths/~1a/trace)",
        refused.getMessage());
  }

  @Test
  void allErrorsAreToldTogether() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                Imports.read(
                    HEAD
                        + """
                        paths:
                          /a b: {get: {}}
                          /c:
                            get: {x-amazon-apigateway-integration: {type: http}}
                            put: {x-amazon-apigateway-integration: {type: magic}}
                        """));
    assertEquals(
        """
        Errors found during import:
        	Unable to put method 'PUT' on resource at path '/c': The value at \
        /paths/~1c/put/x-amazon-apigateway-integration/type is not known: magic
        	Unable to create resource at path '/a b': Resource's path part only allow \
        a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.
        	Unable to put method 'GET' on resource at path '/c': Enumeration value for HttpMethod \
        must be non-empty""",
        refused.getMessage());
  }

  @Test
  void securityBecomesAuthorizersKeysAndIam() {
    String document =
        HEAD
            + """
            security: [{key: []}]
            paths:
              /a:
                get: {}
                put: {security: [{mine: []}]}
                post: {security: [{pool: [email]}]}
                patch: {security: [{iam: []}]}
                delete: {security: []}
                head: {security: [{basic: []}]}
            components:
              securitySchemes:
                key: {type: apiKey, in: header, name: X-API-Key}
                iam: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4}
                basic: {type: http, scheme: basic}
                mine:
                  {type: apiKey, in: header, name: Token, x-amazon-apigateway-authorizer: {type: token, authorizerUri: 'arn:x'}}
                pool:
                  {type: apiKey, in: header, name: Auth, x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: ['arn:p']}}
            """;
    ImportedApi imported = Imports.read(document);
    Map<String, Method> methods =
        ResourceTree.find(imported.definition(), "/a").orElseThrow().resourceMethods();

    assertTrue(methods.get("GET").apiKeyRequired());
    assertEquals("NONE", methods.get("GET").authorizationType());
    assertEquals("CUSTOM", methods.get("PUT").authorizationType());
    assertEquals("COGNITO_USER_POOLS", methods.get("POST").authorizationType());
    assertEquals(List.of("email"), methods.get("POST").authorizationScopes());
    assertEquals("AWS_IAM", methods.get("PATCH").authorizationType());
    assertEquals("NONE", methods.get("DELETE").authorizationType());
    assertEquals(false, methods.get("DELETE").apiKeyRequired());
    Authorizer mine = imported.definition().authorizers().get(methods.get("PUT").authorizerId());
    assertEquals("method.request.header.Token", mine.identitySource());
    assertEquals(
        List.of(
            "The security scheme basic has no authorizer, so it protects nothing"
                + " (at /paths/~1a/head/security/0/basic)"),
        imported.warnings());
  }

  @Test
  void anUndefinedSchemeIsAnErrorAndNotAnOpenMethod() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () -> Imports.read(HEAD + "paths: {/a: {get: {security: [{nope: []}]}}}"));
    assertTrue(
        refused
            .getMessage()
            .endsWith("The security scheme at /paths/~1a/get/security/0/nope is not defined"),
        refused.getMessage());
  }

  @Test
  void schemasInPlaceAndInsideOthersBecomeModels() {
    ApiDefinition api =
        Imports.read(
                HEAD
                    + """
                    paths:
                      /a:
                        post:
                          requestBody:
                            content:
                              application/json: {schema: {type: object}}
                              text/xml: {schema: {$ref: '#/components/schemas/My-Pet'}}
                              text/plain:
                                schema: {$ref: '#/components/schemas/My-Pet/properties/name'}
                    components:
                      schemas:
                        My-Pet: {properties: {name: {type: string, nullable: true}}}
                    """)
            .definition();

    Map<String, String> used =
        ResourceTree.find(api, "/a").orElseThrow().resourceMethods().get("POST").requestModels();
    assertEquals("MyPet", used.get("text/xml"));
    assertTrue(used.get("application/json").startsWith("MODEL"), used.toString());
    Model inner = api.models().get(used.get("text/plain"));
    assertEquals("{\"type\":[\"string\",\"null\"]}", inner.schema().replaceAll("\\s", ""));
    assertEquals(3, api.models().size());
  }

  @Test
  void overwritingDropsWhatTheDocumentLacksAndKeepsIdsOfWhatItHas() {
    ApiDefinition before =
        Imports.read(HEAD + "paths: {/a: {get: {" + MOCK + "}}, /b: {get: {" + MOCK + "}}}")
            .definition();

    ApiDefinition after =
        Imports.overwrite(before, HEAD + "paths: {/b: {put: {" + MOCK + "}}}").definition();

    Resource b = ResourceTree.find(after, "/b").orElseThrow();
    assertEquals(ResourceTree.find(before, "/b").orElseThrow().id(), b.id());
    assertEquals(Set.of("PUT"), b.resourceMethods().keySet());
    assertTrue(ResourceTree.find(after, "/a").isEmpty());
    assertEquals(before.restApi().id(), after.restApi().id());
    assertEquals(before.restApi().rootResourceId(), after.restApi().rootResourceId());
  }

  @Test
  void mergingAddsAndTheDocumentsMethodWins() {
    ApiDefinition before =
        Imports.read(
                HEAD + "paths: {/a: {get: {operationId: old, " + MOCK + "}, put: {" + MOCK + "}}}")
            .definition();

    ApiDefinition after =
        Imports.merge(
                before,
                "openapi: 3.0.1\ninfo: {title: Other}\n"
                    + "paths: {/a: {get: {operationId: new}}, /c: {get: {}}}")
            .definition();

    Map<String, Method> methods = ResourceTree.find(after, "/a").orElseThrow().resourceMethods();
    assertEquals("new", methods.get("GET").operationName());
    assertNull(methods.get("GET").methodIntegration());
    assertTrue(methods.containsKey("PUT"));
    assertTrue(ResourceTree.find(after, "/c").isPresent());
    assertEquals("Pets", after.restApi().name());
  }

  @Test
  void anyMethodAndIntegrationMembersAreTaken() {
    Method any =
        method(
            HEAD
                + """
                paths:
                  /{proxy+}:
                    x-amazon-apigateway-any-method:
                      x-amazon-apigateway-integration:
                        type: http_proxy
                        httpMethod: any
                        uri: http://${stageVariables.host}/{proxy}
                        passthroughBehavior: when_no_templates
                        timeoutInMillis: 5000
                        cacheKeyParameters: [method.request.path.proxy]
                        contentHandling: convert_to_text
                        responses: {'2\\d{2}': {statusCode: 200}, default: {statusCode: '500'}}
                """,
            "/{proxy+}",
            "ANY");

    assertEquals("ANY", any.methodIntegration().httpMethod());
    assertEquals("WHEN_NO_TEMPLATES", any.methodIntegration().passthroughBehavior());
    assertEquals(5000, any.methodIntegration().timeoutInMillis());
    assertEquals("CONVERT_TO_TEXT", any.methodIntegration().contentHandlingAsString());
    assertEquals(
        "2\\d{2}", any.methodIntegration().integrationResponses().get("200").selectionPattern());
    assertNull(any.methodIntegration().integrationResponses().get("500").selectionPattern());
    assertEquals(Map.of("method.request.path.proxy", true), any.requestParameters());
  }

  private static Method method(String document, String path, String verb) {
    return ResourceTree.find(Imports.read(document).definition(), path)
        .orElseThrow()
        .resourceMethods()
        .get(verb);
  }

  private static List<String> paths(String document, String basePath) {
    ApiDefinition api =
        Imports.overwrite(document.getBytes(UTF_8), Map.of("basepath", basePath), false)
            .definition();
    return ResourceTree.sorted(api).stream().map(Resource::path).toList();
  }
}

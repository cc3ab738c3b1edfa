package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesResponse;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.PutMethodRequest;
import software.amazon.awssdk.services.apigateway.model.PutRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UpdateIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateMethodRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateRestApiRequest;

/** Recorded answers to editing an API, on the operations with a store in memory. */
class RestApisTest {

  private static final Settings SETTINGS =
      Kit.settings(Map.of("GATEHOUSE_MAX_TIMEOUT_MS", "60000"));

  private final Caller caller =
      new Caller(
          "111111111111", "us-east-1", "me", Set.of(Caller.Role.OWNER), Caller.Door.MANAGEMENT_API);
  private final MemoryStore store = new MemoryStore();
  private final Ids ids = new Ids(new Random(1));
  private final RestApis apis =
      new RestApis(
          store, new NoPublisher(), ids, () -> Instant.ofEpochSecond(1_700_000_000), SETTINGS);
  private final Methods methods = new Methods(store);
  private final Integrations integrations = new Integrations(store, SETTINGS);
  private final Resources resources = new Resources(store, ids);
  private RestApi api;

  @BeforeEach
  void anApi() {
    api =
        apis.createRestApi(
            caller,
            CreateRestApiRequest.builder().name("test").description("this is my api").build());
  }

  @Test
  void createAnswersNoTagsAndUpdateAnswersEmptyOnes() {
    assertFalse(Wire.write(api).containsKey("tags"));
    assertTrue(Wire.write(patch(replace("/name", "new"))).containsKey("tags"));
  }

  @Test
  void binaryMediaTypesAreEditedLikeMapKeys() {
    RestApi added =
        patch(
            op(Op.ADD, "/binaryMediaTypes/image~1png", null),
            op(Op.ADD, "/binaryMediaTypes/image~1jpeg", null));
    RestApi replaced = patch(replace("/binaryMediaTypes/image~1png", "image/gif"));
    RestApi removed =
        patch(
            op(Op.REMOVE, "/binaryMediaTypes/image~1gif", null),
            op(Op.REMOVE, "/description", null));

    assertEquals(List.of("image/png", "image/jpeg"), added.binaryMediaTypes());
    assertEquals(List.of("image/jpeg", "image/gif"), replaced.binaryMediaTypes());
    assertEquals(List.of("image/jpeg"), removed.binaryMediaTypes());
    assertEquals(null, removed.description());
  }

  @Test
  void compressionIsSetClearedZeroedAndChecked() {
    String wrong = "Invalid minimum compression size, must be between 0 and 10485760";
    assertEquals(10, patch(replace("/minimumCompressionSize", "10")).minimumCompressionSize());
    assertEquals(null, patch(replace("/minimumCompressionSize", "")).minimumCompressionSize());
    assertEquals(0, patch(replace("/minimumCompressionSize", "0")).minimumCompressionSize());
    assertRefused(wrong, () -> patch(replace("/minimumCompressionSize", "-1")));
    assertRefused(wrong, () -> patch(replace("/minimumCompressionSize", "test")));
    assertRefused(
        "Invalid patch operation specified. Must be one of: [replace]",
        () -> patch(op(Op.ADD, "/minimumCompressionSize", "10")));
  }

  @Test
  void endpointsAreChangedAsRecorded() {
    RestApi changed =
        patch(
            replace("/endpointConfiguration/types/0", "EDGE"),
            replace("/endpointConfiguration/types/0", "REGIONAL"),
            replace("/endpointConfiguration/types/0", "PRIVATE"));
    assertEquals(
        "{\"types\":[\"PRIVATE\"],\"ipAddressType\":\"dualstack\"}",
        Wire.write(changed.endpointConfiguration()).toString());
    assertRefused(
        "Only dualstack ipAddressType is supported for Private APIs.",
        () -> patch(replace("/endpointConfiguration/ipAddressType", "ipv4")));
    assertRefused(
        "ipAddressType must be either ipv4 or dualstack.",
        () -> patch(replace("/endpointConfiguration/ipAddressType", "wrong")));
    assertRefused(
        "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE",
        () -> patch(replace("/endpointConfiguration/types/0", "wrong")));
    assertRefused(
        "Invalid patch operation specified. Must be one of: [replace]",
        () -> patch(op(Op.REMOVE, "/endpointConfiguration/ipAddressType", "dualstack")));
    assertRefused(
        "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
        () -> patch(op(Op.REMOVE, "/endpointConfiguration/types/0", "EDGE")));
  }

  @Test
  void aPolicyIsSpeltOutAndItsQuotesAreEscapedOnceMore() {
    RestApi shown =
        patch(
            replace(
                "/policy",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                    + "\"Resource\":[\"execute-api:/*\"]}]}"));

    assertEquals(
        "{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\","
            + "\\\"Action\\\":\\\"*\\\","
            + "\\\"Resource\\\":\\\"arn:aws:execute-api:us-east-1:111111111111:"
            + api.id()
            + "/*\\\"}]}",
        shown.policy());
    assertEquals(shown.policy(), patch(replace("/name", "x")).policy());
    assertEquals(null, patch(replace("/policy", "")).policy());
  }

  @Test
  void methodPatchesAreRefusedAsRecorded() {
    methods.putMethod(
        caller,
        PutMethodRequest.builder()
            .restApiId(api.id())
            .resourceId(api.rootResourceId())
            .httpMethod("ANY")
            .authorizationType("NONE")
            .apiKeyRequired(true)
            .build());
    String replaceOnly = "Invalid patch operation specified. Must be one of: [replace]";
    assertRefused(replaceOnly, () -> method(op(Op.ADD, "/operationName", "x")));
    assertRefused(replaceOnly, () -> method(op(Op.ADD, "/requestValidatorId", "wrong-id")));
    assertRefused("Invalid patch path /httpMethod", () -> method(op(Op.ADD, "/httpMethod", "PUT")));
    assertRefused(
        "Invalid patch path /requestParameters", () -> method(replace("/requestParameters", "x")));
    assertRefused(
        "Invalid patch path /requestModels/application/json",
        () -> method(op(Op.ADD, "/requestModels/application/json", "Empty")));
    assertRefused(
        "Invalid Request Validator identifier specified",
        () -> method(replace("/requestValidatorId", "fake-id")));
    assertEquals(
        "{\"httpMethod\":\"ANY\",\"authorizationType\":\"NONE\",\"apiKeyRequired\":false}",
        Wire.write(method(replace("/apiKeyRequired", "whatever"))).toString());
    assertEquals(
        "{\"httpMethod\":\"ANY\",\"authorizationType\":\"NONE\",\"apiKeyRequired\":false}",
        Wire.write(method(replace("/authorizerId", "abc123"))).toString());
  }

  @Test
  void anUnknownApiIsAnUnknownResourceToItsMethods() {
    assertRefused(
        "Invalid Resource identifier specified",
        () ->
            methods.putMethod(
                caller,
                PutMethodRequest.builder()
                    .restApiId("fake-api")
                    .resourceId("x")
                    .httpMethod("WRONG")
                    .authorizationType("NONE")
                    .build()));
    assertRefused(
        "Enumeration value for HttpMethod must be non-empty",
        () ->
            integrations.putIntegration(
                caller,
                PutIntegrationRequest.builder()
                    .restApiId("fake-api")
                    .resourceId("x")
                    .httpMethod("GET")
                    .type("HTTP")
                    .build()));
  }

  @Test
  void resourcePatchesNameTheirPathsWithTwoBlanks() {
    assertRefused(
        "Invalid patch path  '/path' specified for op 'replace'. Must be one of: [/pathPart,"
            + " /parentId]",
        () ->
            resources.updateResource(
                caller,
                UpdateResourceRequest.builder()
                    .restApiId(api.id())
                    .resourceId(api.rootResourceId())
                    .patchOperations(replace("/path", "x"))
                    .build()));
  }

  @Test
  void resourcesAreListedPageByPageWithoutTheirMethods() {
    put("openapi: 3.0.1\ninfo: {title: t}\npaths: {/a: {get: {}}, /b: {get: {}}, /c: {get: {}}}");

    GetResourcesResponse first = list(null);
    GetResourcesResponse second = list(first.position());

    assertEquals(List.of("/", "/a"), first.items().stream().map(r -> r.path()).toList());
    assertEquals(List.of("/b", "/c"), second.items().stream().map(r -> r.path()).toList());
    assertEquals(null, second.position());
    assertTrue(
        Wire.write(second.items().getFirst())
            .toString()
            .contains("\"resourceMethods\":{\"GET\":{}}"));
  }

  @Test
  void aDocumentIsParsedBeforeTheApiIsLookedForAndNothingIsStoredOfABadOne() {
    assertTrue(
        assertThrows(
                ApiError.class,
                () ->
                    apis.putRestApi(
                        caller,
                        PutRestApiRequest.builder()
                            .restApiId("unknown")
                            .body(SdkBytes.fromUtf8String("{'key:value}"))
                            .build()))
            .getMessage()
            .startsWith("Invalid OpenAPI input."));
    int before = store.all.size();
    assertThrows(
        ApiError.class,
        () ->
            apis.importRestApi(
                caller,
                ImportRestApiRequest.builder()
                    .body(SdkBytes.fromUtf8String("openapi: 3.0.1\ninfo: {title: t}\npaths: []"))
                    .build()));
    assertEquals(before, store.all.size());
  }

  @Test
  void aCloneHasEverythingUnderANewIdAndItsOwnModels() {
    put(
        "openapi: 3.0.1\ninfo: {title: t}\npaths: {/a: {get: {}}}\n"
            + "components: {schemas: {A: {properties: {b: {$ref: '#/components/schemas/A'}}}}}\n"
            + "x-amazon-apigateway-cors: {allowOrigins: ['*']}");

    RestApi clone =
        apis.createRestApi(
            caller, CreateRestApiRequest.builder().name("copy").cloneFrom(api.id()).build());

    ApiDefinition copy = store.all.get(clone.id());
    assertEquals("copy", clone.name());
    assertEquals(2, copy.resources().size());
    assertEquals(List.of("*"), copy.cors().get(CorsRules.WHOLE_API).allowOrigins());
    assertTrue(copy.models().get("A").schema().contains("/restapis/" + clone.id() + "/models/A"));
  }

  @Test
  void anIntegrationMayWaitAsLongAsTheOperatorLets() {
    String tooLong = "Timeout should be between 50 ms and 60000 ms";
    put(document(60_000));
    assertTrue(
        assertThrows(ApiError.class, () -> put(document(60_001))).getMessage().contains(tooLong));

    assertEquals(60_000, putMock(60_000).timeoutInMillis());
    assertRefused(tooLong, () -> putMock(60_001));
    assertEquals(59_000, mockPatched("59000").timeoutInMillis());
    assertRefused(tooLong, () -> mockPatched("60001"));
  }

  private static String document(int timeoutInMillis) {
    return "openapi: 3.0.1\ninfo: {title: t}\npaths: {/: {get: {x-amazon-apigateway-integration: "
        + "{type: mock, timeoutInMillis: "
        + timeoutInMillis
        + "}}}}";
  }

  private Integration putMock(int timeoutInMillis) {
    return integrations.putIntegration(
        caller,
        PutIntegrationRequest.builder()
            .restApiId(api.id())
            .resourceId(api.rootResourceId())
            .httpMethod("GET")
            .type("MOCK")
            .timeoutInMillis(timeoutInMillis)
            .build());
  }

  private Integration mockPatched(String timeoutInMillis) {
    return integrations.updateIntegration(
        caller,
        UpdateIntegrationRequest.builder()
            .restApiId(api.id())
            .resourceId(api.rootResourceId())
            .httpMethod("GET")
            .patchOperations(replace("/timeoutInMillis", timeoutInMillis))
            .build());
  }

  private GetResourcesResponse list(String position) {
    return resources.getResources(
        caller,
        GetResourcesRequest.builder().restApiId(api.id()).limit(2).position(position).build());
  }

  private void put(String document) {
    apis.putRestApi(
        caller,
        PutRestApiRequest.builder()
            .restApiId(api.id())
            .mode("overwrite")
            .body(SdkBytes.fromUtf8String(document))
            .build());
  }

  private RestApi patch(PatchOperation... operations) {
    return apis.updateRestApi(
        caller,
        UpdateRestApiRequest.builder().restApiId(api.id()).patchOperations(operations).build());
  }

  private Method method(PatchOperation operation) {
    return methods.updateMethod(
        caller,
        UpdateMethodRequest.builder()
            .restApiId(api.id())
            .resourceId(api.rootResourceId())
            .httpMethod("ANY")
            .patchOperations(operation)
            .build());
  }

  private static PatchOperation replace(String path, String value) {
    return op(Op.REPLACE, path, value);
  }

  private static PatchOperation op(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(ApiError.class, action).getMessage());
  }

  private static final class NoPublisher extends Publisher {}

  private static final class MemoryStore extends ApiStore {

    @Override
    public long count(Caller caller) {
      return 0;
    }

    private final Map<String, ApiDefinition> all = new LinkedHashMap<>();

    @Override
    public ApiDefinition create(Caller caller, ApiDefinition definition) {
      all.put(definition.restApi().id(), definition);
      return definition;
    }

    @Override
    public Optional<ApiDefinition> find(Caller caller, String apiId) {
      return Optional.ofNullable(all.get(apiId));
    }

    @Override
    public ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
      return editIfThere(caller, apiId, change)
          .orElseThrow(() -> ApiError.notFound("Invalid API identifier specified " + apiId));
    }

    @Override
    public Optional<ApiDefinition> editIfThere(
        Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
      return find(caller, apiId)
          .map(
              api -> {
                ApiDefinition next = change.apply(api);
                all.put(apiId, next);
                return next;
              });
    }
  }
}

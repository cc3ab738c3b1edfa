package io.gatehouse.admin.operations;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.openapi.ImportParameters;
import io.gatehouse.admin.openapi.ImportedApi;
import io.gatehouse.admin.openapi.OpenApiDocument;
import io.gatehouse.admin.openapi.OpenApiReader;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourcePolicy;
import io.gatehouse.model.definition.RestApiRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.PutMode;
import software.amazon.awssdk.services.apigateway.model.PutRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UpdateRestApiRequest;

/**
 * REST APIs, made by hand or of OpenAPI documents. Imitates the RestApi pages of the API reference.
 */
@ApplicationScoped
public class RestApis implements Operations {

  private ApiStore apis;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;
  private Duration longestTimeout;

  protected RestApis() {}

  @Inject
  public RestApis(
      ApiStore apis, Publisher publisher, Ids ids, InstantSource clock, Settings settings) {
    this.apis = apis;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
    this.longestTimeout = settings.longestTimeout();
  }

  @Operation(value = "POST /restapis", status = 201)
  public RestApi createRestApi(Caller caller, CreateRestApiRequest in) {
    RestApiRules.checkCount(apis.count(caller));
    String id = ids.restApi();
    RestApi wanted = wanted(in);
    ApiDefinition made =
        in.cloneFrom() == null || in.cloneFrom().isEmpty()
            ? RestApiRules.create(wanted, id, ids.rootResource(), ids::small, now())
            : cloned(apis.get(caller, in.cloneFrom()), wanted, id);
    return shown(apis.create(caller, withStoredPolicy(caller, made)).restApi());
  }

  @Operation("GET /restapis/{restapi_id}")
  public RestApi getRestApi(Caller caller, GetRestApiRequest in) {
    return shownWithTags(apis.get(caller, in.restApiId()).restApi());
  }

  @Operation("GET /restapis")
  public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
    Page<RestApi> page =
        apis.list(caller, new Page.Ask(in.position(), in.limit())).map(api -> shown(api.restApi()));
    return GetRestApisResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}")
  public RestApi updateRestApi(Caller caller, UpdateRestApiRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api -> {
              ApiDefinition changed =
                  RestApiRules.update(
                      api, r -> RestApiPatches.RULES.apply(r, in.patchOperations()));
              return samePolicy(api, changed) ? changed : withStoredPolicy(caller, changed);
            });
    return shownWithTags(after.restApi());
  }

  /** Its stages are gone with it, from the nodes also. */
  @Operation(value = "DELETE /restapis/{restapi_id}", status = 202)
  public void deleteRestApi(Caller caller, DeleteRestApiRequest in) {
    List<StoredStage> stages = apis.delete(caller, in.restApiId());
    stages.forEach(publisher::gone);
  }

  @Operation(value = "POST /restapis?mode=import", status = 201)
  public RestApi importRestApi(Caller caller, ImportRestApiRequest in) {
    OpenApiDocument document = document(in.body());
    ImportParameters parameters = parameters(in.parameters(), in.failOnWarnings());
    ImportedApi imported = imported(document, parameters);
    RestApiRules.checkCount(apis.count(caller));
    apis.create(caller, withStoredPolicy(caller, imported.definition()));
    return shownWithWarnings(shown(imported.definition().restApi()), imported);
  }

  /** The document is read before the API is looked for, as the recordings show. */
  @Operation("PUT /restapis/{restapi_id}")
  public RestApi putRestApi(Caller caller, PutRestApiRequest in) {
    OpenApiDocument document = document(in.body());
    ImportParameters parameters = parameters(in.parameters(), in.failOnWarnings());
    OpenApiReader reader = reader();
    AtomicReference<ImportedApi> imported = new AtomicReference<>();
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api -> {
              imported.set(
                  in.mode() == PutMode.OVERWRITE
                      ? reader.overwrite(api, document, parameters)
                      : reader.merge(api, document, parameters));
              ApiDefinition next = imported.get().definition();
              return samePolicy(api, next) ? next : withStoredPolicy(caller, next);
            });
    return shownWithWarnings(shownWithTags(after.restApi()), imported.get());
  }

  /** What ImportRestApi would make of the document, with the whole report; nothing is stored. */
  @ConsoleQuery
  public ImportedApi previewImport(Caller caller, ImportRestApiRequest in) {
    return imported(document(in.body()), parameters(in.parameters(), in.failOnWarnings()));
  }

  private ImportedApi imported(OpenApiDocument document, ImportParameters parameters) {
    RestApi unnamed = RestApi.builder().name("import").build();
    ApiDefinition bare = RestApiRules.bare(unnamed, ids.restApi(), ids.rootResource(), now());
    return reader().overwrite(bare, document, parameters);
  }

  private OpenApiReader reader() {
    return new OpenApiReader(ids::small, longestTimeout);
  }

  private static OpenApiDocument document(SdkBytes body) {
    return OpenApiDocument.parse(body == null ? new byte[0] : body.asByteArrayUnsafe());
  }

  private static ImportParameters parameters(Map<String, String> parameters, Boolean fail) {
    return ImportParameters.of(parameters, Boolean.TRUE.equals(fail));
  }

  private static RestApi wanted(CreateRestApiRequest in) {
    return RestApi.builder()
        .name(in.name())
        .description(in.description())
        .version(in.version())
        .binaryMediaTypes(in.binaryMediaTypes())
        .minimumCompressionSize(in.minimumCompressionSize())
        .apiKeySource(in.apiKeySourceAsString())
        .endpointConfiguration(in.endpointConfiguration())
        .policy(in.policy())
        .tags(in.tags())
        .disableExecuteApiEndpoint(in.disableExecuteApiEndpoint())
        .securityPolicy(in.securityPolicyAsString())
        .endpointAccessMode(in.endpointAccessModeAsString())
        .build();
  }

  /**
   * Everything but stages, deployments and documentation; models that refer to each other follow to
   * the copy.
   */
  private ApiDefinition cloned(ApiDefinition original, RestApi wanted, String id) {
    String text =
        original
            .withoutDocumentation()
            .toJson()
            .toString()
            .replace(
                "/restapis/" + original.restApi().id() + "/models/",
                "/restapis/" + id + "/models/");
    try (var reader = JSON.createReader(new StringReader(text))) {
      RestApi restApi =
          wanted.toBuilder()
              .id(id)
              .rootResourceId(original.restApi().rootResourceId())
              .createdDate(now())
              .build();
      return ApiDefinition.fromJson(reader.readObject()).withRestApi(RestApiRules.checked(restApi));
    }
  }

  /** Answers tell whole seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean samePolicy(ApiDefinition before, ApiDefinition after) {
    return Optional.ofNullable(before.restApi().policy())
        .equals(Optional.ofNullable(after.restApi().policy()));
  }

  private static ApiDefinition withStoredPolicy(Caller caller, ApiDefinition api) {
    RestApi restApi = api.restApi();
    if (restApi.policy() == null) {
      return api;
    }
    String arn =
        "arn:aws:execute-api:" + caller.region() + ":" + caller.account() + ":" + restApi.id();
    String stored = ResourcePolicy.stored(restApi.policy(), arn);
    return api.withRestApi(restApi.toBuilder().policy(stored).build());
  }

  private static RestApi shown(RestApi restApi) {
    return restApi.policy() == null
        ? restApi
        : restApi.toBuilder().policy(ResourcePolicy.shown(restApi.policy())).build();
  }

  private static RestApi shownWithTags(RestApi restApi) {
    RestApi shown = shown(restApi);
    return shown.hasTags() ? shown : shown.toBuilder().tags(Map.of()).build();
  }

  private static RestApi shownWithWarnings(RestApi shown, ImportedApi imported) {
    return imported.warnings().isEmpty()
        ? shown
        : shown.toBuilder().warnings(imported.warnings()).build();
  }
}

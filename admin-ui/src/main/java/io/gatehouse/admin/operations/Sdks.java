package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.openapi.ExportParameters;
import io.gatehouse.admin.openapi.OpenApiWriter;
import io.gatehouse.admin.sdk.SdkGenerator;
import io.gatehouse.admin.sdk.SdkLanguage;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.GetSdkRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkResponse;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypeRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypesRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypesResponse;
import software.amazon.awssdk.services.apigateway.model.SdkType;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Clients of what a stage serves. Imitates the SDK pages of the API reference; the clients call
 * this installation, and the languages are the vendor's and two more.
 */
@ApplicationScoped
public class Sdks implements Operations {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm'Z'").withZone(ZoneOffset.UTC);
  private static final int MOST_PER_ACCOUNT = 2;
  private static final int MOST_IN_ALL = 8;

  private final Turns turns = new Turns("SDK requests", MOST_PER_ACCOUNT, MOST_IN_ALL);
  private StageStore stages;
  private DeploymentStore deployments;
  private SdkGenerator generator;
  private Settings settings;
  private InstantSource clock;

  protected Sdks() {}

  @Inject
  public Sdks(
      StageStore stages,
      DeploymentStore deployments,
      SdkGenerator generator,
      Settings settings,
      InstantSource clock) {
    this.stages = stages;
    this.deployments = deployments;
    this.generator = generator;
    this.settings = settings;
    this.clock = clock;
  }

  /** All of them: they fit on one page. */
  @Operation("GET /sdktypes")
  public GetSdkTypesResponse getSdkTypes(Caller caller, GetSdkTypesRequest in) {
    return GetSdkTypesResponse.builder()
        .items(Arrays.stream(SdkLanguage.values()).map(SdkLanguage::shape).toList())
        .build();
  }

  @Operation("GET /sdktypes/{sdktype_id}")
  public SdkType getSdkType(Caller caller, GetSdkTypeRequest in) {
    return SdkLanguage.find(in.id())
        .orElseThrow(() -> ApiError.notFound("Invalid SDK type identifier specified"))
        .shape();
  }

  @Operation("GET /restapis/{restapi_id}/stages/{stage_name}/sdks/{sdk_type}")
  public GetSdkResponse getSdk(Caller caller, GetSdkRequest in) {
    SdkLanguage language = SdkLanguage.find(in.sdkType()).orElseThrow(Sdks::unknownType);
    Map<String, String> options = language.options(in.parameters());
    Stage stage = stages.get(caller, in.restApiId(), in.stageName()).body();
    ApiDefinition deployed =
        deployments.definition(caller.account(), in.restApiId(), stage.deploymentId());
    ExportParameters export =
        ExportParameters.of("oas30", Map.of(), caller.region(), in.stageName());
    try (Turns.Turn turn = turns.take(caller.account())) {
      byte[] zip =
          generator.generate(
              language,
              options,
              OpenApiWriter.write(deployed, export),
              address(in.restApiId(), in.stageName()));
      return GetSdkResponse.builder()
          .contentType("application/octet-stream")
          .contentDisposition(
              "attachment; filename=\"%s_%s.zip\""
                  .formatted(language.id(), TIME.format(clock.instant())))
          .body(SdkBytes.fromByteArrayUnsafe(zip))
          .build();
    }
  }

  private String address(String apiId, String stageName) {
    return settings.gatewayUrls().getFirst() + "/_aws/execute-api/" + apiId + "/" + stageName;
  }

  private static ApiError unknownType() {
    return ApiError.badRequest(
        "Invalid SDK type specified. Must be one of: ["
            + Arrays.stream(SdkLanguage.values())
                .map(SdkLanguage::id)
                .collect(Collectors.joining(", "))
            + "]");
  }
}

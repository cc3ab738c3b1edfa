package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.FunctionCodeStore.Code;
import io.gatehouse.admin.store.LayerStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredLayerVersion;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionByArnRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.LayerVersionContentInput;
import software.amazon.awssdk.services.lambda.model.LayerVersionsListItem;
import software.amazon.awssdk.services.lambda.model.LayersListItem;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsRequest;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsResponse;
import software.amazon.awssdk.services.lambda.model.ListLayersRequest;
import software.amazon.awssdk.services.lambda.model.ListLayersResponse;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;

/** Archives that functions share. Imitates the Layer pages of the API reference. */
@ApplicationScoped
public class Layers implements Operations {

  private static final int LONGEST_LICENCE = 512;

  private LayerStore layers;
  private FunctionCode codes;
  private FunctionConfigurations configurations;

  protected Layers() {}

  @Inject
  public Layers(LayerStore layers, FunctionCode codes, FunctionConfigurations configurations) {
    this.layers = layers;
    this.codes = codes;
    this.configurations = configurations;
  }

  @Operation(value = "POST /2018-10-31/layers/{LayerName}/versions", status = 201)
  public GetLayerVersionResponse publishLayerVersion(Caller caller, PublishLayerVersionRequest in) {
    String name = name(caller, in.layerName());
    refuseIf(name.length() > 64, "The name of a layer may have at most 64 characters");
    LayerVersionContentInput content = in.content();
    refuseIf(
        content.s3Bucket() != null || content.s3Key() != null,
        "Code is taken as ZipFile only: S3Bucket is not supported here");
    refuseIf(content.zipFile() == null, "Please provide a source for the layer's content.");
    in.compatibleRuntimesAsStrings().forEach(FunctionRules::runtime);
    refuseIf(in.compatibleRuntimesAsStrings().size() > 15, "At most 15 CompatibleRuntimes");
    in.compatibleArchitecturesAsStrings()
        .forEach(a -> refuseIf(!a.matches("x86_64|arm64"), "Architectures are x86_64 and arm64"));
    refuseIf(
        in.licenseInfo() != null && in.licenseInfo().length() > LONGEST_LICENCE,
        "LicenseInfo may have at most " + LONGEST_LICENCE + " characters");
    Code code = codes.keep(caller, content.zipFile());
    return layers
        .publish(caller, name, code.sha256(), number -> body(caller, name, number, code, in))
        .body();
  }

  private GetLayerVersionResponse body(
      Caller caller, String name, long number, Code code, PublishLayerVersionRequest in) {
    String arn =
        new Arn("aws", "lambda", caller.region(), caller.account(), "layer:" + name).toString();
    return GetLayerVersionResponse.builder()
        .content(c -> c.codeSha256(FunctionCode.inBase64(code.sha256())).codeSize(code.size()))
        .layerArn(arn)
        .layerVersionArn(arn + ":" + number)
        .description(Optional.ofNullable(in.description()).orElse(""))
        .createdDate(configurations.now())
        .version(number)
        .compatibleRuntimesWithStrings(
            in.hasCompatibleRuntimes() ? in.compatibleRuntimesAsStrings() : null)
        .compatibleArchitecturesWithStrings(
            in.hasCompatibleArchitectures() ? in.compatibleArchitecturesAsStrings() : null)
        .licenseInfo(in.licenseInfo())
        .build();
  }

  @Operation("GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}")
  public GetLayerVersionResponse getLayerVersion(Caller caller, GetLayerVersionRequest in) {
    return get(caller, in.layerName(), in.versionNumber()).body();
  }

  @Operation("GET /2018-10-31/layers?find=LayerVersion")
  public GetLayerVersionResponse getLayerVersionByArn(
      Caller caller, GetLayerVersionByArnRequest in) {
    int end = in.arn().lastIndexOf(':');
    return get(caller, in.arn().substring(0, end), number(in.arn().substring(end + 1))).body();
  }

  @Operation("GET /2018-10-31/layers")
  public ListLayersResponse listLayers(Caller caller, ListLayersRequest in) {
    List<StoredLayerVersion> found =
        layers.newest(caller).stream()
            .filter(
                v -> fits(v, in.compatibleRuntimeAsString(), in.compatibleArchitectureAsString()))
            .toList();
    Page<StoredLayerVersion> page =
        Page.within(found, Listing.ask(in.marker(), in.maxItems()), StoredLayerVersion::layerName);
    return ListLayersResponse.builder()
        .layers(
            page.items().stream()
                .map(
                    v ->
                        LayersListItem.builder()
                            .layerName(v.layerName())
                            .layerArn(v.body().layerArn())
                            .latestMatchingVersion(item(v))
                            .build())
                .toList())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  @Operation("GET /2018-10-31/layers/{LayerName}/versions")
  public ListLayerVersionsResponse listLayerVersions(Caller caller, ListLayerVersionsRequest in) {
    List<StoredLayerVersion> found =
        layers.versions(caller, name(caller, in.layerName())).stream()
            .filter(
                v -> fits(v, in.compatibleRuntimeAsString(), in.compatibleArchitectureAsString()))
            .toList();
    Page<StoredLayerVersion> page =
        Page.within(
            found,
            Listing.ask(in.marker(), in.maxItems()),
            version -> Long.toString(version.version()));
    return ListLayerVersionsResponse.builder()
        .layerVersions(page.items().stream().map(Layers::item).toList())
        .nextMarker(page.position().orElse(null))
        .build();
  }

  /** Functions that have the layer keep it. */
  @Operation(value = "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}", status = 204)
  public void deleteLayerVersion(Caller caller, DeleteLayerVersionRequest in) {
    layers
        .find(caller, name(caller, in.layerName()), in.versionNumber())
        .ifPresent(
            version -> {
              layers.delete(version);
              codes.sweep(caller, List.of(version.codeSha256()));
            });
  }

  /** No layer is shared with other accounts, so none has a policy. */
  @Operation("GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy")
  public GetLayerVersionPolicyResponse getLayerVersionPolicy(
      Caller caller, GetLayerVersionPolicyRequest in) {
    StoredLayerVersion version = get(caller, in.layerName(), in.versionNumber());
    throw ApiError.notFound("No policy is associated with " + version.body().layerVersionArn());
  }

  private StoredLayerVersion get(Caller caller, String layer, long version) {
    return layers
        .find(caller, name(caller, layer), version)
        .orElseThrow(() -> ApiError.notFound("The resource you requested does not exist."));
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static String name(Caller caller, String nameOrArn) {
    String[] parts = nameOrArn.split(":");
    boolean elsewhere = parts.length > 3 && !parts[3].equals(caller.region());
    if (elsewhere) {
      throw ApiError.notFound("The resource you requested does not exist.");
    }
    return parts[parts.length - 1];
  }

  /** Whether the version says that it is for these; null asks for whatever. */
  private static boolean fits(StoredLayerVersion version, String runtime, String architecture) {
    GetLayerVersionResponse body = version.body();
    return (runtime == null || body.compatibleRuntimesAsStrings().contains(runtime))
        && (architecture == null || body.compatibleArchitecturesAsStrings().contains(architecture));
  }

  private static LayerVersionsListItem item(StoredLayerVersion version) {
    GetLayerVersionResponse body = version.body();
    return LayerVersionsListItem.builder()
        .layerVersionArn(body.layerVersionArn())
        .version(body.version())
        .description(body.description())
        .createdDate(body.createdDate())
        .compatibleRuntimesWithStrings(
            body.hasCompatibleRuntimes() ? body.compatibleRuntimesAsStrings() : null)
        .compatibleArchitecturesWithStrings(
            body.hasCompatibleArchitectures() ? body.compatibleArchitecturesAsStrings() : null)
        .licenseInfo(body.licenseInfo())
        .build();
  }
}

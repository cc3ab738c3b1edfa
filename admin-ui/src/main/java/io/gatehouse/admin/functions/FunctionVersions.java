package io.gatehouse.admin.functions;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.FunctionCodeStore.Code;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.LayerStore;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredFunctionVersion;
import io.gatehouse.admin.store.StoredFunctionVersion.Content;
import io.gatehouse.admin.store.StoredLayerVersion;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.Layer;

/**
 * What versions run: code and layers together, how a version is shown, and when there is a new one.
 */
@ApplicationScoped
public class FunctionVersions {

  private FunctionStore functions;
  private LayerStore layers;
  private FunctionCode codes;
  private FunctionConfigurations configurations;

  protected FunctionVersions() {}

  @Inject
  public FunctionVersions(
      FunctionStore functions,
      LayerStore layers,
      FunctionCode codes,
      FunctionConfigurations configurations) {
    this.functions = functions;
    this.layers = layers;
    this.codes = codes;
    this.configurations = configurations;
  }

  /**
   * The configuration with its code and with the layers as they are now.
   *
   * @param arns of versions of layers
   * @throws ApiError when a layer is not there, or all together are too large
   */
  Content content(
      Caller caller, FunctionConfiguration configuration, Code code, List<String> arns) {
    FunctionRules.refuseIf(
        arns.size() > FunctionRules.MOST_LAYERS,
        "Cannot reference more than " + FunctionRules.MOST_LAYERS + " layers.");
    List<Layer> shown = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long unpacked = code.unpackedSize();
    for (String arn : arns) {
      StoredLayerVersion layer = layer(caller, arn);
      FunctionRules.refuseIf(
          !names.add(layer.layerName()),
          "Two different versions of the same layer are not allowed to be referenced in the same"
              + " function. "
              + arn
              + " is a version of a layer named before.");
      Code archive = codes.get(caller, layer.codeSha256());
      unpacked += archive.unpackedSize();
      shown.add(Layer.builder().arn(arn).codeSize(archive.size()).build());
      hashes.add(layer.codeSha256());
    }
    requireSize(unpacked);
    return new Content(
        coded(configuration, code).toBuilder().layers(shown.isEmpty() ? null : shown).build(),
        code.sha256(),
        hashes);
  }

  /**
   * The same with other code; the layers stay, be they deleted since.
   *
   * @throws ApiError when it is too large together with them
   */
  Content recoded(Caller caller, Content before, Code code) {
    long unpacked =
        code.unpackedSize()
            + before.layers().stream().mapToLong(h -> codes.get(caller, h).unpackedSize()).sum();
    requireSize(unpacked);
    return new Content(coded(before.configuration(), code), code.sha256(), before.layers());
  }

  private static void requireSize(long unpacked) {
    FunctionRules.refuseIf(
        unpacked > Archive.LARGEST_UNPACKED,
        ("Function code combined with layers exceeds the maximum allowed size of %d bytes. The"
                + " actual size is %d bytes.")
            .formatted(Archive.LARGEST_UNPACKED, unpacked));
  }

  private static FunctionConfiguration coded(FunctionConfiguration configuration, Code code) {
    return configuration.toBuilder()
        .codeSize(code.size())
        .codeSha256(FunctionCode.inBase64(code.sha256()))
        .build();
  }

  private StoredLayerVersion layer(Caller caller, String arn) {
    String[] parts =
        Arn.parse(arn)
            .filter(
                a -> a.service().equals("lambda") && a.resource().matches("layer:[^:]+:\\d{1,18}"))
            .orElseThrow(
                () ->
                    ApiError.badRequest(
                        "Layer version %s is no ARN of one".formatted(FunctionRules.shown(arn))))
            .toString()
            .split(":");
    if (!parts[4].equals(caller.account())) {
      throw ApiError.of(
          ApiError.Kind.ACCESS_DENIED,
          ("User: %s is not authorized to perform: lambda:GetLayerVersion on resource: %s because"
                  + " no resource-based policy allows the lambda:GetLayerVersion action")
              .formatted(caller.principal(), arn));
    }
    return layers
        .find(caller, parts[6], Long.parseLong(parts[7]))
        .filter(version -> parts[3].equals(caller.region()))
        .orElseThrow(() -> ApiError.badRequest("Layer version " + arn + " does not exist."));
  }

  /** As the vendor shows a version to who has asked for this qualifier. */
  FunctionConfiguration shown(
      Caller caller, StoredFunctionVersion version, Optional<String> qualifier) {
    Map<String, String> variables = functions.environment(version);
    boolean numbered = !version.version().equals(FunctionStore.LATEST);
    return version.content().configuration().toBuilder()
        .functionArn(
            FunctionNames.arn(
                caller,
                version.functionName(),
                qualifier.or(() -> numbered ? Optional.of(version.version()) : Optional.empty())))
        .environment(
            variables.isEmpty() ? null : EnvironmentResponse.builder().variables(variables).build())
        .build();
  }

  /**
   * The newest version, which is a new one if something has changed since.
   *
   * @param description of the version, when it is new; null for that of the one that changes
   */
  StoredFunctionVersion publish(
      StoredFunction function, StoredFunctionVersion latest, String description) {
    Content content = latest.content();
    Map<String, String> variables = functions.environment(latest);
    List<StoredFunctionVersion> all = functions.versions(function);
    StoredFunctionVersion last = all.getLast();
    if (all.size() > 1
        && last.content().codeSha256().equals(content.codeSha256())
        && last.content().layers().equals(content.layers())
        && FunctionConfigurations.same(last.content().configuration(), content.configuration())
        && functions.environment(last).equals(variables)) {
      return last;
    }
    return functions.addVersion(
        function,
        number -> {
          FunctionConfiguration.Builder numbered = content.configuration().toBuilder();
          numbered.version(number);
          if (description != null) {
            numbered.description(description);
          }
          return new Content(
              configurations.touched(numbered.build()), content.codeSha256(), content.layers());
        },
        variables);
  }
}

package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.FunctionRules.refuseIf;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.aws.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.ApplicationLogLevel;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.SnapStart;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.SystemLogLevel;
import software.amazon.awssdk.services.lambda.model.TracingConfig;
import software.amazon.awssdk.services.lambda.model.TracingConfigResponse;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.VpcConfig;

/** Makes configurations of functions out of what callers ask for: defaults, checks, changes. */
@ApplicationScoped
public class FunctionConfigurations {

  private static final int USUAL_MEMORY = 128;
  private static final int USUAL_TIMEOUT = 3;
  private static final int USUAL_STORAGE = 512;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

  private Ids ids;
  private InstantSource clock;

  protected FunctionConfigurations() {}

  @Inject
  public FunctionConfigurations(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Without code, layers and environment. */
  FunctionConfiguration created(Caller caller, String name, CreateFunctionRequest in) {
    refuseIf(
        in.packageType() == PackageType.IMAGE,
        "PackageType Image is not supported: functions run from zip archives here");
    refuseIf(
        in.runtimeAsString() == null || in.handler() == null,
        "Runtime and Handler are mandatory parameters for functions created with deployment"
            + " packages.");
    refuseStrange(in.vpcConfig(), in.deadLetterConfig(), in.hasFileSystemConfigs(), in.kmsKeyArn());
    refuseIf(in.codeSigningConfigArn() != null, "Code signing is not supported here");
    refuseIf(
        in.imageConfig() != null
            || in.tenancyConfig() != null
            || in.capacityProviderConfig() != null
            || in.durableConfig() != null,
        "ImageConfig, TenancyConfig, CapacityProviderConfig and DurableConfig are not supported"
            + " here");
    return touched(
        FunctionConfiguration.builder()
            .functionName(name)
            .runtime(FunctionRules.runtime(in.runtimeAsString()))
            .role(FunctionRules.role(caller, in.role()))
            .handler(in.handler())
            .description(Optional.ofNullable(in.description()).orElse(""))
            .timeout(Optional.ofNullable(in.timeout()).orElse(USUAL_TIMEOUT))
            .memorySize(Optional.ofNullable(in.memorySize()).orElse(USUAL_MEMORY))
            .version("$LATEST")
            .tracingConfig(tracing(in.tracingConfig()))
            .state(State.ACTIVE)
            .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
            .packageType(PackageType.ZIP)
            .architecturesWithStrings(FunctionRules.architectures(in.architecturesAsStrings()))
            .ephemeralStorage(
                s ->
                    s.size(
                        in.ephemeralStorage() == null
                            ? USUAL_STORAGE
                            : in.ephemeralStorage().size()))
            .snapStart(snapStart(in.snapStart()))
            .loggingConfig(logging(name, in.loggingConfig()))
            .build());
  }

  /** What is not given stays as it is; without code, layers and environment. */
  FunctionConfiguration updated(
      Caller caller, FunctionConfiguration before, UpdateFunctionConfigurationRequest in) {
    refuseStrange(in.vpcConfig(), in.deadLetterConfig(), in.hasFileSystemConfigs(), in.kmsKeyArn());
    refuseIf(
        in.imageConfig() != null
            || in.capacityProviderConfig() != null
            || in.durableConfig() != null,
        "ImageConfig, CapacityProviderConfig and DurableConfig are not supported here");
    FunctionConfiguration.Builder after = before.toBuilder();
    given(in.runtimeAsString()).map(FunctionRules::runtime).ifPresent(after::runtime);
    given(in.role()).map(role -> FunctionRules.role(caller, role)).ifPresent(after::role);
    given(in.handler()).ifPresent(after::handler);
    given(in.description()).ifPresent(after::description);
    given(in.timeout()).ifPresent(after::timeout);
    given(in.memorySize()).ifPresent(after::memorySize);
    given(in.tracingConfig()).map(FunctionConfigurations::tracing).ifPresent(after::tracingConfig);
    given(in.ephemeralStorage()).ifPresent(after::ephemeralStorage);
    given(in.snapStart()).map(FunctionConfigurations::snapStart).ifPresent(after::snapStart);
    given(in.loggingConfig())
        .map(config -> logging(before.functionName(), config))
        .ifPresent(after::loggingConfig);
    return touched(after.build());
  }

  /** With a new revision and the time of this change. */
  FunctionConfiguration touched(FunctionConfiguration configuration) {
    return configuration.toBuilder()
        .lastModified(TIME.format(clock.instant()))
        .revisionId(ids.request())
        .build();
  }

  String now() {
    return TIME.format(clock.instant());
  }

  /** Of two versions, without what every version has of its own. */
  static boolean same(FunctionConfiguration one, FunctionConfiguration other) {
    return bare(one).equals(bare(other));
  }

  private static FunctionConfiguration bare(FunctionConfiguration configuration) {
    return configuration.toBuilder()
        .version(null)
        .revisionId(null)
        .lastModified(null)
        .description(null)
        .build();
  }

  private static <T> Optional<T> given(T value) {
    return Optional.ofNullable(value);
  }

  private static void refuseStrange(
      VpcConfig vpc, DeadLetterConfig deadLetters, boolean fileSystems, String kmsKey) {
    refuseIf(
        vpc != null && (!vpc.subnetIds().isEmpty() || !vpc.securityGroupIds().isEmpty()),
        "VpcConfig is not supported: functions run in the network of this installation's nodes");
    refuseIf(
        deadLetters != null
            && deadLetters.targetArn() != null
            && !deadLetters.targetArn().isEmpty(),
        "DeadLetterConfig is not supported: events that fail are told in the log");
    refuseIf(fileSystems, "FileSystemConfigs are not supported here");
    refuseIf(
        kmsKey != null && !kmsKey.isEmpty(),
        "KMSKeyArn is not supported: environments are sealed under the installation's own key");
  }

  private static TracingConfigResponse tracing(TracingConfig config) {
    return TracingConfigResponse.builder()
        .mode(config == null || config.mode() == null ? TracingMode.PASS_THROUGH : config.mode())
        .build();
  }

  private static SnapStartResponse snapStart(SnapStart asked) {
    refuseIf(
        asked != null && asked.applyOn() == SnapStartApplyOn.UNKNOWN_TO_SDK_VERSION,
        "SnapStart.ApplyOn must be None or PublishedVersions");
    return SnapStartResponse.builder()
        .applyOn(asked == null || asked.applyOn() == null ? SnapStartApplyOn.NONE : asked.applyOn())
        .optimizationStatus(SnapStartOptimizationStatus.OFF)
        .build();
  }

  private static LoggingConfig logging(String name, LoggingConfig asked) {
    refuseIf(
        asked != null
            && (asked.logFormat() == LogFormat.UNKNOWN_TO_SDK_VERSION
                || asked.applicationLogLevel() == ApplicationLogLevel.UNKNOWN_TO_SDK_VERSION
                || asked.systemLogLevel() == SystemLogLevel.UNKNOWN_TO_SDK_VERSION
                || asked.logGroup() != null
                    && !asked.logGroup().matches("[.\\-_/#A-Za-z0-9]{0,512}")),
        "LoggingConfig takes LogFormat Text or JSON, levels as the API reference lists them, and a"
            + " LogGroup of at most 512 letters, digits and .-_/#");
    return LoggingConfig.builder()
        .logFormat(
            asked == null || asked.logFormatAsString() == null ? "Text" : asked.logFormatAsString())
        .applicationLogLevel(asked == null ? null : asked.applicationLogLevelAsString())
        .systemLogLevel(asked == null ? null : asked.systemLogLevelAsString())
        .logGroup(
            asked == null || asked.logGroup() == null || asked.logGroup().isEmpty()
                ? "/aws/lambda/" + name
                : asked.logGroup())
        .build();
  }
}

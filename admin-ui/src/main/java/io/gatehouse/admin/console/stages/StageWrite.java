package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.operations.MethodSettingField;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * One value of a stage to write or to remove.
 *
 * @param path of its patch
 * @param label what it is, for people
 * @param value empty to remove it
 */
record StageWrite(String path, String label, Optional<String> value) {

  static final String DEPLOYMENT = "/deploymentId";
  static final String CANARY = "/canarySettings";
  static final String CANARY_DEPLOYMENT = "/canarySettings/deploymentId";
  static final String CANARY_TRAFFIC = "/canarySettings/percentTraffic";
  static final String TRACING = "/tracingEnabled";
  static final String ACCESS_LOG = "/accessLogSettings";
  static final String ACCESS_LOG_FORMAT = "/accessLogSettings/format";
  static final String ACCESS_LOG_DESTINATION = "/accessLogSettings/destinationArn";
  private static final String VARIABLES = "/variables/";

  static StageWrite set(String path, String label, String value) {
    return new StageWrite(path, label, Optional.of(value));
  }

  static StageWrite remove(String path, String label) {
    return new StageWrite(path, label, Optional.empty());
  }

  static String variable(String name) {
    return VARIABLES + name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * @param key of the settings, as {@code pets/{id}/GET}
   */
  static String method(String key) {
    int verb = key.lastIndexOf('/');
    String resource = key.substring(0, verb);
    return (resource.equals("*") ? "/*" : "/~1" + resource.replace("~", "~0").replace("/", "~1"))
        + key.substring(verb);
  }

  static String method(String key, MethodSettingField field) {
    return method(key) + "/" + field.path();
  }

  PatchOperation patch() {
    PatchOperation.Builder patch = PatchOperation.builder().path(path);
    return value
        .map(text -> patch.op(Op.REPLACE).value(text).build())
        .orElseGet(() -> patch.op(Op.REMOVE).build());
  }

  /** What a stage has there; of settings that are removed as one, all of them. */
  Optional<String> in(Stage stage) {
    if (path.startsWith(VARIABLES)) {
      String name = path.substring(VARIABLES.length()).replace("~1", "/").replace("~0", "~");
      return Optional.ofNullable(stage.variables().get(name));
    }
    return switch (path) {
      case DEPLOYMENT -> Optional.ofNullable(stage.deploymentId());
      case CANARY -> Optional.ofNullable(stage.canarySettings()).map(StageWrite::words);
      case CANARY_DEPLOYMENT ->
          Optional.ofNullable(stage.canarySettings()).map(CanarySettings::deploymentId);
      case CANARY_TRAFFIC ->
          Optional.ofNullable(stage.canarySettings())
              .map(canary -> Canary.number(Canary.percent(canary)));
      case TRACING -> Optional.of(Boolean.toString(Boolean.TRUE.equals(stage.tracingEnabled())));
      case ACCESS_LOG_FORMAT ->
          Optional.ofNullable(stage.accessLogSettings()).map(log -> log.format());
      case ACCESS_LOG_DESTINATION ->
          Optional.ofNullable(stage.accessLogSettings()).map(log -> log.destinationArn());
      case ACCESS_LOG ->
          Optional.ofNullable(stage.accessLogSettings())
              .map(log -> log.destinationArn() + " " + log.format());
      default -> inMethodSettings(stage);
    };
  }

  private Optional<String> inMethodSettings(Stage stage) {
    String[] parts = path.split("/", 4);
    String resource = parts[1].replace("~1", "/").replace("~0", "~");
    String key = (resource.startsWith("/") ? resource.substring(1) : resource) + "/" + parts[2];
    Optional<MethodSetting> settings = Optional.ofNullable(stage.methodSettings().get(key));
    if (parts.length == 3) {
      return settings.map(StageWrite::words);
    }
    return Arrays.stream(MethodSettingField.values())
        .filter(field -> field.path().equals(parts[3]))
        .findFirst()
        .flatMap(field -> settings.flatMap(field::of));
  }

  private static String words(CanarySettings canary) {
    return "deployment "
        + canary.deploymentId()
        + " for "
        + Canary.number(Canary.percent(canary))
        + " %, variables "
        + new TreeMap<>(canary.stageVariableOverrides());
  }

  private static String words(MethodSetting settings) {
    return Arrays.stream(MethodSettingField.values())
        .flatMap(field -> field.of(settings).map(text -> field.path() + " " + text).stream())
        .collect(Collectors.joining(", "));
  }
}

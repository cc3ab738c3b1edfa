package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.COPY;
import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What UpdateStage may change. The texts, oddities included, are the vendor's as recorded
 * (stage.json, canary.json).
 */
final class StagePatches {

  private static final Set<String> COPY_TO = Set.of("/deploymentId", "/variables");
  private static final Set<String> COPY_FROM =
      Set.of("/canarySettings/deploymentId", "/canarySettings/stageVariableOverrides");

  static final PatchRules<Stage> RULES =
      MethodSettings.allow(
          PatchRules.of(Stage::builder)
              .allow(REPLACE, "/deploymentId")
              .reading(StagePatches::deploymentId)
              .allow(REPLACE, "/description")
              .allow(REMOVE, "/description")
              .allow(REPLACE, "/cacheClusterEnabled")
              .allow(REPLACE, "/cacheClusterSize")
              .allow(REPLACE, "/clientCertificateId")
              .allow(REPLACE, "/documentationVersion")
              .allow(REPLACE, "/webAclArn")
              .allow(REPLACE, "/tracingEnabled")
              .allow(ADD_REPLACE_REMOVE, "/variables/{name}")
              .allow(ADD_REPLACE, "/accessLogSettings/destinationArn")
              .by(StagePatches::accessLog)
              .allow(ADD_REPLACE, "/accessLogSettings/format")
              .by(StagePatches::accessLog)
              .allow(ADD_REPLACE, "/accessLogSettings/{other}")
              .by(StagePatches::noSuchAccessLogPath)
              .allow(ADD_REPLACE, "/accessLogSettings")
              .by(StagePatches::noSuchAccessLogPath)
              .allow(REMOVE, "/accessLogSettings")
              .by(StagePatches::nothingToRemove)
              .allow(REPLACE, "/canarySettings/percentTraffic")
              .by(StagePatches::canary)
              .allow(REPLACE, "/canarySettings/deploymentId")
              .by(StagePatches::canary)
              .allow(REPLACE, "/canarySettings/useStageCache")
              .by(StagePatches::canary)
              .allow(REPLACE, "/canarySettings/stageVariableOverrides/{name}")
              .by(StagePatches::canary)
              .allow(REMOVE, "/canarySettings")
              .by(StagePatches::nothingToRemove)
              .allow(COPY, "/{to+}")
              .by(StagePatches::promote)
              .refusing(new InTheVendorsWords()));

  private StagePatches() {}

  private static String deploymentId(String value) {
    if (value.isEmpty()) {
      throw ApiError.badRequest("Deployment id does not exist");
    }
    return value;
  }

  private static Stage accessLog(Stage stage, Change change) {
    if (change.value().isEmpty()) {
      throw ApiError.badRequest("Access Log value must not be empty");
    }
    throw ApiError.notImplemented(change.path() + " of a stage");
  }

  private static Stage noSuchAccessLogPath(Stage stage, Change change) {
    throw ApiError.badRequest(
        "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn,"
            + " /accessLogSettings/format]");
  }

  private static Stage nothingToRemove(Stage stage, Change change) {
    throw MethodSettings.nothingToRemove(change);
  }

  private static Stage canary(Stage stage, Change change) {
    throw ApiError.notImplemented("canarySettings of a stage");
  }

  /** There is never a canary to promote, as long as none can be made. */
  private static Stage promote(Stage stage, Change change) {
    if (!COPY_TO.contains(change.path()) || !COPY_FROM.contains(change.from())) {
      throw ApiError.badRequest(
          ("Invalid copy operation with path: %s and from %s. Valid copy:path are [/deploymentId,"
                  + " /variables] and valid copy:from are [/canarySettings/deploymentId,"
                  + " /canarySettings/stageVariableOverrides]")
              .formatted(change.path(), change.from()));
    }
    throw ApiError.badRequest("Promotion not available. Canary does not exist.");
  }

  /** The list of paths is a text of its own, commas missing and all. */
  private static final class InTheVendorsWords implements Refusal {

    private static final String SETTINGS =
        "%1$smetrics/enabled, %1$slogging/dataTrace, %1$slogging/loglevel,"
            + " %1$sthrottling/burstLimit%2$s%1$sthrottling/rateLimit%2$s%1$scaching/ttlInSeconds,"
            + " %1$scaching/enabled, %1$scaching/dataEncrypted,"
            + " %1$scaching/requireAuthorizationForCacheControl,"
            + " %1$scaching/unauthorizedCacheControlHeaderStrategy, ";

    private static final String PATHS =
        "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize,"
            + " /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn,"
            + " /accessLogSettings/format, "
            + SETTINGS.formatted("/{resourcePath}/{httpMethod}/", "")
            + SETTINGS.formatted("/*/*/", " ")
            + "/variables/{variable_name}, /tracingEnabled]";

    @Override
    public ApiError unknownPath(PatchOperation operation, List<String> ignored) {
      String path = String.valueOf(operation.path());
      if (operation.op() == Op.ADD && path.startsWith("/canarySettings")) {
        return ApiError.badRequest("Invalid add operation with path: " + path);
      }
      if (operation.op() == Op.REMOVE && path.startsWith("/")) {
        return MethodSettings.nothingToRemove(path);
      }
      return ApiError.badRequest(
          "Invalid method setting path: " + path + ". Must be one of: " + PATHS);
    }

    @Override
    public ApiError unsupportedOperation(
        PatchOperation operation, Set<Op> allowed, List<String> paths) {
      return unknownPath(operation, paths);
    }
  }
}

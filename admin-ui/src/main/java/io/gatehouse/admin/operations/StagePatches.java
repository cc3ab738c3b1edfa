package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What UpdateStage may change. The texts, oddities included, are the vendor's as recorded
 * (stage.json, canary.json).
 */
final class StagePatches {

  private static final int LONGEST_FORMAT = 3 * 1024;
  private static final int LONGEST_ARN = 2048;
  private static final Pattern REQUEST_ID =
      Pattern.compile("\\$context\\.(requestId|extendedRequestId)(?![A-Za-z0-9_])");

  static final PatchRules<Stage> RULES =
      MethodSettings.allow(
          CanaryPatches.allow(
              PatchRules.of(Stage::builder)
                  .allow(REPLACE, "/deploymentId")
                  .reading(StagePatches::deploymentId)
                  .allow(REPLACE, "/description")
                  .allow(REMOVE, "/description")
                  .allow(REPLACE, "/cacheClusterEnabled")
                  .allow(REPLACE, "/cacheClusterSize")
                  .reading(StageRules::cacheClusterSize)
                  .allow(REPLACE, "/clientCertificateId")
                  .allow(REPLACE, "/documentationVersion")
                  .allow(REPLACE, "/webAclArn")
                  .reading(StagePatches::arn)
                  .allow(REPLACE, "/tracingEnabled")
                  .allow(ADD_REPLACE_REMOVE, "/variables/{name}")
                  .allow(ADD_REPLACE, "/accessLogSettings/destinationArn")
                  .reading(value -> arn(notEmpty(value)))
                  .allow(ADD_REPLACE, "/accessLogSettings/format")
                  .reading(value -> format(notEmpty(value)))
                  .allow(ADD_REPLACE, "/accessLogSettings/{other}")
                  .by(StagePatches::noSuchAccessLogPath)
                  .allow(ADD_REPLACE, "/accessLogSettings")
                  .by(StagePatches::noSuchAccessLogPath)
                  .allow(REMOVE, "/accessLogSettings")
                  .by(StagePatches::removeAccessLog)
                  .refusing(new InTheVendorsWords())));

  private StagePatches() {}

  private static String deploymentId(String value) {
    if (value.isEmpty()) {
      throw ApiError.badRequest("Deployment id does not exist");
    }
    return value;
  }

  private static String arn(String value) {
    if (!value.isEmpty() && (!value.startsWith("arn:") || value.length() > LONGEST_ARN)) {
      throw ApiError.badRequest("Invalid ARN specified in the request");
    }
    return value;
  }

  private static String notEmpty(String value) {
    if (value.isEmpty()) {
      throw ApiError.badRequest("Access Log value must not be empty");
    }
    return value;
  }

  private static String format(String value) {
    if (value.length() > LONGEST_FORMAT) {
      throw ApiError.badRequest("Access Log format must have at most 3072 characters");
    }
    if (value.stripTrailing().lines().count() > 1) {
      throw ApiError.badRequest(
          "Access Log format must be single line, new line character is allowed only at end of the"
              + " format");
    }
    if (!REQUEST_ID.matcher(value).find()) {
      throw ApiError.badRequest(
          "Access Log format must contain $context.requestId or $context.extendedRequestId");
    }
    return value;
  }

  private static Stage noSuchAccessLogPath(Stage stage, Change change) {
    throw ApiError.badRequest(
        "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn,"
            + " /accessLogSettings/format]");
  }

  private static Stage removeAccessLog(Stage stage, Change change) {
    if (stage.accessLogSettings() == null) {
      throw MethodSettings.nothingToRemove(change.path());
    }
    return stage.toBuilder().accessLogSettings((AccessLogSettings) null).build();
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

    private static final String PATHS_OF_A_METHOD =
        "[.../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,"
            + ".../throttling/burstLimit, .../throttling/rateLimit, .../caching/ttlInSeconds,"
            + " .../caching/enabled, .../caching/dataEncrypted,"
            + " .../caching/requireAuthorizationForCacheControl,"
            + " .../caching/unauthorizedCacheControlHeaderStrategy]";

    @Override
    public ApiError unknownPath(PatchOperation operation, List<String> ignored) {
      String path = String.valueOf(operation.path());
      if (operation.op() == Op.ADD && path.startsWith("/canarySettings")) {
        return ApiError.badRequest("Invalid add operation with path: " + path);
      }
      if (operation.op() == Op.REMOVE && path.startsWith("/")) {
        return MethodSettings.nothingToRemove(path);
      }
      // "", resource, verb, and what is unknown
      String[] parts = path.split("/", 4);
      return ApiError.badRequest(
          "Invalid method setting path: "
              + (parts.length == 4
                  ? parts[3] + ". Must be one of: " + PATHS_OF_A_METHOD
                  : path + ". Must be one of: " + PATHS));
    }

    @Override
    public ApiError unsupportedOperation(
        PatchOperation operation, Set<Op> allowed, List<String> paths) {
      return unknownPath(operation, paths);
    }
  }
}

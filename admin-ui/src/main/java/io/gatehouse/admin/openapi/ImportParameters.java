package io.gatehouse.admin.openapi;

import io.gatehouse.model.wire.ApiError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How to import.
 *
 * @param endpointType from {@code endpointConfigurationTypes}
 * @param ignoreDocumentation from {@code ignore=documentation}
 */
public record ImportParameters(
    BasePath basePath,
    Optional<String> endpointType,
    boolean ignoreDocumentation,
    boolean failOnWarnings) {

  private static final List<String> ENDPOINT_TYPES = List.of("REGIONAL", "EDGE", "PRIVATE");

  /** What becomes of the document's base path. */
  public enum BasePath {
    IGNORE,
    PREPEND,
    SPLIT
  }

  /**
   * @param parameters as the operation carries them: {@code basepath}, {@code
   *     endpointConfigurationTypes}, {@code ignore}; others mean nothing to the vendor either
   */
  public static ImportParameters of(Map<String, String> parameters, boolean failOnWarnings) {
    return new ImportParameters(
        basePath(parameters.getOrDefault("basepath", "ignore")),
        Optional.ofNullable(parameters.get("endpointConfigurationTypes"))
            .map(ImportParameters::endpointType),
        parameters.getOrDefault("ignore", "").equalsIgnoreCase("documentation"),
        failOnWarnings);
  }

  private static BasePath basePath(String text) {
    return Arrays.stream(BasePath.values())
        .filter(b -> b.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.badRequest(
                    "Invalid value for parameter basepath: "
                        + text
                        + ". Must be one of: [ignore, prepend, split]"));
  }

  private static String endpointType(String text) {
    String type = text.toUpperCase(Locale.ROOT);
    if (!ENDPOINT_TYPES.contains(type)) {
      throw ApiError.badRequest(
          "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
    }
    return type;
  }
}

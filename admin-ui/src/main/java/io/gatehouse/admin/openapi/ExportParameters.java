package io.gatehouse.admin.openapi;

import io.gatehouse.model.wire.ApiError;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to export.
 *
 * @param region as in the exported address
 * @param stageName the stage's, which is the exported base path
 */
public record ExportParameters(
    Dialect dialect, Set<Extension> extensions, String region, String stageName) {

  /** The vendor's extensions that an export may carry. */
  public enum Extension {
    INTEGRATIONS,
    AUTHORIZERS,
    /** All that the vendor's own members say of an API, integrations and authorizers included. */
    APIGATEWAY,
    DOCUMENTATION,
    /** Postman reads documents as they are, so this adds nothing. */
    POSTMAN
  }

  public ExportParameters {
    extensions = Set.copyOf(extensions);
  }

  /**
   * @param parameters as the operation carries them: {@code extensions}, a list with commas
   * @throws ApiError bad request, when the type or an extension is not known
   */
  public static ExportParameters of(
      String exportType, Map<String, String> parameters, String region, String stageName) {
    Set<Extension> extensions = EnumSet.noneOf(Extension.class);
    for (String name : parameters.getOrDefault("extensions", "").split(",")) {
      if (!name.isBlank()) {
        extensions.add(extension(name.strip()));
      }
    }
    return new ExportParameters(Dialect.exported(exportType), extensions, region, stageName);
  }

  boolean with(Extension extension) {
    boolean included = extension == Extension.INTEGRATIONS || extension == Extension.AUTHORIZERS;
    return extensions.contains(extension)
        || (included && extensions.contains(Extension.APIGATEWAY));
  }

  /** The vendor's pages know both the singular and the plural of integrations. */
  private static Extension extension(String name) {
    return switch (name) {
      case "integrations", "integration" -> Extension.INTEGRATIONS;
      case "authorizers" -> Extension.AUTHORIZERS;
      case "apigateway" -> Extension.APIGATEWAY;
      case "documentation" -> Extension.DOCUMENTATION;
      case "postman" -> Extension.POSTMAN;
      default ->
          throw ApiError.badRequest(
              "Invalid value for parameter extensions: "
                  + TreeBuilder.abbreviated(name)
                  + ". Must be of: [integrations, authorizers, apigateway, documentation,"
                  + " postman]");
    };
  }
}

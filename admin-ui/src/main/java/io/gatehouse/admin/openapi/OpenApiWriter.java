package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.openapi.ExportParameters.Extension;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.FrozenDocumentation;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Makes documents of definitions, the reverse of {@link OpenApiReader}: the same definition and
 * parameters give the same document, with its members in the recorded order.
 */
public final class OpenApiWriter {

  private final ApiDefinition api;
  private final ExportParameters parameters;
  private final DocumentationWriter documentation;

  private OpenApiWriter(
      ApiDefinition api, ExportParameters parameters, DocumentationWriter documentation) {
    this.api = api;
    this.parameters = parameters;
    this.documentation = documentation;
  }

  /** The document without documentation, valid by its version's official schema. */
  public static JsonObject write(ApiDefinition api, ExportParameters parameters) {
    return write(api, parameters, Optional.empty());
  }

  /**
   * @param documentation the version that the stage shows its readers, for exports that ask for it
   */
  public static JsonObject write(
      ApiDefinition api, ExportParameters parameters, Optional<FrozenDocumentation> documentation) {
    DocumentationWriter asked =
        new DocumentationWriter(
            documentation.filter(d -> parameters.with(Extension.DOCUMENTATION)));
    OpenApiWriter writer = new OpenApiWriter(api, parameters, asked);
    return parameters.dialect() == Dialect.SWAGGER_2 ? writer.swagger() : writer.openapi();
  }

  /** As {@code swagger_1.0.0.json}; characters that mean something to shells are replaced. */
  public static String fileName(
      ApiDefinition api, ExportParameters parameters, DocumentFormat format) {
    String version = RestApiWriter.version(api.restApi()).replaceAll("[^\\w.:+-]", "_");
    return parameters.dialect().exportType() + "_" + version + "." + format.fileType();
  }

  private JsonObject swagger() {
    SecurityWriter security = new SecurityWriter(api, parameters, documentation);
    ObjectWriter out =
        new ObjectWriter()
            .text("swagger", "2.0")
            .add("info", RestApiWriter.info(api.restApi()))
            .text("host", host())
            .text("basePath", "/" + parameters.stageName())
            .texts("schemes", List.of("https"))
            .add("paths", paths(security))
            .object("securityDefinitions", security.schemes())
            .object("definitions", schemas());
    documentation.extension(out);
    return new RestApiWriter(api, parameters).extensions(out).done();
  }

  private JsonObject openapi() {
    SecurityWriter security = new SecurityWriter(api, parameters, documentation);
    ObjectWriter components =
        new ObjectWriter()
            .object("schemas", schemas())
            .object("securitySchemes", security.schemes());
    ObjectWriter out =
        new ObjectWriter()
            .text("openapi", "3.0.1")
            .add("info", RestApiWriter.info(api.restApi()))
            .objects("servers", List.of(server()))
            .add("paths", paths(security))
            .object("components", components);
    documentation.extension(out);
    return new RestApiWriter(api, parameters).extensions(out).done();
  }

  private JsonObject server() {
    JsonObject basePath = new ObjectWriter().text("default", "/" + parameters.stageName()).done();
    return new ObjectWriter()
        .text("url", "https://" + host() + "/{basePath}")
        .add("variables", JSON.createObjectBuilder().add("basePath", basePath).build())
        .done();
  }

  private String host() {
    return api.restApi().id() + ".execute-api." + parameters.region() + ".amazonaws.com";
  }

  private JsonObject paths(SecurityWriter security) {
    OperationWriter operations = new OperationWriter(api, parameters, security, documentation);
    return new PathsWriter(api, parameters, operations).write();
  }

  private ObjectWriter schemas() {
    SchemaWriter writer = new SchemaWriter(api, parameters.dialect());
    ObjectWriter out = new ObjectWriter();
    api.models().values().forEach(model -> out.add(model.name(), writer.write(model)));
    return out;
  }
}

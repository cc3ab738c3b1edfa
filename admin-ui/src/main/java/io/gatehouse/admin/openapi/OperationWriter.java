package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.admin.openapi.ExportParameters.Extension;
import io.gatehouse.model.definition.ApiDefinition;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** A method with its responses as an operation of a document. */
final class OperationWriter {

  private static final String JSON_TYPE = "application/json";
  private static final JsonObject STRING = new ObjectWriter().text("type", "string").done();

  private final ApiDefinition api;
  private final ExportParameters parameters;
  private final SecurityWriter security;
  private final DocumentationWriter documentation;
  private final boolean swagger;

  OperationWriter(
      ApiDefinition api,
      ExportParameters parameters,
      SecurityWriter security,
      DocumentationWriter documentation) {
    this.api = api;
    this.parameters = parameters;
    this.security = security;
    this.documentation = documentation;
    this.swagger = parameters.dialect() == Dialect.SWAGGER_2;
  }

  JsonObject write(Resource resource, Method method) {
    ObjectWriter out = new ObjectWriter();
    DocumentationWriter.Place place = documentation.method(resource.path(), method.httpMethod());
    place.operation(out);
    out.text("operationId", method.operationName());
    if (swagger) {
      out.texts("consumes", requestTypes(method)).texts("produces", responseTypes(method));
    }
    out.objects("parameters", parameters(place, resource, method));
    if (!swagger && !method.requestModels().isEmpty()) {
      out.add(
          "requestBody",
          place
              .body()
              .describe(new ObjectWriter())
              .object("content", content(method.requestModels()))
              .add("required", true)
              .done());
    }
    out.add("responses", responses(place, method))
        .objects("security", security.requirements(method));
    if (parameters.with(Extension.APIGATEWAY)) {
      out.text(EXTENSION + "request-validator", validator(method));
    }
    if (parameters.with(Extension.INTEGRATIONS) && method.methodIntegration() != null) {
      out.add(
          EXTENSION + "integration",
          IntegrationWriter.write(resource.id(), method.methodIntegration()));
    }
    return out.done();
  }

  private List<JsonObject> parameters(
      DocumentationWriter.Place place, Resource resource, Method method) {
    Map<String, Boolean> byKey = new LinkedHashMap<>();
    OperationReader.pathVariables(resource.path())
        .forEach(name -> byKey.put("method.request.path." + name, true));
    byKey.putAll(method.requestParameters());
    List<JsonObject> out = new ArrayList<>();
    byKey.forEach((key, required) -> out.add(parameter(place, key, required)));
    if (swagger) {
      preferred(method.requestModels()).ifPresent(model -> out.add(body(place, model)));
    }
    return out;
  }

  /**
   * @param key as {@code method.request.querystring.page}
   */
  private JsonObject parameter(DocumentationWriter.Place place, String key, boolean required) {
    String[] parts = key.split("\\.", 4);
    String in = parts[2].equals("querystring") ? "query" : parts[2];
    boolean needed = required || in.equals("path");
    ObjectWriter out = new ObjectWriter().text("name", parts[3]).text("in", in);
    place.parameter(in, parts[3]).describe(out);
    if (swagger || needed) {
      out.add("required", needed);
    }
    return (swagger ? out.all(STRING) : out.add("schema", STRING)).done();
  }

  private JsonObject body(DocumentationWriter.Place place, String model) {
    return place
        .body()
        .describe(new ObjectWriter().text("in", "body").text("name", model))
        .add("required", true)
        .add("schema", schema(model))
        .done();
  }

  /** Documents must have a response, so a method without any gets one that imports leave out. */
  private JsonObject responses(DocumentationWriter.Place place, Method method) {
    ObjectWriter out = new ObjectWriter();
    method
        .methodResponses()
        .forEach((code, response) -> out.add(code, response(place.response(code), code, response)));
    if (method.methodResponses().isEmpty()) {
      out.add("default", new ObjectWriter().text("description", madeUp("default")).done());
    }
    return out.done();
  }

  /** Documents must describe a response, so one that is not documented is described so. */
  private static String madeUp(String code) {
    return code.equals("default") ? "Default response" : code + " response";
  }

  static boolean isMadeUp(String code, String description) {
    return description.equals(madeUp(code));
  }

  private JsonObject response(
      DocumentationWriter.Place place, String code, MethodResponse response) {
    ObjectWriter out =
        new ObjectWriter().text("description", place.description().orElse(madeUp(code)));
    if (swagger) {
      preferred(response.responseModels()).ifPresent(model -> out.add("schema", schema(model)));
    }
    ObjectWriter headers = new ObjectWriter();
    for (String key : response.responseParameters().keySet()) {
      String name = key.substring("method.response.header.".length());
      ObjectWriter header = new ObjectWriter();
      place.header(name).describe(swagger ? header.all(STRING) : header.add("schema", STRING));
      headers.add(name, header.done());
    }
    out.object("headers", headers);
    return (swagger ? out : out.add("content", content(response.responseModels()).done())).done();
  }

  private ObjectWriter content(Map<String, String> models) {
    ObjectWriter out = new ObjectWriter();
    models.forEach(
        (type, model) -> out.add(type, new ObjectWriter().add("schema", schema(model)).done()));
    return out;
  }

  private JsonObject schema(String model) {
    return ObjectWriter.ref("#" + parameters.dialect().schemas() + "/" + model);
  }

  /** Swagger has one schema for all media types. */
  private static Optional<String> preferred(Map<String, String> models) {
    return Optional.ofNullable(models.get(JSON_TYPE))
        .or(() -> models.values().stream().findFirst());
  }

  private static Set<String> requestTypes(Method method) {
    Set<String> types = new LinkedHashSet<>(method.requestModels().keySet());
    if (method.methodIntegration() != null) {
      types.addAll(method.methodIntegration().requestTemplates().keySet());
    }
    return types;
  }

  private static Set<String> responseTypes(Method method) {
    Set<String> types = new LinkedHashSet<>();
    method.methodResponses().values().forEach(r -> types.addAll(r.responseModels().keySet()));
    if (method.methodIntegration() != null) {
      for (IntegrationResponse response :
          method.methodIntegration().integrationResponses().values()) {
        types.addAll(response.responseTemplates().keySet());
      }
    }
    return types;
  }

  private String validator(Method method) {
    return Optional.ofNullable(method.requestValidatorId())
        .map(api.requestValidators()::get)
        .map(validator -> Optional.ofNullable(validator.name()).orElse(validator.id()))
        .orElse(null);
  }
}

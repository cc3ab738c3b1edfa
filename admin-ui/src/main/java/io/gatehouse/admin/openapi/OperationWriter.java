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
  private final boolean swagger;

  OperationWriter(ApiDefinition api, ExportParameters parameters, SecurityWriter security) {
    this.api = api;
    this.parameters = parameters;
    this.security = security;
    this.swagger = parameters.dialect() == Dialect.SWAGGER_2;
  }

  JsonObject write(Resource resource, Method method) {
    ObjectWriter out = new ObjectWriter().text("operationId", method.operationName());
    if (swagger) {
      out.texts("consumes", requestTypes(method)).texts("produces", responseTypes(method));
    }
    out.objects("parameters", parameters(resource, method));
    if (!swagger && !method.requestModels().isEmpty()) {
      out.add(
          "requestBody",
          new ObjectWriter()
              .object("content", content(method.requestModels()))
              .add("required", true)
              .done());
    }
    out.add("responses", responses(method)).objects("security", security.requirements(method));
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

  private List<JsonObject> parameters(Resource resource, Method method) {
    Map<String, Boolean> byKey = new LinkedHashMap<>();
    OperationReader.pathVariables(resource.path())
        .forEach(name -> byKey.put("method.request.path." + name, true));
    byKey.putAll(method.requestParameters());
    List<JsonObject> out = new ArrayList<>();
    byKey.forEach((key, required) -> out.add(parameter(key, required)));
    if (swagger) {
      preferred(method.requestModels()).ifPresent(model -> out.add(body(model)));
    }
    return out;
  }

  /**
   * @param key as {@code method.request.querystring.page}
   */
  private JsonObject parameter(String key, boolean required) {
    String[] parts = key.split("\\.", 4);
    String in = parts[2].equals("querystring") ? "query" : parts[2];
    boolean needed = required || in.equals("path");
    ObjectWriter out = new ObjectWriter().text("name", parts[3]).text("in", in);
    if (swagger || needed) {
      out.add("required", needed);
    }
    return (swagger ? out.all(STRING) : out.add("schema", STRING)).done();
  }

  private JsonObject body(String model) {
    return new ObjectWriter()
        .text("in", "body")
        .text("name", model)
        .add("required", true)
        .add("schema", schema(model))
        .done();
  }

  /** Documents must have a response, so a method without any gets one that imports leave out. */
  private JsonObject responses(Method method) {
    ObjectWriter out = new ObjectWriter();
    method.methodResponses().forEach((code, response) -> out.add(code, response(code, response)));
    if (method.methodResponses().isEmpty()) {
      out.add("default", new ObjectWriter().text("description", "Default response").done());
    }
    return out.done();
  }

  private JsonObject response(String code, MethodResponse response) {
    ObjectWriter out = new ObjectWriter().text("description", code + " response");
    if (swagger) {
      preferred(response.responseModels()).ifPresent(model -> out.add("schema", schema(model)));
    }
    ObjectWriter headers = new ObjectWriter();
    for (String key : response.responseParameters().keySet()) {
      headers.add(
          key.substring("method.response.header.".length()),
          swagger ? STRING : new ObjectWriter().add("schema", STRING).done());
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

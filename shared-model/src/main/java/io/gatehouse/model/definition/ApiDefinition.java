package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.util.Collections.unmodifiableMap;

import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * One REST API as a document. The maps keep the order of creation and are keyed by what the vendor
 * addresses the thing by: resources by id, models by name, authorizers and request validators by
 * id, gateway responses by type, documentation parts by id and documentation versions by name.
 * Methods, integrations and their responses hang inside {@link Resource#resourceMethods()}.
 *
 * @param cors by the id of the resource, {@link CorsRules#WHOLE_API} for all of them
 */
public record ApiDefinition(
    RestApi restApi,
    Map<String, Resource> resources,
    Map<String, Model> models,
    Map<String, Authorizer> authorizers,
    Map<String, RequestValidator> requestValidators,
    Map<String, GatewayResponse> gatewayResponses,
    Map<String, DocumentationPart> documentationParts,
    Map<String, FrozenDocumentation> documentationVersions,
    Map<String, Cors> cors) {

  public ApiDefinition {
    resources = ordered(resources);
    models = ordered(models);
    authorizers = ordered(authorizers);
    requestValidators = ordered(requestValidators);
    gatewayResponses = ordered(gatewayResponses);
    documentationParts = ordered(documentationParts);
    documentationVersions = ordered(documentationVersions);
    cors = ordered(cors);
  }

  /** Without documentation and CORS. */
  public ApiDefinition(
      RestApi restApi,
      Map<String, Resource> resources,
      Map<String, Model> models,
      Map<String, Authorizer> authorizers,
      Map<String, RequestValidator> requestValidators,
      Map<String, GatewayResponse> gatewayResponses) {
    this(
        restApi,
        resources,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** The document as stored and, without documentation, as sent to nodes. */
  public JsonObject toJson() {
    JsonObjectBuilder out = JSON.createObjectBuilder().add("restApi", Wire.write(restApi));
    put(out, "resources", resources.values());
    put(out, "models", models.values());
    put(out, "authorizers", authorizers.values());
    put(out, "requestValidators", requestValidators.values());
    put(out, "gatewayResponses", gatewayResponses.values());
    put(out, "documentationParts", documentationParts.values());
    if (!documentationVersions.isEmpty()) {
      JsonArrayBuilder versions = JSON.createArrayBuilder();
      documentationVersions.values().forEach(frozen -> versions.add(frozen.toJson()));
      out.add("documentationVersions", versions);
    }
    if (!cors.isEmpty()) {
      JsonObjectBuilder settings = JSON.createObjectBuilder();
      cors.forEach((resourceId, one) -> settings.add(resourceId, one.toJson()));
      out.add("cors", settings);
    }
    return out.build();
  }

  /** The reverse of {@link #toJson}; unknown members are ignored, missing lists are empty. */
  public static ApiDefinition fromJson(JsonObject json) {
    return new ApiDefinition(
        Wire.read(json.getJsonObject("restApi"), RestApi.builder()),
        take(json, "resources", Resource::builder, Resource::id),
        take(json, "models", Model::builder, Model::name),
        take(json, "authorizers", Authorizer::builder, Authorizer::id),
        take(json, "requestValidators", RequestValidator::builder, RequestValidator::id),
        take(
            json,
            "gatewayResponses",
            GatewayResponse::builder,
            GatewayResponse::responseTypeAsString),
        take(json, "documentationParts", DocumentationPart::builder, DocumentationPart::id),
        takeVersions(json),
        takeCors(json));
  }

  private static void put(
      JsonObjectBuilder out, String name, Collection<? extends SdkPojo> shapes) {
    if (!shapes.isEmpty()) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      shapes.forEach(shape -> array.add(Wire.write(shape)));
      out.add(name, array);
    }
  }

  private static <T> Map<String, T> take(
      JsonObject json,
      String name,
      Supplier<? extends SdkBuilder<?, T>> builder,
      Function<T, String> key) {
    Map<String, T> out = new LinkedHashMap<>();
    for (JsonValue item : list(json, name)) {
      T shape = Wire.read(item.asJsonObject(), builder.get());
      out.put(key.apply(shape), shape);
    }
    return out;
  }

  private static Map<String, FrozenDocumentation> takeVersions(JsonObject json) {
    Map<String, FrozenDocumentation> out = new LinkedHashMap<>();
    for (JsonValue item : list(json, "documentationVersions")) {
      FrozenDocumentation frozen = FrozenDocumentation.fromJson(item.asJsonObject());
      out.put(frozen.version().version(), frozen);
    }
    return out;
  }

  private static Map<String, Cors> takeCors(JsonObject json) {
    Map<String, Cors> out = new LinkedHashMap<>();
    if (json.containsKey("cors")) {
      json.getJsonObject("cors")
          .forEach((resourceId, one) -> out.put(resourceId, Cors.fromJson(one.asJsonObject())));
    }
    return out;
  }

  private static JsonArray list(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return unmodifiableMap(new LinkedHashMap<>(map));
  }

  public ApiDefinition withRestApi(RestApi other) {
    return new ApiDefinition(
        other,
        resources,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        cors);
  }

  public ApiDefinition withResources(Map<String, Resource> others) {
    return new ApiDefinition(
        restApi,
        others,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        cors);
  }

  /** The resource takes the place of the one with its id, or is appended. */
  public ApiDefinition with(Resource resource) {
    Map<String, Resource> others = new LinkedHashMap<>(resources);
    others.put(resource.id(), resource);
    return withResources(others);
  }

  public ApiDefinition withModels(Map<String, Model> others) {
    return new ApiDefinition(
        restApi,
        resources,
        others,
        authorizers,
        requestValidators,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        cors);
  }

  public ApiDefinition withAuthorizers(Map<String, Authorizer> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        others,
        requestValidators,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        cors);
  }

  public ApiDefinition withRequestValidators(Map<String, RequestValidator> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        authorizers,
        others,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        cors);
  }

  public ApiDefinition withGatewayResponses(Map<String, GatewayResponse> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        authorizers,
        requestValidators,
        others,
        documentationParts,
        documentationVersions,
        cors);
  }

  public ApiDefinition withDocumentationParts(Map<String, DocumentationPart> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        others,
        documentationVersions,
        cors);
  }

  public ApiDefinition withDocumentationVersions(Map<String, FrozenDocumentation> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        documentationParts,
        others,
        cors);
  }

  public ApiDefinition withCors(Map<String, Cors> others) {
    return new ApiDefinition(
        restApi,
        resources,
        models,
        authorizers,
        requestValidators,
        gatewayResponses,
        documentationParts,
        documentationVersions,
        others);
  }

  /** What is deployed and served: the definition without documentation. */
  public ApiDefinition withoutDocumentation() {
    return withDocumentationParts(Map.of()).withDocumentationVersions(Map.of());
  }

  /** Resources in order of creation. */
  public List<Resource> resourceList() {
    return new ArrayList<>(resources.values());
  }
}

package io.gatehouse.model.definition;

import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.API;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.AUTHORIZER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.METHOD;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.MODEL;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.PATH_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.QUERY_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_BODY;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_HEADER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESOURCE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE_BODY;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE_HEADER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * Everything of an API that can be documented, as locations: what the vendor calls its entities.
 */
final class DocumentationLocations {

  private static final Map<String, DocumentationPartType> PARAMETERS =
      Map.of(
          "path", PATH_PARAMETER,
          "querystring", QUERY_PARAMETER,
          "multivaluequerystring", QUERY_PARAMETER,
          "header", REQUEST_HEADER,
          "multivalueheader", REQUEST_HEADER);

  private final List<DocumentationPartLocation> all = new ArrayList<>();

  private DocumentationLocations() {}

  /** The API first, then its resources in the order of their making with all that hangs there. */
  static List<DocumentationPartLocation> of(ApiDefinition api) {
    DocumentationLocations locations = new DocumentationLocations();
    locations.add(API);
    api.authorizers().values().forEach(a -> locations.add(AUTHORIZER, l -> l.name(a.name())));
    api.models().keySet().forEach(name -> locations.add(MODEL, l -> l.name(name)));
    api.resources().values().forEach(locations::resource);
    return locations.all;
  }

  private void resource(Resource resource) {
    add(RESOURCE, l -> l.path(resource.path()));
    resource.resourceMethods().values().forEach(method -> method(resource.path(), method));
  }

  private void method(String path, Method method) {
    Place here = l -> l.path(path).method(method.httpMethod());
    add(METHOD, here);
    for (String parameter : method.requestParameters().keySet()) {
      // method.request.WHERE.NAME
      String[] words = parameter.split("\\.", 4);
      Optional.ofNullable(PARAMETERS.get(words[2]))
          .ifPresent(type -> add(type, here.and(l -> l.name(words[3]))));
    }
    if (!method.requestModels().isEmpty()) {
      add(REQUEST_BODY, here);
    }
    for (MethodResponse response : method.methodResponses().values()) {
      Place answer = here.and(l -> l.statusCode(response.statusCode()));
      add(RESPONSE, answer);
      for (String header : response.responseParameters().keySet()) {
        String name = header.substring("method.response.header.".length());
        add(RESPONSE_HEADER, answer.and(l -> l.name(name)));
      }
      if (!response.responseModels().isEmpty()) {
        add(RESPONSE_BODY, answer);
      }
    }
  }

  private void add(DocumentationPartType type) {
    add(type, l -> l);
  }

  private void add(DocumentationPartType type, Place place) {
    all.add(place.in(DocumentationPartLocation.builder().type(type)).build());
  }

  /** Fills in where. */
  private interface Place {
    DocumentationPartLocation.Builder in(DocumentationPartLocation.Builder location);

    default Place and(Place more) {
      return location -> more.in(in(location));
    }
  }
}

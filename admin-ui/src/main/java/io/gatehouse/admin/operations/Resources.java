package io.gatehouse.admin.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.CreateResourceRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteResourceRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourceRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.UpdateResourceRequest;

/** The resources of a REST API. Imitates the Resource pages of the API reference. */
@ApplicationScoped
public class Resources implements Operations {

  private static final int DEFAULT_LIMIT = 25;
  private static final int MAX_LIMIT = 500;

  private ApiStore apis;
  private Ids ids;

  protected Resources() {}

  @Inject
  public Resources(ApiStore apis, Ids ids) {
    this.apis = apis;
    this.ids = ids;
  }

  @Operation(value = "POST /restapis/{restapi_id}/resources/{parent_id}", status = 201)
  public Resource createResource(Caller caller, CreateResourceRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api -> ResourceTree.create(api, in.parentId(), in.pathPart(), ids::small));
    return after.resourceList().getLast();
  }

  @Operation("GET /restapis/{restapi_id}/resources/{resource_id}")
  public Resource getResource(Caller caller, GetResourceRequest in) {
    Resource resource = ResourceTree.get(apis.get(caller, in.restApiId()), in.resourceId());
    return shown(resource, in.embed());
  }

  /** By path; a position is the path of the page's last resource. */
  @Operation("GET /restapis/{restapi_id}/resources")
  public GetResourcesResponse getResources(Caller caller, GetResourcesRequest in) {
    String after = path(in.position());
    List<Resource> rest =
        ResourceTree.sorted(apis.get(caller, in.restApiId())).stream()
            .filter(resource -> resource.path().compareTo(after) > 0)
            .toList();
    int size = size(in.limit());
    List<Resource> page = rest.subList(0, Math.min(size, rest.size()));
    return GetResourcesResponse.builder()
        .items(page.stream().map(resource -> shown(resource, in.embed())).toList())
        .position(rest.size() > size ? position(page.getLast()) : null)
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/resources/{resource_id}")
  public Resource updateResource(Caller caller, UpdateResourceRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                ResourceTree.update(
                    api,
                    in.resourceId(),
                    r -> MethodPatches.RESOURCE.apply(r, in.patchOperations())));
    return shown(ResourceTree.get(after, in.resourceId()), List.of());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/resources/{resource_id}", status = 202)
  public void deleteResource(Caller caller, DeleteResourceRequest in) {
    apis.edit(caller, in.restApiId(), api -> ResourceTree.delete(api, in.resourceId()));
  }

  /** Without {@code embed=methods} only the verbs are told. */
  private static Resource shown(Resource resource, List<String> embed) {
    if (embed.contains("methods") || !resource.hasResourceMethods()) {
      return resource;
    }
    Map<String, Method> verbs = new LinkedHashMap<>();
    resource.resourceMethods().keySet().forEach(v -> verbs.put(v, Method.builder().build()));
    return resource.toBuilder().resourceMethods(verbs).build();
  }

  private static int size(Integer limit) {
    return limit == null || limit < 1 ? DEFAULT_LIMIT : Math.min(limit, MAX_LIMIT);
  }

  private static String position(Resource last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.path().getBytes(UTF_8));
  }

  private static String path(String position) {
    try {
      return position == null ? "" : new String(Base64.getUrlDecoder().decode(position), UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("Invalid position specified: it must come from an earlier page");
    }
  }
}

package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourceTree;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  /** By path. */
  @Operation("GET /restapis/{restapi_id}/resources")
  public GetResourcesResponse getResources(Caller caller, GetResourcesRequest in) {
    List<Resource> all = ResourceTree.sorted(apis.get(caller, in.restApiId()));
    Page<Resource> page =
        Page.within(all, new Page.Ask(in.position(), in.limit()), Resource::path)
            .map(resource -> shown(resource, in.embed()));
    return GetResourcesResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
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
}

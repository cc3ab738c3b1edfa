package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DomainStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.PathMappingStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.admin.store.StoredPathMapping;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.BasePathMapping;
import software.amazon.awssdk.services.apigateway.model.CreateBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.GetBasePathMappingRequest;
import software.amazon.awssdk.services.apigateway.model.GetBasePathMappingsRequest;
import software.amazon.awssdk.services.apigateway.model.GetBasePathMappingsResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateBasePathMappingRequest;

/**
 * Which API is behind which base path of a custom domain name. Imitates the BasePathMapping pages
 * of the API reference.
 */
@ApplicationScoped
public class BasePathMappings implements Operations {

  private static final int MOST = 200;

  private static final Pattern BASE_PATH = Pattern.compile("[A-Za-z0-9$_.+!*'()-]{1,300}");

  private static final PatchRules<BasePathMapping> PATCHES =
      PatchRules.of(BasePathMapping::builder)
          .allow(REPLACE, "/basePath")
          .reading(BasePathMappings::basePath)
          .allow(REPLACE, "/restapiId")
          .as("/restApiId")
          .allow(REPLACE, "/restApiId")
          .allow(REPLACE, "/stage")
          .refusing(Refusal.LISTING_PATHS);

  private DomainStore domains;
  private PathMappingStore basePaths;
  private ApiStore apis;
  private StageStore stages;
  private Publisher publisher;

  protected BasePathMappings() {}

  @Inject
  public BasePathMappings(
      DomainStore domains,
      PathMappingStore basePaths,
      ApiStore apis,
      StageStore stages,
      Publisher publisher) {
    this.domains = domains;
    this.basePaths = basePaths;
    this.apis = apis;
    this.stages = stages;
    this.publisher = publisher;
  }

  @Operation(value = "POST /domainnames/{domain_name}/basepathmappings", status = 201)
  public BasePathMapping createBasePathMapping(Caller caller, CreateBasePathMappingRequest in) {
    StoredDomain domain = domains.lock(caller, in.domainName(), in.domainNameId());
    BasePathMapping mapping =
        BasePathMapping.builder()
            .basePath(basePath(in.basePath()))
            .restApiId(in.restApiId())
            .stage(given(in.stage()))
            .build();
    requireTarget(caller, mapping);
    if (basePaths.all(domain).size() >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of base path mappings for this domain name has been reached: " + MOST);
    }
    basePaths.create(domain, mapping);
    changed(domain);
    return mapping;
  }

  @Operation("GET /domainnames/{domain_name}/basepathmappings/{base_path}")
  public BasePathMapping getBasePathMapping(Caller caller, GetBasePathMappingRequest in) {
    StoredDomain domain = domains.get(caller, in.domainName(), in.domainNameId());
    return basePaths.get(domain, in.basePath()).body();
  }

  @Operation("GET /domainnames/{domain_name}/basepathmappings")
  public GetBasePathMappingsResponse getBasePathMappings(
      Caller caller, GetBasePathMappingsRequest in) {
    StoredDomain domain = domains.get(caller, in.domainName(), in.domainNameId());
    Page<BasePathMapping> page = basePaths.list(domain, new Page.Ask(in.position(), in.limit()));
    return GetBasePathMappingsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /domainnames/{domain_name}/basepathmappings/{base_path}")
  public BasePathMapping updateBasePathMapping(Caller caller, UpdateBasePathMappingRequest in) {
    StoredDomain domain = domains.lock(caller, in.domainName(), in.domainNameId());
    StoredPathMapping mapping = basePaths.get(domain, in.basePath());
    BasePathMapping after = PATCHES.apply(mapping.body(), in.patchOperations());
    requireTarget(caller, after);
    basePaths.replace(domain, mapping, after);
    changed(domain);
    return after;
  }

  @Operation(value = "DELETE /domainnames/{domain_name}/basepathmappings/{base_path}", status = 202)
  public void deleteBasePathMapping(Caller caller, DeleteBasePathMappingRequest in) {
    StoredDomain domain = domains.lock(caller, in.domainName(), in.domainNameId());
    basePaths.delete(basePaths.get(domain, in.basePath()));
    changed(domain);
  }

  private void changed(StoredDomain domain) {
    domains.touch(domain);
    publisher.changed(domain);
  }

  /** The API stays until the end of the transaction, and with it its stages. */
  private void requireTarget(Caller caller, BasePathMapping mapping) {
    String apiId = mapping.restApiId();
    if (given(apiId) == null || apis.lock(caller, apiId).isEmpty()) {
      throw ApiError.badRequest("Invalid REST API identifier specified");
    }
    if (mapping.stage() != null && stages.find(caller, apiId, mapping.stage()).isEmpty()) {
      throw ApiError.badRequest("Invalid stage identifier specified");
    }
  }

  /** As it is stored and addressed: {@code (none)} for the empty one. */
  private static String basePath(String given) {
    if (given == null || given.isEmpty() || given.equals(PathMappingStore.NONE)) {
      return PathMappingStore.NONE;
    }
    if (given.contains("/")) {
      throw ApiError.badRequest(
          "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create"
              + " a multi-level base path mapping, use API Gateway V2.");
    }
    if (!BASE_PATH.matcher(given).matches()) {
      throw ApiError.badRequest(
          "Invalid base path specified. It may have 1 to 300 of letters, digits and $-_.+!*'()");
    }
    return given;
  }
}

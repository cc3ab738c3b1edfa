package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredVpcLink;
import io.gatehouse.admin.store.VpcLinkStore;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.CreateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksRequest;
import software.amazon.awssdk.services.apigateway.model.GetVpcLinksResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateVpcLinkRequest;
import software.amazon.awssdk.services.apigateway.model.VpcLink;
import software.amazon.awssdk.services.apigateway.model.VpcLinkStatus;

/**
 * Ways into private networks, which integrations name by id. Imitates the VpcLink pages of the API
 * reference.
 */
@ApplicationScoped
public class VpcLinks implements Operations {

  private static final int MOST = 20;

  private static final PatchRules<VpcLink> PATCHES =
      PatchRules.of(VpcLink::builder)
          .allow(REPLACE, "/name")
          .reading(VpcLinks::name)
          .allow(REPLACE, "/description")
          .reading(text -> AccountRules.text("description", text))
          .allow(ADD_REPLACE_REMOVE, "/targetArns")
          .by(VpcLinks::otherTarget)
          .allow(ADD_REPLACE_REMOVE, "/targetArns/{arn+}")
          .by(VpcLinks::otherTarget)
          .refusing(Refusal.LISTING_PATHS);

  private VpcLinkStore links;
  private ApiStore apis;
  private Ids ids;

  protected VpcLinks() {}

  @Inject
  public VpcLinks(VpcLinkStore links, ApiStore apis, Ids ids) {
    this.links = links;
    this.apis = apis;
    this.ids = ids;
  }

  /** Answers a link on its way, as recorded; whoever asks again finds it ready. */
  @Operation(value = "POST /vpclinks", status = 202)
  public VpcLink createVpcLink(Caller caller, CreateVpcLinkRequest in) {
    TagRules.check(in.tags());
    VpcLink link =
        VpcLink.builder()
            .id(ids.small())
            .name(name(in.name()))
            .description(AccountRules.text("description", given(in.description())))
            .targetArns(target(in.targetArns()))
            .status(VpcLinkStatus.AVAILABLE)
            .statusMessage("Your vpc link is ready for use")
            .tags(in.tags().isEmpty() ? null : in.tags())
            .build();
    if (links.count(caller) >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of VPC links for this account has been reached: " + MOST);
    }
    links.create(caller, link);
    return link.toBuilder().status(VpcLinkStatus.PENDING).statusMessage(null).build();
  }

  @Operation("GET /vpclinks/{vpclink_id}")
  public VpcLink getVpcLink(Caller caller, GetVpcLinkRequest in) {
    return withTags(links.get(caller, in.vpcLinkId()).body());
  }

  @Operation("GET /vpclinks")
  public GetVpcLinksResponse getVpcLinks(Caller caller, GetVpcLinksRequest in) {
    Page<VpcLink> page = links.list(caller, new Page.Ask(in.position(), in.limit()));
    return GetVpcLinksResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /vpclinks/{vpclink_id}")
  public VpcLink updateVpcLink(Caller caller, UpdateVpcLinkRequest in) {
    StoredVpcLink link = links.lock(caller, in.vpcLinkId());
    links.replace(link, PATCHES.apply(link.body(), in.patchOperations()));
    return withTags(link.body());
  }

  @Operation(value = "DELETE /vpclinks/{vpclink_id}", status = 202)
  public void deleteVpcLink(Caller caller, DeleteVpcLinkRequest in) {
    StoredVpcLink link = links.lock(caller, in.vpcLinkId());
    List<String> users = users(caller, link.linkId());
    if (!users.isEmpty()) {
      throw ApiError.badRequest(
          "Cannot delete vpc link. Vpc link '%s', is referenced in %s in format of [RESTApiId:Method:Resource]."
              .formatted(link.linkId(), users));
    }
    links.delete(link);
  }

  /** Links are deleted rarely enough to look through all of the tenant's APIs then. */
  private List<String> users(Caller caller, String linkId) {
    List<String> users = new ArrayList<>();
    Page<ApiDefinition> page = apis.list(caller, Page.Ask.first());
    addUsers(users, caller, page.items(), linkId);
    while (page.position().isPresent()) {
      page = apis.list(caller, new Page.Ask(page.position().get(), null));
      addUsers(users, caller, page.items(), linkId);
    }
    return users;
  }

  private void addUsers(
      List<String> users, Caller caller, List<ApiDefinition> listed, String linkId) {
    listed.forEach(
        api -> apis.find(caller, api.restApi().id()).ifPresent(a -> addUsers(users, a, linkId)));
  }

  private static void addUsers(List<String> users, ApiDefinition api, String linkId) {
    api.resources()
        .values()
        .forEach(
            resource ->
                resource
                    .resourceMethods()
                    .forEach(
                        (verb, method) -> {
                          if (method.methodIntegration() != null
                              && linkId.equals(method.methodIntegration().connectionId())) {
                            users.add(String.join(":", api.restApi().id(), verb, resource.id()));
                          }
                        }));
  }

  private static String name(String name) {
    if (name == null || name.isBlank()) {
      throw ApiError.badRequest("Vpc Link name cannot be blank");
    }
    return AccountRules.text("name", name);
  }

  private static List<String> target(List<String> arns) {
    if (arns.size() > 1) {
      throw ApiError.badRequest("More than one target arn specified for vpc link.");
    }
    if (arns.isEmpty()
        || Arn.parse(arns.getFirst())
            .filter(arn -> arn.service().equals("elasticloadbalancing"))
            .filter(arn -> arn.resource().startsWith("loadbalancer/"))
            .isEmpty()) {
      throw ApiError.badRequest(
          "Invalid target arn specified for vpc link. It must be that of a network load balancer");
    }
    return arns;
  }

  private static VpcLink otherTarget(VpcLink link, Change change) {
    throw ApiError.badRequest("Target arns are not allowed to be changed/added.");
  }

  /** A single answer has tags, be there none; creation and lists have not [R]. */
  private static VpcLink withTags(VpcLink link) {
    return link.hasTags() ? link : link.toBuilder().tags(Map.of()).build();
  }
}

package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredVpcLink;
import io.gatehouse.admin.store.VpcLinkStore;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.snapshot.VpcLinkTags;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  /**
   * What uses a link.
   *
   * @param methods of APIs as they are edited, each {@code api:verb:resource}
   * @param stages as they are deployed, each {@code api:stage}
   */
  public record Users(List<String> methods, List<String> stages) {

    public Users {
      methods = List.copyOf(methods);
      stages = List.copyOf(stages);
    }
  }

  private VpcLinkStore links;
  private VpcLinkUses uses;
  private Publisher publisher;
  private Ids ids;

  protected VpcLinks() {}

  @Inject
  public VpcLinks(
      VpcLinkStore links,
      ApiStore apis,
      DeploymentStore deployments,
      Publisher publisher,
      Ids ids) {
    this.links = links;
    this.uses = new VpcLinkUses(apis, deployments);
    this.publisher = publisher;
    this.ids = ids;
  }

  /** Answers a link on its way, as recorded; whoever asks again finds it ready. */
  @Operation(value = "POST /vpclinks", status = 202)
  public VpcLink createVpcLink(Caller caller, CreateVpcLinkRequest in) {
    TagRules.check(in.tags());
    VpcLinkTags.check(in.tags());
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
    publisher.changed(links.create(caller, link));
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
    publisher.changed(link);
    return withTags(link.body());
  }

  @Operation(value = "DELETE /vpclinks/{vpclink_id}", status = 202)
  public void deleteVpcLink(Caller caller, DeleteVpcLinkRequest in) {
    StoredVpcLink link = links.lock(caller, in.vpcLinkId());
    Users users = uses.users(caller, link.linkId());
    if (!users.methods().isEmpty()) {
      throw ApiError.badRequest(
          "Cannot delete vpc link. Vpc link '%s', is referenced in %s in format of [RESTApiId:Method:Resource]."
              .formatted(link.linkId(), users.methods()));
    }
    if (!users.stages().isEmpty()) {
      throw ApiError.badRequest(
          "Cannot delete vpc link. Vpc link '%s', is used by what the stages %s serve, in format of [RESTApiId:Stage]. Deploy them without it first."
              .formatted(link.linkId(), users.stages()));
    }
    links.delete(link);
    publisher.gone(link);
  }

  /** Who would be in the way of deleting a link. */
  @ConsoleQuery
  public Users vpcLinkUsers(Caller caller, String linkId) {
    return uses.users(caller, links.get(caller, linkId).linkId());
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

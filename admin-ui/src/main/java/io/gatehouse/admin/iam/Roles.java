package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.store.AttachmentStore;
import io.gatehouse.admin.store.IdentityDocument;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles. Imitates the Role pages of IAM's API reference. */
@ApplicationScoped
public class Roles implements Operations {

  private static final int MOST = 1000;
  private static final int USUAL_SESSION_SECONDS = 3600;

  private IamNames names;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private PrincipalChanges principals;
  private Ids ids;
  private InstantSource clock;

  protected Roles() {}

  @Inject
  public Roles(
      IamNames names,
      IdentityStore identities,
      AttachmentStore attachments,
      PrincipalChanges principals,
      Ids ids,
      InstantSource clock) {
    this.names = names;
    this.identities = identities;
    this.attachments = attachments;
    this.principals = principals;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation("POST /?Action=CreateRole&Version=2010-05-08")
  public CreateRoleResponse createRole(Caller caller, CreateRoleRequest in) {
    IdentityDocument body =
        new IdentityDocument(
            clock.instant(),
            Optional.ofNullable(in.description()),
            Optional.of(PolicyDocuments.checked(in.assumeRolePolicyDocument(), Policy.Kind.TRUST)),
            in.maxSessionDuration() == null ? USUAL_SESSION_SECONDS : in.maxSessionDuration(),
            Map.of(),
            IamTags.map(in.tags()));
    Optional<String> boundary = Optional.ofNullable(in.permissionsBoundary());
    boundary.ifPresent(arn -> names.lockAttachable(caller, arn));
    IamNames.requireRoom(identities.count(caller.account(), Kind.ROLE), MOST, "RolesPerAccount");
    StoredIdentity role =
        identities.create(
            caller.account(),
            Kind.ROLE,
            in.roleName(),
            Listing.prefix(in.path()),
            ids.role(),
            body);
    attachments.limit(role, boundary);
    principals.changed(role);
    return CreateRoleResponse.builder().role(IamShapes.role(role, boundary)).build();
  }

  @Operation("POST /?Action=GetRole&Version=2010-05-08")
  public GetRoleResponse getRole(Caller caller, GetRoleRequest in) {
    StoredIdentity role = names.get(caller, Kind.ROLE, in.roleName());
    return GetRoleResponse.builder().role(IamShapes.role(role, attachments.boundary(role))).build();
  }

  @Operation("POST /?Action=UpdateRole&Version=2010-05-08")
  public UpdateRoleResponse updateRole(Caller caller, UpdateRoleRequest in) {
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    IdentityDocument body = role.body();
    if (in.description() != null) {
      body = body.withDescription(Optional.of(in.description()));
    }
    if (in.maxSessionDuration() != null) {
      body = body.withMaxSessionSeconds(in.maxSessionDuration());
    }
    replace(role, body);
    return UpdateRoleResponse.builder().build();
  }

  @Operation("POST /?Action=UpdateRoleDescription&Version=2010-05-08")
  public UpdateRoleDescriptionResponse updateRoleDescription(
      Caller caller, UpdateRoleDescriptionRequest in) {
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    replace(role, role.body().withDescription(Optional.of(in.description())));
    return UpdateRoleDescriptionResponse.builder().role(IamShapes.role(role)).build();
  }

  @Operation("POST /?Action=UpdateAssumeRolePolicy&Version=2010-05-08")
  public void updateAssumeRolePolicy(Caller caller, UpdateAssumeRolePolicyRequest in) {
    String trust = PolicyDocuments.checked(in.policyDocument(), Policy.Kind.TRUST);
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    replace(role, role.body().withTrust(trust));
  }

  private void replace(StoredIdentity role, IdentityDocument body) {
    identities.replace(role, body);
    principals.changed(role);
  }

  @Operation("POST /?Action=DeleteRole&Version=2010-05-08")
  public void deleteRole(Caller caller, DeleteRoleRequest in) {
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    if (!role.body().policies().isEmpty()) {
      throw IamNames.inUse("delete policies");
    }
    if (!attachments.attached(role).isEmpty()) {
      throw IamNames.inUse("detach all policies");
    }
    attachments.limit(role, Optional.empty());
    principals.gone(role);
    identities.delete(role);
  }

  @Operation("POST /?Action=ListRoles&Version=2010-05-08")
  public ListRolesResponse listRoles(Caller caller, ListRolesRequest in) {
    Page<StoredIdentity> page =
        identities.list(
            caller.account(),
            Kind.ROLE,
            Listing.prefix(in.pathPrefix()),
            Listing.ask(in.marker(), in.maxItems()));
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(IamShapes::role).toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=TagRole&Version=2010-05-08")
  public void tagRole(Caller caller, TagRoleRequest in) {
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    replace(role, role.body().withTags(IamTags.with(role.body().tags(), in.tags())));
  }

  @Operation("POST /?Action=UntagRole&Version=2010-05-08")
  public void untagRole(Caller caller, UntagRoleRequest in) {
    StoredIdentity role = names.lock(caller, Kind.ROLE, in.roleName());
    replace(role, role.body().withTags(IamTags.without(role.body().tags(), in.tagKeys())));
  }

  @Operation("POST /?Action=ListRoleTags&Version=2010-05-08")
  public ListRoleTagsResponse listRoleTags(Caller caller, ListRoleTagsRequest in) {
    StoredIdentity role = names.get(caller, Kind.ROLE, in.roleName());
    Page<Tag> page =
        Page.within(
            IamTags.list(role.body().tags()), Listing.ask(in.marker(), in.maxItems()), Tag::key);
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  /** There are no machines here that could have one. */
  @Operation("POST /?Action=ListInstanceProfilesForRole&Version=2010-05-08")
  public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      Caller caller, ListInstanceProfilesForRoleRequest in) {
    names.get(caller, Kind.ROLE, in.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }
}

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
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;

/** Groups and who belongs to them. Imitates the Group pages of IAM's API reference. */
@ApplicationScoped
public class Groups implements Operations {

  private static final int MOST = 300;
  private static final int MOST_OF_A_USER = 10;

  private IamNames names;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private PrincipalChanges principals;
  private Ids ids;
  private InstantSource clock;

  protected Groups() {}

  @Inject
  public Groups(
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

  @Operation("POST /?Action=CreateGroup&Version=2010-05-08")
  public CreateGroupResponse createGroup(Caller caller, CreateGroupRequest in) {
    IamNames.requireRoom(identities.count(caller.account(), Kind.GROUP), MOST, "GroupsPerAccount");
    StoredIdentity group =
        identities.create(
            caller.account(),
            Kind.GROUP,
            in.groupName(),
            Listing.prefix(in.path()),
            ids.group(),
            IdentityDocument.created(clock.instant(), Map.of()));
    return CreateGroupResponse.builder().group(IamShapes.group(group)).build();
  }

  @Operation("POST /?Action=GetGroup&Version=2010-05-08")
  public GetGroupResponse getGroup(Caller caller, GetGroupRequest in) {
    StoredIdentity group = names.get(caller, Kind.GROUP, in.groupName());
    Page<StoredIdentity> page =
        Page.within(
            identities.members(group),
            Listing.ask(in.marker(), in.maxItems()),
            StoredIdentity::uniqueId);
    return GetGroupResponse.builder()
        .group(IamShapes.group(group))
        .users(page.items().stream().map(IamShapes::user).toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=UpdateGroup&Version=2010-05-08")
  public void updateGroup(Caller caller, UpdateGroupRequest in) {
    StoredIdentity group = names.lock(caller, Kind.GROUP, in.groupName());
    identities.rename(
        group,
        in.newGroupName() == null ? group.name() : in.newGroupName(),
        in.newPath() == null ? group.path() : in.newPath());
  }

  @Operation("POST /?Action=DeleteGroup&Version=2010-05-08")
  public void deleteGroup(Caller caller, DeleteGroupRequest in) {
    StoredIdentity group = names.lock(caller, Kind.GROUP, in.groupName());
    if (!identities.memberIds(group).isEmpty()) {
      throw IamNames.inUse("remove users from group");
    }
    if (!group.body().policies().isEmpty()) {
      throw IamNames.inUse("delete policies");
    }
    if (!attachments.attached(group).isEmpty()) {
      throw IamNames.inUse("detach all policies");
    }
    identities.delete(group);
  }

  @Operation("POST /?Action=ListGroups&Version=2010-05-08")
  public ListGroupsResponse listGroups(Caller caller, ListGroupsRequest in) {
    Page<StoredIdentity> page =
        identities.list(
            caller.account(),
            Kind.GROUP,
            Listing.prefix(in.pathPrefix()),
            Listing.ask(in.marker(), in.maxItems()));
    return ListGroupsResponse.builder()
        .groups(page.items().stream().map(IamShapes::group).toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=AddUserToGroup&Version=2010-05-08")
  public void addUserToGroup(Caller caller, AddUserToGroupRequest in) {
    StoredIdentity group = names.lock(caller, Kind.GROUP, in.groupName());
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    boolean there =
        identities.groupsOf(user).stream().anyMatch(g -> g.uniqueId().equals(group.uniqueId()));
    if (!there) {
      IamNames.requireRoom(identities.groupsOf(user).size(), MOST_OF_A_USER, "GroupsPerUser");
      identities.addMember(group, user);
      principals.changed(user);
    }
  }

  @Operation("POST /?Action=RemoveUserFromGroup&Version=2010-05-08")
  public void removeUserFromGroup(Caller caller, RemoveUserFromGroupRequest in) {
    StoredIdentity group = names.lock(caller, Kind.GROUP, in.groupName());
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    if (!identities.removeMember(group, user)) {
      throw ApiError.notFound(
          "User %s is not in group %s".formatted(in.userName(), in.groupName()));
    }
    principals.changed(user);
  }

  @Operation("POST /?Action=ListGroupsForUser&Version=2010-05-08")
  public ListGroupsForUserResponse listGroupsForUser(Caller caller, ListGroupsForUserRequest in) {
    StoredIdentity user = names.get(caller, Kind.USER, in.userName());
    Page<StoredIdentity> page =
        Page.within(
            identities.groupsOf(user),
            Listing.ask(in.marker(), in.maxItems()),
            StoredIdentity::uniqueId);
    return ListGroupsForUserResponse.builder()
        .groups(page.items().stream().map(IamShapes::group).toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }
}

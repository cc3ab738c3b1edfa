package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.store.AccessKeyStore;
import io.gatehouse.admin.store.AttachmentStore;
import io.gatehouse.admin.store.IdentityDocument;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.aws.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;

/** Users. Imitates the User pages of IAM's API reference. */
@ApplicationScoped
public class Users implements Operations {

  private static final int MOST = 5000;

  private IamNames names;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private AccessKeyStore accessKeys;
  private PrincipalChanges principals;
  private Ids ids;
  private InstantSource clock;

  protected Users() {}

  @Inject
  public Users(
      IamNames names,
      IdentityStore identities,
      AttachmentStore attachments,
      AccessKeyStore accessKeys,
      PrincipalChanges principals,
      Ids ids,
      InstantSource clock) {
    this.names = names;
    this.identities = identities;
    this.attachments = attachments;
    this.accessKeys = accessKeys;
    this.principals = principals;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation("POST /?Action=CreateUser&Version=2010-05-08")
  public CreateUserResponse createUser(Caller caller, CreateUserRequest in) {
    Map<String, String> tags = IamTags.map(in.tags());
    Optional<String> boundary = Optional.ofNullable(in.permissionsBoundary());
    boundary.ifPresent(arn -> names.lockAttachable(caller, arn));
    IamNames.requireRoom(identities.count(caller.account(), Kind.USER), MOST, "UsersPerAccount");
    StoredIdentity user =
        identities.create(
            caller.account(),
            Kind.USER,
            in.userName(),
            Listing.prefix(in.path()),
            ids.user(),
            IdentityDocument.created(clock.instant(), tags));
    attachments.limit(user, boundary);
    principals.changed(user);
    return CreateUserResponse.builder().user(IamShapes.user(user, boundary)).build();
  }

  @Operation("POST /?Action=GetUser&Version=2010-05-08")
  public GetUserResponse getUser(Caller caller, GetUserRequest in) {
    StoredIdentity user = names.get(caller, Kind.USER, IamNames.userName(caller, in.userName()));
    return GetUserResponse.builder().user(IamShapes.user(user, attachments.boundary(user))).build();
  }

  @Operation("POST /?Action=UpdateUser&Version=2010-05-08")
  public void updateUser(Caller caller, UpdateUserRequest in) {
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    String name = in.newUserName() == null ? user.name() : in.newUserName();
    String path = in.newPath() == null ? user.path() : in.newPath();
    if (!name.equals(user.name())) {
      principals.gone(user);
    }
    identities.rename(user, name, path);
    principals.changed(user);
  }

  @Operation("POST /?Action=DeleteUser&Version=2010-05-08")
  public void deleteUser(Caller caller, DeleteUserRequest in) {
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    if (!accessKeys.ofUser(user).isEmpty()) {
      throw IamNames.inUse("delete access keys");
    }
    if (!user.body().policies().isEmpty()) {
      throw IamNames.inUse("delete policies");
    }
    if (!attachments.attached(user).isEmpty()) {
      throw IamNames.inUse("detach all policies");
    }
    if (!identities.groupsOf(user).isEmpty()) {
      throw IamNames.inUse("remove users from group");
    }
    attachments.limit(user, Optional.empty());
    principals.gone(user);
    identities.delete(user);
  }

  @Operation("POST /?Action=ListUsers&Version=2010-05-08")
  public ListUsersResponse listUsers(Caller caller, ListUsersRequest in) {
    Page<StoredIdentity> page =
        identities.list(
            caller.account(),
            Kind.USER,
            Listing.prefix(in.pathPrefix()),
            Listing.ask(in.marker(), in.maxItems()));
    return ListUsersResponse.builder()
        .users(page.items().stream().map(IamShapes::user).toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=TagUser&Version=2010-05-08")
  public void tagUser(Caller caller, TagUserRequest in) {
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    tag(user, IamTags.with(user.body().tags(), in.tags()));
  }

  @Operation("POST /?Action=UntagUser&Version=2010-05-08")
  public void untagUser(Caller caller, UntagUserRequest in) {
    StoredIdentity user = names.lock(caller, Kind.USER, in.userName());
    tag(user, IamTags.without(user.body().tags(), in.tagKeys()));
  }

  private void tag(StoredIdentity user, Map<String, String> tags) {
    identities.replace(user, user.body().withTags(tags));
    principals.changed(user);
  }

  @Operation("POST /?Action=ListUserTags&Version=2010-05-08")
  public ListUserTagsResponse listUserTags(Caller caller, ListUserTagsRequest in) {
    StoredIdentity user = names.get(caller, Kind.USER, in.userName());
    Page<Tag> page =
        Page.within(
            IamTags.list(user.body().tags()), Listing.ask(in.marker(), in.maxItems()), Tag::key);
    return ListUserTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }
}

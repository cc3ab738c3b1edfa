package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.PoliciesOf.Held;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.UserAccessKeys;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.User;

/** Shows one user and changes it. */
final class UserPresenter {

  interface Screen {
    void show(Shown user);

    /** The one time that the secret is told. */
    void made(AccessKey key);

    void notice(String text);

    void gone(String text);
  }

  /** A user with what hangs on it. */
  record Shown(User user, List<AccessKeyMetadata> keys, List<Group> groups, Held policies) {}

  private final Users users;
  private final UserAccessKeys keys;
  private final Groups groups;
  private final HeldPolicies policies;
  private final Supplier<Caller> caller;
  private final Screen screen;

  UserPresenter(
      Users users,
      UserAccessKeys keys,
      Groups groups,
      HeldPolicies policies,
      Supplier<Caller> caller,
      Screen screen) {
    this.users = users;
    this.keys = keys;
    this.groups = groups;
    this.policies = policies;
    this.caller = caller;
    this.screen = screen;
  }

  void load(String name) {
    Caller me = caller.get();
    User user = users.getUser(me, GetUserRequest.builder().userName(name).build()).user();
    Optional<String> boundary =
        Optional.ofNullable(user.permissionsBoundary())
            .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    screen.show(
        new Shown(
            user,
            keys.listAccessKeys(me, ListAccessKeysRequest.builder().userName(name).build())
                .accessKeyMetadata(),
            groups
                .listGroupsForUser(me, ListGroupsForUserRequest.builder().userName(name).build())
                .groups(),
            PoliciesOf.held(policies, me, new Holder(Holder.Kind.USER, name), boundary)));
  }

  void createKey(String name) {
    AccessKey made =
        keys.createAccessKey(caller.get(), CreateAccessKeyRequest.builder().userName(name).build())
            .accessKey();
    load(name);
    screen.made(made);
  }

  void switchKey(AccessKeyMetadata key, boolean on) {
    keys.updateAccessKey(
        caller.get(),
        UpdateAccessKeyRequest.builder()
            .userName(key.userName())
            .accessKeyId(key.accessKeyId())
            .status(on ? StatusType.ACTIVE : StatusType.INACTIVE)
            .build());
    changed(key.userName(), key.accessKeyId() + (on ? " is active" : " is off"));
  }

  void deleteKey(AccessKeyMetadata key) {
    keys.deleteAccessKey(
        caller.get(),
        DeleteAccessKeyRequest.builder()
            .userName(key.userName())
            .accessKeyId(key.accessKeyId())
            .build());
    changed(key.userName(), "Deleted access key " + key.accessKeyId());
  }

  /** The groups of the tenant. */
  List<String> groupNames() {
    return groups
        .listGroups(caller.get(), ListGroupsRequest.builder().maxItems(HeldPolicies.MOST).build())
        .groups()
        .stream()
        .map(Group::groupName)
        .toList();
  }

  void join(String name, Optional<String> chosen) {
    String group = chosen.orElseThrow(() -> ApiError.badRequest("Choose a group"));
    groups.addUserToGroup(
        caller.get(), AddUserToGroupRequest.builder().userName(name).groupName(group).build());
    changed(name, name + " is in group " + group);
  }

  void leave(String name, String group) {
    groups.removeUserFromGroup(
        caller.get(), RemoveUserFromGroupRequest.builder().userName(name).groupName(group).build());
    changed(name, name + " is not in group " + group + " any more");
  }

  void tag(User before, String lines) {
    TagLines tags = TagLines.between(before.tags(), lines);
    String name = before.userName();
    if (!tags.removed().isEmpty()) {
      users.untagUser(
          caller.get(), UntagUserRequest.builder().userName(name).tagKeys(tags.removed()).build());
    }
    if (!tags.set().isEmpty()) {
      users.tagUser(caller.get(), TagUserRequest.builder().userName(name).tags(tags.set()).build());
    }
    changed(name, "Saved the tags");
  }

  /**
   * @param typed what the person has typed to show that it means it
   */
  void delete(String name, String typed) {
    Typed.require("user", name, typed);
    users.deleteUser(caller.get(), DeleteUserRequest.builder().userName(name).build());
    screen.gone("Deleted user " + name);
  }

  void changed(String name, String notice) {
    load(name);
    screen.notice(notice);
  }
}

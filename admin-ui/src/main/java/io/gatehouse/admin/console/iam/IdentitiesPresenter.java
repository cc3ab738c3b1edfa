package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.admin.iam.Users;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;

/** Lists the users, groups or roles of a tenant and makes new ones. */
final class IdentitiesPresenter {

  interface Screen {
    /**
     * @param more whether there are more than these
     */
    void show(List<Row> identities, boolean more);

    void open(Holder made);
  }

  /** A user, group or role. */
  record Row(Holder holder, String arn, Instant created) {
    String name() {
      return holder.name();
    }
  }

  private final Users users;
  private final Groups groups;
  private final Roles roles;
  private final Supplier<Caller> caller;
  private final Screen screen;

  IdentitiesPresenter(
      Users users, Groups groups, Roles roles, Supplier<Caller> caller, Screen screen) {
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.caller = caller;
    this.screen = screen;
  }

  void load(Holder.Kind kind) {
    switch (kind) {
      case USER -> loadUsers();
      case GROUP -> loadGroups();
      case ROLE -> loadRoles();
    }
  }

  private void loadUsers() {
    ListUsersResponse answer =
        users.listUsers(
            caller.get(), ListUsersRequest.builder().maxItems(HeldPolicies.MOST).build());
    screen.show(
        answer.users().stream()
            .map(u -> row(Holder.Kind.USER, u.userName(), u.arn(), u.createDate()))
            .toList(),
        answer.isTruncated());
  }

  private void loadGroups() {
    ListGroupsResponse answer =
        groups.listGroups(
            caller.get(), ListGroupsRequest.builder().maxItems(HeldPolicies.MOST).build());
    screen.show(
        answer.groups().stream()
            .map(g -> row(Holder.Kind.GROUP, g.groupName(), g.arn(), g.createDate()))
            .toList(),
        answer.isTruncated());
  }

  private void loadRoles() {
    ListRolesResponse answer =
        roles.listRoles(
            caller.get(), ListRolesRequest.builder().maxItems(HeldPolicies.MOST).build());
    screen.show(
        answer.roles().stream()
            .map(r -> row(Holder.Kind.ROLE, r.roleName(), r.arn(), r.createDate()))
            .toList(),
        answer.isTruncated());
  }

  private static Row row(Holder.Kind kind, String name, String arn, Instant created) {
    return new Row(new Holder(kind, name), arn, created);
  }

  void createUser(String name) {
    users.createUser(caller.get(), CreateUserRequest.builder().userName(name.strip()).build());
    screen.open(new Holder(Holder.Kind.USER, name.strip()));
  }

  void createGroup(String name) {
    groups.createGroup(caller.get(), CreateGroupRequest.builder().groupName(name.strip()).build());
    screen.open(new Holder(Holder.Kind.GROUP, name.strip()));
  }

  List<Template> trustTemplates() {
    return Documents.trust(caller.get());
  }

  /**
   * @param trust the policy that says who may assume it
   */
  void createRole(String name, String description, String trust) {
    roles.createRole(
        caller.get(),
        CreateRoleRequest.builder()
            .roleName(name.strip())
            .description(description.isBlank() ? null : description.strip())
            .assumeRolePolicyDocument(trust)
            .build());
    screen.open(new Holder(Holder.Kind.ROLE, name.strip()));
  }
}

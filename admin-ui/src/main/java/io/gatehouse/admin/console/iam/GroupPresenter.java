package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.PoliciesOf.Held;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.User;

/** Shows one group and changes it. */
final class GroupPresenter {

  interface Screen {
    void show(Shown group);

    void notice(String text);

    void gone(String text);
  }

  /**
   * A group with what hangs on it.
   *
   * @param more whether it has more members than these
   */
  record Shown(Group group, List<User> members, boolean more, Held policies) {}

  private final Groups groups;
  private final Users users;
  private final HeldPolicies policies;
  private final Supplier<Caller> caller;
  private final Screen screen;

  GroupPresenter(
      Groups groups, Users users, HeldPolicies policies, Supplier<Caller> caller, Screen screen) {
    this.groups = groups;
    this.users = users;
    this.policies = policies;
    this.caller = caller;
    this.screen = screen;
  }

  void load(String name) {
    Caller me = caller.get();
    GetGroupResponse answer =
        groups.getGroup(
            me, GetGroupRequest.builder().groupName(name).maxItems(HeldPolicies.MOST).build());
    screen.show(
        new Shown(
            answer.group(),
            answer.users(),
            answer.isTruncated(),
            PoliciesOf.held(policies, me, new Holder(Holder.Kind.GROUP, name), Optional.empty())));
  }

  /** The users of the tenant. */
  List<String> userNames() {
    return users
        .listUsers(caller.get(), ListUsersRequest.builder().maxItems(HeldPolicies.MOST).build())
        .users()
        .stream()
        .map(User::userName)
        .toList();
  }

  void add(String name, Optional<String> chosen) {
    String user = chosen.orElseThrow(() -> ApiError.badRequest("Choose a user"));
    groups.addUserToGroup(
        caller.get(), AddUserToGroupRequest.builder().groupName(name).userName(user).build());
    changed(name, "Added " + user);
  }

  void remove(String name, String user) {
    groups.removeUserFromGroup(
        caller.get(), RemoveUserFromGroupRequest.builder().groupName(name).userName(user).build());
    changed(name, "Removed " + user);
  }

  /**
   * @param typed what the person has typed to show that it means it
   */
  void delete(String name, String typed) {
    Typed.require("group", name, typed);
    groups.deleteGroup(caller.get(), DeleteGroupRequest.builder().groupName(name).build());
    screen.gone("Deleted group " + name);
  }

  void changed(String name, String notice) {
    load(name);
    screen.notice(notice);
  }
}

package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.console.iam.GroupPresenter.Shown;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.GroupPolicies;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.RolePolicies;
import io.gatehouse.admin.iam.UserPolicies;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;

class GroupPresenterTest {

  private final List<String> done = new ArrayList<>();

  private final GroupPresenter presenter =
      new GroupPresenter(
          new Groups() {
            @Override
            public GetGroupResponse getGroup(Caller caller, GetGroupRequest in) {
              return GetGroupResponse.builder()
                  .group(g -> g.groupName(in.groupName()))
                  .users(u -> u.userName("ann"))
                  .isTruncated(false)
                  .build();
            }

            @Override
            public void addUserToGroup(Caller caller, AddUserToGroupRequest in) {
              done.add(in.userName() + " into " + in.groupName());
            }

            @Override
            public void removeUserFromGroup(Caller caller, RemoveUserFromGroupRequest in) {
              done.add(in.userName() + " out of " + in.groupName());
            }

            @Override
            public void deleteGroup(Caller caller, DeleteGroupRequest in) {
              throw ApiError.badRequest("Cannot delete entity, must detach all policies first.");
            }
          },
          new Users() {},
          new HeldPolicies(
              new CustomerManagedPolicies() {},
              new UserPolicies() {},
              new GroupPolicies() {
                @Override
                public ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
                    Caller caller, ListAttachedGroupPoliciesRequest in) {
                  return ListAttachedGroupPoliciesResponse.builder().build();
                }

                @Override
                public ListGroupPoliciesResponse listGroupPolicies(
                    Caller caller, ListGroupPoliciesRequest in) {
                  return ListGroupPoliciesResponse.builder().policyNames("own").build();
                }
              },
              new RolePolicies() {}),
          () -> Kit.ALICE,
          new GroupPresenter.Screen() {
            @Override
            public void show(Shown group) {
              done.add(group.members().getFirst().userName() + group.policies().inline());
            }

            @Override
            public void notice(String text) {
              done.add("[" + text + "]");
            }

            @Override
            public void gone(String text) {
              done.add("[" + text + "]");
            }
          });

  @Test
  void usersAreAddedAndRemovedAndTheGroupIsShownAnew() {
    assertThrows(ApiError.class, () -> presenter.add("callers", Optional.empty()));
    presenter.add("callers", Optional.of("bob"));
    presenter.remove("callers", "ann");
    assertEquals(
        List.of(
            "bob into callers",
            "ann[own]",
            "[Added bob]",
            "ann out of callers",
            "ann[own]",
            "[Removed ann]"),
        done);
  }

  @Test
  void theOperationSaysWhyAGroupStays() {
    assertThrows(ApiError.class, () -> presenter.delete("callers", "caller"));
    ApiError refused = assertThrows(ApiError.class, () -> presenter.delete("callers", "callers"));
    assertEquals("Cannot delete entity, must detach all policies first.", refused.getMessage());
    assertEquals(List.of(), done);
  }
}

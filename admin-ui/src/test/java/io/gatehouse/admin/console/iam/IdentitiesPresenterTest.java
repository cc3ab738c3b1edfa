package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.admin.console.iam.IdentitiesPresenter.Row;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.admin.store.Kit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;

class IdentitiesPresenterTest {

  private final List<String> done = new ArrayList<>();
  private final List<CreateRoleRequest> roles = new ArrayList<>();

  private final IdentitiesPresenter presenter =
      new IdentitiesPresenter(
          new Users() {
            @Override
            public ListUsersResponse listUsers(Caller caller, ListUsersRequest in) {
              return ListUsersResponse.builder()
                  .users(u -> u.userName("ann").arn("arn:ann"))
                  .isTruncated(true)
                  .build();
            }

            @Override
            public CreateUserResponse createUser(Caller caller, CreateUserRequest in) {
              done.add("user " + in.userName());
              return CreateUserResponse.builder().build();
            }
          },
          new Groups() {
            @Override
            public ListGroupsResponse listGroups(Caller caller, ListGroupsRequest in) {
              return ListGroupsResponse.builder()
                  .groups(g -> g.groupName("callers").arn("arn:callers"))
                  .isTruncated(false)
                  .build();
            }

            @Override
            public CreateGroupResponse createGroup(Caller caller, CreateGroupRequest in) {
              done.add("group " + in.groupName());
              return CreateGroupResponse.builder().build();
            }
          },
          new Roles() {
            @Override
            public ListRolesResponse listRoles(Caller caller, ListRolesRequest in) {
              return ListRolesResponse.builder().isTruncated(false).build();
            }

            @Override
            public CreateRoleResponse createRole(Caller caller, CreateRoleRequest in) {
              roles.add(in);
              return CreateRoleResponse.builder().build();
            }
          },
          () -> Kit.ALICE,
          new IdentitiesPresenter.Screen() {
            @Override
            public void show(List<Row> identities, boolean more) {
              done.add(identities.stream().map(Row::arn).toList() + (more ? " and more" : ""));
            }

            @Override
            public void open(Holder made) {
              done.add("open " + made.kind().word() + " " + made.name());
            }
          });

  @Test
  void everyKindHasItsListAndSaysWhetherThereIsMore() {
    presenter.load(Holder.Kind.USER);
    presenter.load(Holder.Kind.GROUP);
    presenter.load(Holder.Kind.ROLE);
    assertEquals(List.of("[arn:ann] and more", "[arn:callers]", "[]"), done);
  }

  @Test
  void whatIsMadeIsOpened() {
    presenter.createUser(" ann ");
    presenter.createGroup("callers");
    assertEquals(List.of("user ann", "open user ann", "group callers", "open group callers"), done);
  }

  @Test
  void aRoleIsMadeWithItsTrustPolicyAsWrittenAndWithoutAnEmptyDescription() {
    presenter.createRole("job", " ", "{ }");
    assertEquals("{ }", roles.getFirst().assumeRolePolicyDocument());
    assertNull(roles.getFirst().description());
    assertEquals(List.of("open role job"), done);
  }
}

package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.console.iam.RolePresenter.Shown;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.GroupPolicies;
import io.gatehouse.admin.iam.RolePolicies;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.admin.iam.UserPolicies;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

class RolePresenterTest {

  private final List<String> done = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();

  private final RolePresenter presenter =
      new RolePresenter(
          new Roles() {
            @Override
            public GetRoleResponse getRole(Caller caller, GetRoleRequest in) {
              return GetRoleResponse.builder()
                  .role(r -> r.roleName(in.roleName()).assumeRolePolicyDocument("%7B%20%7D"))
                  .build();
            }

            @Override
            public void updateAssumeRolePolicy(Caller caller, UpdateAssumeRolePolicyRequest in) {
              done.add(in.roleName() + " trusts " + in.policyDocument());
            }

            @Override
            public UpdateRoleResponse updateRole(Caller caller, UpdateRoleRequest in) {
              done.add(in.roleName() + " " + in.description() + " " + in.maxSessionDuration());
              return UpdateRoleResponse.builder().build();
            }

            @Override
            public void deleteRole(Caller caller, DeleteRoleRequest in) {
              done.add("delete " + in.roleName());
            }
          },
          new HeldPolicies(
              new CustomerManagedPolicies() {},
              new UserPolicies() {},
              new GroupPolicies() {},
              new RolePolicies() {
                @Override
                public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
                    Caller caller, ListAttachedRolePoliciesRequest in) {
                  return ListAttachedRolePoliciesResponse.builder().build();
                }

                @Override
                public ListRolePoliciesResponse listRolePolicies(
                    Caller caller, ListRolePoliciesRequest in) {
                  return ListRolePoliciesResponse.builder().build();
                }
              }),
          () -> Kit.ALICE,
          new RolePresenter.Screen() {
            @Override
            public void show(Shown role) {
              shown.add(role);
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
  void theTrustPolicyIsShownDecodedAndSavedAsWritten() {
    presenter.load("job");
    assertEquals("{ }", shown.getFirst().trust());
    assertEquals(Optional.empty(), shown.getFirst().policies().boundary());
    presenter.trust("job", "{\"a\": 1}");
    assertEquals(List.of("job trusts {\"a\": 1}", "[Saved the trust policy]"), done);
  }

  @Test
  void aSessionIsAWholeNumberOfSecondsWhoseBoundsTheOperationKnows() {
    assertThrows(ApiError.class, () -> presenter.configure("job", "", null));
    presenter.configure("job", " nightly ", 1);
    assertEquals(List.of("job nightly 1", "[Saved role job]"), done);
  }

  @Test
  void aRoleIsDeletedByItsName() {
    assertThrows(ApiError.class, () -> presenter.delete("job", ""));
    presenter.delete("job", "job");
    assertEquals(List.of("delete job", "[Deleted role job]"), done);
  }
}

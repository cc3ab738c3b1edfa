package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.console.iam.PoliciesOf.Held;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.GroupPolicies;
import io.gatehouse.admin.iam.RolePolicies;
import io.gatehouse.admin.iam.UserPolicies;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;

class PoliciesOfTest {

  private static final Policy READ = Policy.builder().arn("arn:read").policyName("read").build();
  private static final Held NOTHING = new Held(List.of(), List.of(), Optional.empty());

  private final List<String> done = new ArrayList<>();

  private final HeldPolicies policies =
      new HeldPolicies(
          new CustomerManagedPolicies() {},
          new UserPolicies() {
            @Override
            public void attachUserPolicy(Caller caller, AttachUserPolicyRequest in) {
              done.add("user " + in.userName() + " gets " + in.policyArn());
            }

            @Override
            public void detachUserPolicy(Caller caller, DetachUserPolicyRequest in) {
              throw ApiError.notFound("Policy arn:read was not found.");
            }

            @Override
            public void putUserPermissionsBoundary(
                Caller caller, PutUserPermissionsBoundaryRequest in) {
              done.add("user " + in.userName() + " within " + in.permissionsBoundary());
            }

            @Override
            public void deleteUserPermissionsBoundary(
                Caller caller, DeleteUserPermissionsBoundaryRequest in) {
              done.add("user " + in.userName() + " without boundary");
            }
          },
          new GroupPolicies() {
            @Override
            public void attachGroupPolicy(Caller caller, AttachGroupPolicyRequest in) {
              done.add("group " + in.groupName() + " gets " + in.policyArn());
            }

            @Override
            public void putGroupPolicy(Caller caller, PutGroupPolicyRequest in) {
              done.add(in.groupName() + ": " + in.policyName() + " is " + in.policyDocument());
            }
          },
          new RolePolicies() {
            @Override
            public void attachRolePolicy(Caller caller, AttachRolePolicyRequest in) {
              done.add("role " + in.roleName() + " gets " + in.policyArn());
            }

            @Override
            public GetRolePolicyResponse getRolePolicy(Caller caller, GetRolePolicyRequest in) {
              return GetRolePolicyResponse.builder()
                  .policyDocument("%7B" + in.policyName() + "%20of%20" + in.roleName() + "%7D")
                  .build();
            }
          });

  private PoliciesOf of(Holder.Kind kind) {
    return new PoliciesOf(
        policies,
        DocumentsTest.ONE_API,
        () -> Kit.ALICE,
        new Holder(kind, "ann"),
        text -> done.add("[" + text + "]"));
  }

  @Test
  void everyHolderHasItsOwnOperation() {
    for (Holder.Kind kind : Holder.Kind.values()) {
      of(kind).attach(Optional.of(READ));
      assertEquals(
          List.of(kind.word() + " ann gets arn:read", "[Attached read]"), List.copyOf(done));
      done.clear();
    }
  }

  @Test
  void nothingIsAttachedWhileNothingIsChosen() {
    assertThrows(ApiError.class, () -> of(Holder.Kind.USER).attach(Optional.empty()));
    assertEquals(List.of(), done);
  }

  @Test
  void aRefusalIsTheOperationsAndNothingIsTold() {
    AttachedPolicy policy =
        AttachedPolicy.builder().policyArn("arn:read").policyName("read").build();
    ApiError refused = assertThrows(ApiError.class, () -> of(Holder.Kind.USER).detach(policy));
    assertEquals("Policy arn:read was not found.", refused.getMessage());
    assertEquals(List.of(), done);
  }

  @Test
  void anInlinePolicyIsSavedAsWrittenAndReadDecoded() {
    of(Holder.Kind.GROUP).put(" own ", "{ }");
    assertEquals(List.of("ann: own is { }", "[Saved policy own]"), done);
    assertEquals("{own of ann}", of(Holder.Kind.ROLE).document("own"));
  }

  @Test
  void aBoundaryIsSetAndTakenAwayAndNoneStaysNone() {
    PoliciesOf user = of(Holder.Kind.USER);
    user.limit(NOTHING, Optional.of(READ));
    user.limit(new Held(List.of(), List.of(), Optional.of("arn:read")), Optional.empty());
    user.limit(NOTHING, Optional.empty());
    assertEquals(
        List.of(
            "user ann within arn:read",
            "[The permissions boundary is read]",
            "user ann without boundary",
            "[There is no permissions boundary any more]"),
        done);
  }
}

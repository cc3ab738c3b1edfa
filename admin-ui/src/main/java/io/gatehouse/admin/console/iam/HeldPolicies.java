package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.GroupPolicies;
import io.gatehouse.admin.iam.RolePolicies;
import io.gatehouse.admin.iam.UserPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;

/** The operations on policies of users, groups and roles, which have a name for each of them. */
@ApplicationScoped
public class HeldPolicies {

  /** As many as an answer can have. */
  static final int MOST = 1000;

  private CustomerManagedPolicies managed;
  private UserPolicies users;
  private GroupPolicies groups;
  private RolePolicies roles;

  /** For the container's proxies. */
  protected HeldPolicies() {}

  @Inject
  public HeldPolicies(
      CustomerManagedPolicies managed,
      UserPolicies users,
      GroupPolicies groups,
      RolePolicies roles) {
    this.managed = managed;
    this.users = users;
    this.groups = groups;
    this.roles = roles;
  }

  /** All managed policies that can be attached. */
  List<Policy> choice(Caller caller) {
    return managed
        .listPolicies(caller, ListPoliciesRequest.builder().maxItems(MOST).build())
        .policies();
  }

  List<AttachedPolicy> attached(Caller caller, Holder holder) {
    String name = holder.name();
    return switch (holder.kind()) {
      case USER ->
          users
              .listAttachedUserPolicies(
                  caller, ListAttachedUserPoliciesRequest.builder().userName(name).build())
              .attachedPolicies();
      case GROUP ->
          groups
              .listAttachedGroupPolicies(
                  caller, ListAttachedGroupPoliciesRequest.builder().groupName(name).build())
              .attachedPolicies();
      case ROLE ->
          roles
              .listAttachedRolePolicies(
                  caller, ListAttachedRolePoliciesRequest.builder().roleName(name).build())
              .attachedPolicies();
    };
  }

  void attach(Caller caller, Holder holder, String arn) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.attachUserPolicy(
              caller, AttachUserPolicyRequest.builder().userName(name).policyArn(arn).build());
      case GROUP ->
          groups.attachGroupPolicy(
              caller, AttachGroupPolicyRequest.builder().groupName(name).policyArn(arn).build());
      case ROLE ->
          roles.attachRolePolicy(
              caller, AttachRolePolicyRequest.builder().roleName(name).policyArn(arn).build());
    }
  }

  void detach(Caller caller, Holder holder, String arn) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.detachUserPolicy(
              caller, DetachUserPolicyRequest.builder().userName(name).policyArn(arn).build());
      case GROUP ->
          groups.detachGroupPolicy(
              caller, DetachGroupPolicyRequest.builder().groupName(name).policyArn(arn).build());
      case ROLE ->
          roles.detachRolePolicy(
              caller, DetachRolePolicyRequest.builder().roleName(name).policyArn(arn).build());
    }
  }

  /** The names of the inline policies. */
  List<String> inline(Caller caller, Holder holder) {
    String name = holder.name();
    return switch (holder.kind()) {
      case USER ->
          users
              .listUserPolicies(
                  caller, ListUserPoliciesRequest.builder().userName(name).maxItems(MOST).build())
              .policyNames();
      case GROUP ->
          groups
              .listGroupPolicies(
                  caller, ListGroupPoliciesRequest.builder().groupName(name).maxItems(MOST).build())
              .policyNames();
      case ROLE ->
          roles
              .listRolePolicies(
                  caller, ListRolePoliciesRequest.builder().roleName(name).maxItems(MOST).build())
              .policyNames();
    };
  }

  String document(Caller caller, Holder holder, String policy) {
    String name = holder.name();
    return Documents.decoded(
        switch (holder.kind()) {
          case USER ->
              users
                  .getUserPolicy(
                      caller,
                      GetUserPolicyRequest.builder().userName(name).policyName(policy).build())
                  .policyDocument();
          case GROUP ->
              groups
                  .getGroupPolicy(
                      caller,
                      GetGroupPolicyRequest.builder().groupName(name).policyName(policy).build())
                  .policyDocument();
          case ROLE ->
              roles
                  .getRolePolicy(
                      caller,
                      GetRolePolicyRequest.builder().roleName(name).policyName(policy).build())
                  .policyDocument();
        });
  }

  void put(Caller caller, Holder holder, String policy, String document) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.putUserPolicy(
              caller,
              PutUserPolicyRequest.builder()
                  .userName(name)
                  .policyName(policy)
                  .policyDocument(document)
                  .build());
      case GROUP ->
          groups.putGroupPolicy(
              caller,
              PutGroupPolicyRequest.builder()
                  .groupName(name)
                  .policyName(policy)
                  .policyDocument(document)
                  .build());
      case ROLE ->
          roles.putRolePolicy(
              caller,
              PutRolePolicyRequest.builder()
                  .roleName(name)
                  .policyName(policy)
                  .policyDocument(document)
                  .build());
    }
  }

  void delete(Caller caller, Holder holder, String policy) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.deleteUserPolicy(
              caller, DeleteUserPolicyRequest.builder().userName(name).policyName(policy).build());
      case GROUP ->
          groups.deleteGroupPolicy(
              caller,
              DeleteGroupPolicyRequest.builder().groupName(name).policyName(policy).build());
      case ROLE ->
          roles.deleteRolePolicy(
              caller, DeleteRolePolicyRequest.builder().roleName(name).policyName(policy).build());
    }
  }

  /** Sets the permissions boundary of a user or role. */
  void limit(Caller caller, Holder holder, String arn) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.putUserPermissionsBoundary(
              caller,
              PutUserPermissionsBoundaryRequest.builder()
                  .userName(name)
                  .permissionsBoundary(arn)
                  .build());
      case ROLE ->
          roles.putRolePermissionsBoundary(
              caller,
              PutRolePermissionsBoundaryRequest.builder()
                  .roleName(name)
                  .permissionsBoundary(arn)
                  .build());
      case GROUP -> throw new IllegalArgumentException("groups have no permissions boundary");
    }
  }

  /** Takes the permissions boundary of a user or role away. */
  void unlimit(Caller caller, Holder holder) {
    String name = holder.name();
    switch (holder.kind()) {
      case USER ->
          users.deleteUserPermissionsBoundary(
              caller, DeleteUserPermissionsBoundaryRequest.builder().userName(name).build());
      case ROLE ->
          roles.deleteRolePermissionsBoundary(
              caller, DeleteRolePermissionsBoundaryRequest.builder().roleName(name).build());
      case GROUP -> throw new IllegalArgumentException("groups have no permissions boundary");
    }
  }
}

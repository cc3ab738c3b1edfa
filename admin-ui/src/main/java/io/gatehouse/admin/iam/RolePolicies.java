package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/** The policies of roles. Imitates the RolePolicy pages of IAM's API reference. */
@ApplicationScoped
public class RolePolicies implements Operations {

  private IdentityPolicies policies;

  protected RolePolicies() {}

  @Inject
  public RolePolicies(IdentityPolicies policies) {
    this.policies = policies;
  }

  @Operation("POST /?Action=PutRolePolicy&Version=2010-05-08")
  public void putRolePolicy(Caller caller, PutRolePolicyRequest in) {
    policies.put(caller, Kind.ROLE, in.roleName(), in.policyName(), in.policyDocument());
  }

  @Operation("POST /?Action=GetRolePolicy&Version=2010-05-08")
  public GetRolePolicyResponse getRolePolicy(Caller caller, GetRolePolicyRequest in) {
    return GetRolePolicyResponse.builder()
        .roleName(in.roleName())
        .policyName(in.policyName())
        .policyDocument(policies.get(caller, Kind.ROLE, in.roleName(), in.policyName()))
        .build();
  }

  @Operation("POST /?Action=DeleteRolePolicy&Version=2010-05-08")
  public void deleteRolePolicy(Caller caller, DeleteRolePolicyRequest in) {
    policies.delete(caller, Kind.ROLE, in.roleName(), in.policyName());
  }

  @Operation("POST /?Action=ListRolePolicies&Version=2010-05-08")
  public ListRolePoliciesResponse listRolePolicies(Caller caller, ListRolePoliciesRequest in) {
    Page<String> page =
        policies.list(caller, Kind.ROLE, in.roleName(), Listing.ask(in.marker(), in.maxItems()));
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=AttachRolePolicy&Version=2010-05-08")
  public void attachRolePolicy(Caller caller, AttachRolePolicyRequest in) {
    policies.attach(caller, Kind.ROLE, in.roleName(), in.policyArn());
  }

  @Operation("POST /?Action=DetachRolePolicy&Version=2010-05-08")
  public void detachRolePolicy(Caller caller, DetachRolePolicyRequest in) {
    policies.detach(caller, Kind.ROLE, in.roleName(), in.policyArn());
  }

  @Operation("POST /?Action=ListAttachedRolePolicies&Version=2010-05-08")
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      Caller caller, ListAttachedRolePoliciesRequest in) {
    Page<AttachedPolicy> page =
        policies.attached(
            caller,
            Kind.ROLE,
            in.roleName(),
            in.pathPrefix(),
            Listing.ask(in.marker(), in.maxItems()));
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=PutRolePermissionsBoundary&Version=2010-05-08")
  public void putRolePermissionsBoundary(Caller caller, PutRolePermissionsBoundaryRequest in) {
    policies.limit(caller, Kind.ROLE, in.roleName(), Optional.of(in.permissionsBoundary()));
  }

  @Operation("POST /?Action=DeleteRolePermissionsBoundary&Version=2010-05-08")
  public void deleteRolePermissionsBoundary(
      Caller caller, DeleteRolePermissionsBoundaryRequest in) {
    policies.limit(caller, Kind.ROLE, in.roleName(), Optional.empty());
  }
}

package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;

/** The policies of users. Imitates the UserPolicy pages of IAM's API reference. */
@ApplicationScoped
public class UserPolicies implements Operations {

  private IdentityPolicies policies;

  protected UserPolicies() {}

  @Inject
  public UserPolicies(IdentityPolicies policies) {
    this.policies = policies;
  }

  @Operation("POST /?Action=PutUserPolicy&Version=2010-05-08")
  public void putUserPolicy(Caller caller, PutUserPolicyRequest in) {
    policies.put(caller, Kind.USER, in.userName(), in.policyName(), in.policyDocument());
  }

  @Operation("POST /?Action=GetUserPolicy&Version=2010-05-08")
  public GetUserPolicyResponse getUserPolicy(Caller caller, GetUserPolicyRequest in) {
    return GetUserPolicyResponse.builder()
        .userName(in.userName())
        .policyName(in.policyName())
        .policyDocument(policies.get(caller, Kind.USER, in.userName(), in.policyName()))
        .build();
  }

  @Operation("POST /?Action=DeleteUserPolicy&Version=2010-05-08")
  public void deleteUserPolicy(Caller caller, DeleteUserPolicyRequest in) {
    policies.delete(caller, Kind.USER, in.userName(), in.policyName());
  }

  @Operation("POST /?Action=ListUserPolicies&Version=2010-05-08")
  public ListUserPoliciesResponse listUserPolicies(Caller caller, ListUserPoliciesRequest in) {
    Page<String> page =
        policies.list(caller, Kind.USER, in.userName(), Listing.ask(in.marker(), in.maxItems()));
    return ListUserPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=AttachUserPolicy&Version=2010-05-08")
  public void attachUserPolicy(Caller caller, AttachUserPolicyRequest in) {
    policies.attach(caller, Kind.USER, in.userName(), in.policyArn());
  }

  @Operation("POST /?Action=DetachUserPolicy&Version=2010-05-08")
  public void detachUserPolicy(Caller caller, DetachUserPolicyRequest in) {
    policies.detach(caller, Kind.USER, in.userName(), in.policyArn());
  }

  @Operation("POST /?Action=ListAttachedUserPolicies&Version=2010-05-08")
  public ListAttachedUserPoliciesResponse listAttachedUserPolicies(
      Caller caller, ListAttachedUserPoliciesRequest in) {
    Page<AttachedPolicy> page =
        policies.attached(
            caller,
            Kind.USER,
            in.userName(),
            in.pathPrefix(),
            Listing.ask(in.marker(), in.maxItems()));
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=PutUserPermissionsBoundary&Version=2010-05-08")
  public void putUserPermissionsBoundary(Caller caller, PutUserPermissionsBoundaryRequest in) {
    policies.limit(caller, Kind.USER, in.userName(), Optional.of(in.permissionsBoundary()));
  }

  @Operation("POST /?Action=DeleteUserPermissionsBoundary&Version=2010-05-08")
  public void deleteUserPermissionsBoundary(
      Caller caller, DeleteUserPermissionsBoundaryRequest in) {
    policies.limit(caller, Kind.USER, in.userName(), Optional.empty());
  }
}

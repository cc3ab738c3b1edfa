package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;

/** The policies of groups. Imitates the GroupPolicy pages of IAM's API reference. */
@ApplicationScoped
public class GroupPolicies implements Operations {

  private IdentityPolicies policies;

  protected GroupPolicies() {}

  @Inject
  public GroupPolicies(IdentityPolicies policies) {
    this.policies = policies;
  }

  @Operation("POST /?Action=PutGroupPolicy&Version=2010-05-08")
  public void putGroupPolicy(Caller caller, PutGroupPolicyRequest in) {
    policies.put(caller, Kind.GROUP, in.groupName(), in.policyName(), in.policyDocument());
  }

  @Operation("POST /?Action=GetGroupPolicy&Version=2010-05-08")
  public GetGroupPolicyResponse getGroupPolicy(Caller caller, GetGroupPolicyRequest in) {
    return GetGroupPolicyResponse.builder()
        .groupName(in.groupName())
        .policyName(in.policyName())
        .policyDocument(policies.get(caller, Kind.GROUP, in.groupName(), in.policyName()))
        .build();
  }

  @Operation("POST /?Action=DeleteGroupPolicy&Version=2010-05-08")
  public void deleteGroupPolicy(Caller caller, DeleteGroupPolicyRequest in) {
    policies.delete(caller, Kind.GROUP, in.groupName(), in.policyName());
  }

  @Operation("POST /?Action=ListGroupPolicies&Version=2010-05-08")
  public ListGroupPoliciesResponse listGroupPolicies(Caller caller, ListGroupPoliciesRequest in) {
    Page<String> page =
        policies.list(caller, Kind.GROUP, in.groupName(), Listing.ask(in.marker(), in.maxItems()));
    return ListGroupPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=AttachGroupPolicy&Version=2010-05-08")
  public void attachGroupPolicy(Caller caller, AttachGroupPolicyRequest in) {
    policies.attach(caller, Kind.GROUP, in.groupName(), in.policyArn());
  }

  @Operation("POST /?Action=DetachGroupPolicy&Version=2010-05-08")
  public void detachGroupPolicy(Caller caller, DetachGroupPolicyRequest in) {
    policies.detach(caller, Kind.GROUP, in.groupName(), in.policyArn());
  }

  @Operation("POST /?Action=ListAttachedGroupPolicies&Version=2010-05-08")
  public ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
      Caller caller, ListAttachedGroupPoliciesRequest in) {
    Page<AttachedPolicy> page =
        policies.attached(
            caller,
            Kind.GROUP,
            in.groupName(),
            in.pathPrefix(),
            Listing.ask(in.marker(), in.maxItems()));
    return ListAttachedGroupPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }
}

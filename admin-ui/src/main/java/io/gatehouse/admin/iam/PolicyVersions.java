package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.guard.ManagedPolicy;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.store.ManagedPolicyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredManagedPolicy;
import io.gatehouse.admin.store.StoredPolicyVersion;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;

/** The versions of managed policies. Imitates the PolicyVersion pages of IAM's API reference. */
@ApplicationScoped
public class PolicyVersions implements Operations {

  /** A built-in policy changes with the product only. */
  static final String OF_BUILT_IN = "v1";

  private static final int MOST = 5;

  private IamNames names;
  private IdentityPolicies boundaries;
  private ManagedPolicyStore policies;
  private PrincipalChanges principals;

  protected PolicyVersions() {}

  @Inject
  public PolicyVersions(
      IamNames names,
      IdentityPolicies boundaries,
      ManagedPolicyStore policies,
      PrincipalChanges principals) {
    this.names = names;
    this.boundaries = boundaries;
    this.policies = policies;
    this.principals = principals;
  }

  @Operation("POST /?Action=CreatePolicyVersion&Version=2010-05-08")
  public CreatePolicyVersionResponse createPolicyVersion(
      Caller caller, CreatePolicyVersionRequest in) {
    PolicyDocuments.checked(in.policyDocument(), Policy.Kind.IDENTITY);
    StoredManagedPolicy policy = lock(caller, in.policyArn());
    if (policies.versions(policy).size() >= MOST) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    boolean takesEffect = Boolean.TRUE.equals(in.setAsDefault());
    StoredPolicyVersion version = policies.addVersion(policy, in.policyDocument(), takesEffect);
    if (takesEffect) {
      principals.policyChanged(caller.account(), policy.arn());
    }
    return CreatePolicyVersionResponse.builder().policyVersion(shape(policy, version)).build();
  }

  private StoredManagedPolicy lock(Caller caller, String policyArn) {
    boundaries.requireNotOwnBoundary(caller, policyArn);
    return names.lockPolicy(caller, policyArn);
  }

  private static PolicyVersion shape(StoredManagedPolicy policy, StoredPolicyVersion version) {
    return PolicyVersion.builder()
        .versionId("v" + version.version())
        .isDefaultVersion(version.version() == policy.defaultVersion())
        .createDate(version.created())
        .build();
  }

  private static PolicyVersion shape() {
    return PolicyVersion.builder()
        .versionId(OF_BUILT_IN)
        .isDefaultVersion(true)
        .createDate(Instant.EPOCH)
        .build();
  }

  @Operation("POST /?Action=GetPolicyVersion&Version=2010-05-08")
  public GetPolicyVersionResponse getPolicyVersion(Caller caller, GetPolicyVersionRequest in) {
    Optional<ManagedPolicy> builtIn = ManagedPolicies.find(in.policyArn());
    if (builtIn.isPresent()) {
      if (!in.versionId().equals(OF_BUILT_IN)) {
        throw unknown(in.policyArn(), in.versionId());
      }
      return answer(shape(), builtIn.get().document());
    }
    StoredManagedPolicy policy = get(caller, in.policyArn());
    StoredPolicyVersion version = require(policy, in.versionId());
    return answer(shape(policy, version), version.document());
  }

  private static GetPolicyVersionResponse answer(PolicyVersion version, String document) {
    return GetPolicyVersionResponse.builder()
        .policyVersion(version.toBuilder().document(PolicyDocuments.encoded(document)).build())
        .build();
  }

  private StoredManagedPolicy get(Caller caller, String policyArn) {
    return policies
        .find(caller.account(), policyArn)
        .orElseThrow(() -> IamNames.unknownPolicy(policyArn));
  }

  private StoredPolicyVersion require(StoredManagedPolicy policy, String versionId) {
    return policies.versions(policy).stream()
        .filter(version -> versionId.equals("v" + version.version()))
        .findFirst()
        .orElseThrow(() -> unknown(policy.arn(), versionId));
  }

  private static ApiError unknown(String policyArn, String versionId) {
    return ApiError.notFound(
        "Policy %s version %s does not exist or is not attachable."
            .formatted(policyArn, versionId));
  }

  @Operation("POST /?Action=ListPolicyVersions&Version=2010-05-08")
  public ListPolicyVersionsResponse listPolicyVersions(
      Caller caller, ListPolicyVersionsRequest in) {
    List<PolicyVersion> all;
    if (ManagedPolicies.find(in.policyArn()).isPresent()) {
      all = List.of(shape());
    } else {
      StoredManagedPolicy policy = get(caller, in.policyArn());
      all = policies.versions(policy).stream().map(version -> shape(policy, version)).toList();
    }
    Page<PolicyVersion> page =
        Page.within(all, Listing.ask(in.marker(), in.maxItems()), PolicyVersion::versionId);
    return ListPolicyVersionsResponse.builder()
        .versions(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=SetDefaultPolicyVersion&Version=2010-05-08")
  public void setDefaultPolicyVersion(Caller caller, SetDefaultPolicyVersionRequest in) {
    StoredManagedPolicy policy = lock(caller, in.policyArn());
    policies.takeEffect(policy, require(policy, in.versionId()));
    principals.policyChanged(caller.account(), policy.arn());
  }

  @Operation("POST /?Action=DeletePolicyVersion&Version=2010-05-08")
  public void deletePolicyVersion(Caller caller, DeletePolicyVersionRequest in) {
    StoredManagedPolicy policy = lock(caller, in.policyArn());
    StoredPolicyVersion version = require(policy, in.versionId());
    if (version.version() == policy.defaultVersion()) {
      throw ApiError.of(
          ApiError.Kind.DELETE_CONFLICT, "Cannot delete the default version of a policy.");
    }
    policies.delete(policy, version);
  }
}

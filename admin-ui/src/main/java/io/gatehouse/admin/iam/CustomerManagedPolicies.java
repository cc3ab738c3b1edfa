package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.guard.ManagedPolicy;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.AttachmentStore;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.ManagedPolicyDocument;
import io.gatehouse.admin.store.ManagedPolicyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredAttachment;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.admin.store.StoredManagedPolicy;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;

/**
 * Managed policies: the account's own, and beside them those that are built in. Imitates the Policy
 * pages of IAM's API reference.
 */
@ApplicationScoped
public class CustomerManagedPolicies implements Operations {

  private static final int MOST = 1500;

  private IamNames names;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private ManagedPolicyStore policies;
  private Ids ids;

  protected CustomerManagedPolicies() {}

  @Inject
  public CustomerManagedPolicies(
      IamNames names,
      IdentityStore identities,
      AttachmentStore attachments,
      ManagedPolicyStore policies,
      Ids ids) {
    this.names = names;
    this.identities = identities;
    this.attachments = attachments;
    this.policies = policies;
    this.ids = ids;
  }

  @Operation("POST /?Action=CreatePolicy&Version=2010-05-08")
  public CreatePolicyResponse createPolicy(Caller caller, CreatePolicyRequest in) {
    PolicyDocuments.checked(in.policyDocument(), io.gatehouse.model.policy.Policy.Kind.IDENTITY);
    Map<String, String> tags = IamTags.map(in.tags());
    IamNames.requireRoom(policies.count(caller.account()), MOST, "PoliciesPerAccount");
    StoredManagedPolicy policy =
        policies.create(
            caller.account(),
            in.policyName(),
            Listing.prefix(in.path()),
            ids.managedPolicy(),
            Optional.ofNullable(in.description()),
            tags,
            in.policyDocument());
    return CreatePolicyResponse.builder().policy(shape(policy)).build();
  }

  @Operation("POST /?Action=GetPolicy&Version=2010-05-08")
  public GetPolicyResponse getPolicy(Caller caller, GetPolicyRequest in) {
    Policy shape =
        ManagedPolicies.find(in.policyArn())
            .map(policy -> shape(caller, policy))
            .or(() -> policies.find(caller.account(), in.policyArn()).map(this::shape))
            .orElseThrow(() -> IamNames.unknownPolicy(in.policyArn()));
    return GetPolicyResponse.builder().policy(shape).build();
  }

  private Policy shape(StoredManagedPolicy policy) {
    ManagedPolicyDocument body = policy.body();
    List<Tag> tags = IamTags.list(body.tags());
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.policyId())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId("v" + policy.defaultVersion())
        .attachmentCount(uses(policy.account(), policy.arn(), false))
        .permissionsBoundaryUsageCount(uses(policy.account(), policy.arn(), true))
        .isAttachable(true)
        .description(body.description().orElse(null))
        .createDate(body.created())
        .updateDate(body.updated())
        .tags(tags.isEmpty() ? null : tags)
        .build();
  }

  private Policy shape(Caller caller, ManagedPolicy policy) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(IamShapes.policyId(policy))
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(PolicyVersions.OF_BUILT_IN)
        .attachmentCount(uses(caller.account(), policy.arn(), false))
        .permissionsBoundaryUsageCount(uses(caller.account(), policy.arn(), true))
        .isAttachable(true)
        .description(policy.description())
        .createDate(Instant.EPOCH)
        .updateDate(Instant.EPOCH)
        .build();
  }

  private int uses(String account, String arn, boolean asBoundary) {
    return (int)
        attachments.ofPolicy(account, arn).stream().filter(a -> a.boundary() == asBoundary).count();
  }

  @Operation("POST /?Action=ListPolicies&Version=2010-05-08")
  public ListPoliciesResponse listPolicies(Caller caller, ListPoliciesRequest in) {
    List<Policy> all = new ArrayList<>();
    if (in.scope() != PolicyScopeType.AWS) {
      policies.list(caller.account()).forEach(policy -> all.add(shape(policy)));
    }
    if (in.scope() != PolicyScopeType.LOCAL) {
      ManagedPolicies.all().forEach(policy -> all.add(shape(caller, policy)));
    }
    all.removeIf(policy -> !policy.path().startsWith(Listing.prefix(in.pathPrefix())));
    boolean boundaries = in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY;
    if (Boolean.TRUE.equals(in.onlyAttached()) || in.policyUsageFilter() != null) {
      all.removeIf(
          policy ->
              (boundaries ? policy.permissionsBoundaryUsageCount() : policy.attachmentCount())
                  == 0);
    }
    Page<Policy> page = Page.within(all, Listing.ask(in.marker(), in.maxItems()), Policy::arn);
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=DeletePolicy&Version=2010-05-08")
  public void deletePolicy(Caller caller, DeletePolicyRequest in) {
    StoredManagedPolicy policy = names.lockPolicy(caller, in.policyArn());
    if (!attachments.ofPolicy(caller.account(), policy.arn()).isEmpty()) {
      throw ApiError.of(
          ApiError.Kind.DELETE_CONFLICT, "Cannot delete a policy attached to entities.");
    }
    if (policies.versions(policy).size() > 1) {
      throw ApiError.of(
          ApiError.Kind.DELETE_CONFLICT,
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    policies.delete(policy);
  }

  @Operation("POST /?Action=TagPolicy&Version=2010-05-08")
  public void tagPolicy(Caller caller, TagPolicyRequest in) {
    StoredManagedPolicy policy = names.lockPolicy(caller, in.policyArn());
    policies.tag(policy, IamTags.with(policy.body().tags(), in.tags()));
  }

  @Operation("POST /?Action=UntagPolicy&Version=2010-05-08")
  public void untagPolicy(Caller caller, UntagPolicyRequest in) {
    StoredManagedPolicy policy = names.lockPolicy(caller, in.policyArn());
    policies.tag(policy, IamTags.without(policy.body().tags(), in.tagKeys()));
  }

  @Operation("POST /?Action=ListPolicyTags&Version=2010-05-08")
  public ListPolicyTagsResponse listPolicyTags(Caller caller, ListPolicyTagsRequest in) {
    Map<String, String> tags =
        ManagedPolicies.find(in.policyArn()).isPresent()
            ? Map.of()
            : policies
                .find(caller.account(), in.policyArn())
                .orElseThrow(() -> IamNames.unknownPolicy(in.policyArn()))
                .body()
                .tags();
    Page<Tag> page =
        Page.within(IamTags.list(tags), Listing.ask(in.marker(), in.maxItems()), Tag::key);
    return ListPolicyTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  @Operation("POST /?Action=ListEntitiesForPolicy&Version=2010-05-08")
  public ListEntitiesForPolicyResponse listEntitiesForPolicy(
      Caller caller, ListEntitiesForPolicyRequest in) {
    if (ManagedPolicies.find(in.policyArn()).isEmpty()
        && policies.find(caller.account(), in.policyArn()).isEmpty()) {
      throw IamNames.unknownPolicy(in.policyArn());
    }
    boolean boundaries = in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY;
    boolean policiesOnly = in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_POLICY;
    List<String> holders =
        attachments.ofPolicy(caller.account(), in.policyArn()).stream()
            .filter(a -> a.boundary() ? !policiesOnly : !boundaries)
            .map(StoredAttachment::identityId)
            .toList();
    List<StoredIdentity> found =
        identities.byIds(caller.account(), holders).stream()
            .filter(i -> i.path().startsWith(Listing.prefix(in.pathPrefix())))
            .filter(i -> in.entityFilter() == null || in.entityFilter() == type(i.kind()))
            .toList();
    Page<StoredIdentity> page =
        Page.within(found, Listing.ask(in.marker(), in.maxItems()), StoredIdentity::uniqueId);
    return ListEntitiesForPolicyResponse.builder()
        .policyUsers(
            of(Kind.USER, page)
                .map(i -> PolicyUser.builder().userName(i.name()).userId(i.uniqueId()).build())
                .toList())
        .policyGroups(
            of(Kind.GROUP, page)
                .map(i -> PolicyGroup.builder().groupName(i.name()).groupId(i.uniqueId()).build())
                .toList())
        .policyRoles(
            of(Kind.ROLE, page)
                .map(i -> PolicyRole.builder().roleName(i.name()).roleId(i.uniqueId()).build())
                .toList())
        .isTruncated(page.position().isPresent())
        .marker(page.position().orElse(null))
        .build();
  }

  private static Stream<StoredIdentity> of(Kind kind, Page<StoredIdentity> page) {
    return page.items().stream().filter(identity -> identity.kind() == kind);
  }

  private static EntityType type(Kind kind) {
    return switch (kind) {
      case USER -> EntityType.USER;
      case GROUP -> EntityType.GROUP;
      case ROLE -> EntityType.ROLE;
    };
  }
}

package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.ManagedPolicyStore;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** What there is in an account. Imitates the Account pages of IAM's API reference. */
@ApplicationScoped
public class IamAccount implements Operations {

  private static final Map<String, Integer> QUOTAS =
      Map.ofEntries(
          Map.entry("UsersQuota", 5000),
          Map.entry("GroupsQuota", 300),
          Map.entry("RolesQuota", 1000),
          Map.entry("PoliciesQuota", 1500),
          Map.entry("GroupsPerUserQuota", 10),
          Map.entry("AccessKeysPerUserQuota", 2),
          Map.entry("AttachedPoliciesPerUserQuota", 10),
          Map.entry("AttachedPoliciesPerGroupQuota", 10),
          Map.entry("AttachedPoliciesPerRoleQuota", 10),
          Map.entry("VersionsPerPolicyQuota", 5),
          Map.entry("PolicySizeQuota", 6144),
          Map.entry("UserPolicySizeQuota", 2048),
          Map.entry("GroupPolicySizeQuota", 5120),
          Map.entry("RolePolicySizeQuota", 10_240),
          Map.entry("AssumeRolePolicySizeQuota", 4096),
          Map.entry("MFADevices", 0),
          Map.entry("MFADevicesInUse", 0),
          Map.entry("AccountMFAEnabled", 0),
          Map.entry("AccountAccessKeysPresent", 0));

  private IdentityStore identities;
  private ManagedPolicyStore policies;

  protected IamAccount() {}

  @Inject
  public IamAccount(IdentityStore identities, ManagedPolicyStore policies) {
    this.identities = identities;
    this.policies = policies;
  }

  @Operation("POST /?Action=GetAccountSummary&Version=2010-05-08")
  public GetAccountSummaryResponse getAccountSummary(Caller caller, GetAccountSummaryRequest in) {
    Map<String, Integer> summary = new TreeMap<>(QUOTAS);
    summary.put("Users", (int) identities.count(caller.account(), Kind.USER));
    summary.put("Groups", (int) identities.count(caller.account(), Kind.GROUP));
    summary.put("Roles", (int) identities.count(caller.account(), Kind.ROLE));
    summary.put("Policies", (int) policies.count(caller.account()));
    return GetAccountSummaryResponse.builder().summaryMapWithStrings(summary).build();
  }

  /** An account has its number and no other name for tools. */
  @Operation("POST /?Action=ListAccountAliases&Version=2010-05-08")
  public ListAccountAliasesResponse listAccountAliases(
      Caller caller, ListAccountAliasesRequest in) {
    return ListAccountAliasesResponse.builder()
        .accountAliases(List.of())
        .isTruncated(false)
        .build();
  }
}

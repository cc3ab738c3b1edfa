package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.PolicyVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;

/** Shows one managed policy and changes it. */
final class PolicyPresenter {

  interface Screen {
    void show(Shown policy);

    /** Goes to the version, by its address; to the default one when it is empty. */
    void open(String arn, Optional<String> version);

    void notice(String text);

    void gone(String text);
  }

  /**
   * On whom it hangs.
   *
   * @param asBoundary whether it limits instead of allowing
   */
  record Use(Holder holder, boolean asBoundary) {}

  /**
   * A policy with what belongs to it.
   *
   * @param open the version that is shown
   */
  record Shown(
      Policy policy, List<PolicyVersion> versions, String open, String document, List<Use> uses) {

    /** Those change with the product only. */
    boolean isBuiltIn() {
      return PolicyPresenter.isBuiltIn(policy);
    }
  }

  private final CustomerManagedPolicies policies;
  private final PolicyVersions versions;
  private final Supplier<Caller> caller;
  private final Screen screen;

  PolicyPresenter(
      CustomerManagedPolicies policies,
      PolicyVersions versions,
      Supplier<Caller> caller,
      Screen screen) {
    this.policies = policies;
    this.versions = versions;
    this.caller = caller;
    this.screen = screen;
  }

  static boolean isBuiltIn(Policy policy) {
    return policy.arn().startsWith("arn:aws:iam::aws:");
  }

  /**
   * @param version to be shown; empty for the default one
   */
  void load(String arn, Optional<String> version) {
    Caller me = caller.get();
    Policy policy =
        policies.getPolicy(me, GetPolicyRequest.builder().policyArn(arn).build()).policy();
    String open = version.orElse(policy.defaultVersionId());
    String document =
        versions
            .getPolicyVersion(
                me, GetPolicyVersionRequest.builder().policyArn(arn).versionId(open).build())
            .policyVersion()
            .document();
    List<Use> uses = new ArrayList<>(uses(me, arn, PolicyUsageType.PERMISSIONS_POLICY));
    uses.addAll(uses(me, arn, PolicyUsageType.PERMISSIONS_BOUNDARY));
    screen.show(
        new Shown(
            policy,
            versions
                .listPolicyVersions(me, ListPolicyVersionsRequest.builder().policyArn(arn).build())
                .versions(),
            open,
            Documents.decoded(document),
            uses));
  }

  private List<Use> uses(Caller me, String arn, PolicyUsageType usage) {
    ListEntitiesForPolicyResponse answer =
        policies.listEntitiesForPolicy(
            me,
            ListEntitiesForPolicyRequest.builder()
                .policyArn(arn)
                .policyUsageFilter(usage)
                .maxItems(HeldPolicies.MOST)
                .build());
    List<Holder> holders = new ArrayList<>();
    answer.policyUsers().forEach(u -> holders.add(new Holder(Holder.Kind.USER, u.userName())));
    answer.policyGroups().forEach(g -> holders.add(new Holder(Holder.Kind.GROUP, g.groupName())));
    answer.policyRoles().forEach(r -> holders.add(new Holder(Holder.Kind.ROLE, r.roleName())));
    boolean asBoundary = usage == PolicyUsageType.PERMISSIONS_BOUNDARY;
    return holders.stream().map(holder -> new Use(holder, asBoundary)).toList();
  }

  /** Makes a new version, which takes effect at once when it is the default one. */
  void save(String arn, String document, boolean takesEffect) {
    String made =
        versions
            .createPolicyVersion(
                caller.get(),
                CreatePolicyVersionRequest.builder()
                    .policyArn(arn)
                    .policyDocument(document)
                    .setAsDefault(takesEffect)
                    .build())
            .policyVersion()
            .versionId();
    screen.open(arn, Optional.of(made));
    screen.notice("Saved version " + made);
  }

  void takeEffect(String arn, String version) {
    versions.setDefaultPolicyVersion(
        caller.get(),
        SetDefaultPolicyVersionRequest.builder().policyArn(arn).versionId(version).build());
    screen.open(arn, Optional.of(version));
    screen.notice("Version " + version + " is the default one");
  }

  void deleteVersion(String arn, String version) {
    versions.deletePolicyVersion(
        caller.get(),
        DeletePolicyVersionRequest.builder().policyArn(arn).versionId(version).build());
    screen.open(arn, Optional.empty());
    screen.notice("Deleted version " + version);
  }

  void tag(Policy before, String lines) {
    TagLines tags = TagLines.between(before.tags(), lines);
    String arn = before.arn();
    if (!tags.removed().isEmpty()) {
      policies.untagPolicy(
          caller.get(),
          UntagPolicyRequest.builder().policyArn(arn).tagKeys(tags.removed()).build());
    }
    if (!tags.set().isEmpty()) {
      policies.tagPolicy(
          caller.get(), TagPolicyRequest.builder().policyArn(arn).tags(tags.set()).build());
    }
    screen.open(arn, Optional.empty());
    screen.notice("Saved the tags");
  }

  /**
   * @param typed what the person has typed to show that it means it
   */
  void delete(Policy policy, String typed) {
    Typed.require("policy", policy.policyName(), typed);
    policies.deletePolicy(
        caller.get(), DeletePolicyRequest.builder().policyArn(policy.arn()).build());
    screen.gone("Deleted policy " + policy.policyName());
  }
}

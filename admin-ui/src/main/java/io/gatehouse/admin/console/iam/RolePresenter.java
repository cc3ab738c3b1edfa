package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.console.iam.PoliciesOf.Held;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/** Shows one role and changes it. */
final class RolePresenter {

  interface Screen {
    void show(Shown role);

    void notice(String text);

    void gone(String text);
  }

  /**
   * A role with what hangs on it.
   *
   * @param trust the policy that says who may assume it
   */
  record Shown(Role role, String trust, Held policies) {}

  private final Roles roles;
  private final HeldPolicies policies;
  private final Supplier<Caller> caller;
  private final Screen screen;

  RolePresenter(Roles roles, HeldPolicies policies, Supplier<Caller> caller, Screen screen) {
    this.roles = roles;
    this.policies = policies;
    this.caller = caller;
    this.screen = screen;
  }

  void load(String name) {
    Caller me = caller.get();
    Role role = roles.getRole(me, GetRoleRequest.builder().roleName(name).build()).role();
    Optional<String> boundary =
        Optional.ofNullable(role.permissionsBoundary())
            .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    screen.show(
        new Shown(
            role,
            Documents.decoded(role.assumeRolePolicyDocument()),
            PoliciesOf.held(policies, me, new Holder(Holder.Kind.ROLE, name), boundary)));
  }

  List<Template> trustTemplates() {
    return Documents.trust(caller.get());
  }

  void trust(String name, String document) {
    roles.updateAssumeRolePolicy(
        caller.get(),
        UpdateAssumeRolePolicyRequest.builder().roleName(name).policyDocument(document).build());
    changed(name, "Saved the trust policy");
  }

  void configure(String name, String description, Integer sessionSeconds) {
    if (sessionSeconds == null) {
      throw ApiError.badRequest("The longest session must be a whole number of seconds");
    }
    roles.updateRole(
        caller.get(),
        UpdateRoleRequest.builder()
            .roleName(name)
            .description(description.strip())
            .maxSessionDuration(sessionSeconds)
            .build());
    changed(name, "Saved role " + name);
  }

  void tag(Role before, String lines) {
    TagLines tags = TagLines.between(before.tags(), lines);
    String name = before.roleName();
    if (!tags.removed().isEmpty()) {
      roles.untagRole(
          caller.get(), UntagRoleRequest.builder().roleName(name).tagKeys(tags.removed()).build());
    }
    if (!tags.set().isEmpty()) {
      roles.tagRole(caller.get(), TagRoleRequest.builder().roleName(name).tags(tags.set()).build());
    }
    changed(name, "Saved the tags");
  }

  /**
   * @param typed what the person has typed to show that it means it
   */
  void delete(String name, String typed) {
    Typed.require("role", name, typed);
    roles.deleteRole(caller.get(), DeleteRoleRequest.builder().roleName(name).build());
    screen.gone("Deleted role " + name);
  }

  void changed(String name, String notice) {
    load(name);
    screen.notice(notice);
  }
}

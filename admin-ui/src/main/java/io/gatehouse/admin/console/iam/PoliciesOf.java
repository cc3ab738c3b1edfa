package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;

/** Changes the policies of one user, group or role. */
final class PoliciesOf {

  /**
   * What hangs on it.
   *
   * @param inline names of policies that are its own
   * @param boundary ARN of the policy that limits it; groups have none
   */
  record Held(List<AttachedPolicy> attached, List<String> inline, Optional<String> boundary) {}

  private final HeldPolicies policies;
  private final RestApis apis;
  private final Supplier<Caller> caller;
  private final Holder holder;
  private final Consumer<String> changed;

  /**
   * @param changed told what was done, for the screen to show it
   */
  PoliciesOf(
      HeldPolicies policies,
      RestApis apis,
      Supplier<Caller> caller,
      Holder holder,
      Consumer<String> changed) {
    this.policies = policies;
    this.apis = apis;
    this.caller = caller;
    this.holder = holder;
    this.changed = changed;
  }

  static Held held(HeldPolicies policies, Caller caller, Holder holder, Optional<String> boundary) {
    return new Held(policies.attached(caller, holder), policies.inline(caller, holder), boundary);
  }

  Holder holder() {
    return holder;
  }

  /** The managed policies that there are. */
  List<Policy> choice() {
    return policies.choice(caller.get());
  }

  List<Template> templates() {
    return Documents.permissions(caller.get(), apis);
  }

  void attach(Optional<Policy> chosen) {
    Policy policy = chosen.orElseThrow(() -> ApiError.badRequest("Choose a policy"));
    policies.attach(caller.get(), holder, policy.arn());
    changed.accept("Attached " + policy.policyName());
  }

  void detach(AttachedPolicy policy) {
    policies.detach(caller.get(), holder, policy.policyArn());
    changed.accept("Detached " + policy.policyName());
  }

  String document(String name) {
    return policies.document(caller.get(), holder, name);
  }

  void put(String name, String document) {
    policies.put(caller.get(), holder, name.strip(), document);
    changed.accept("Saved policy " + name.strip());
  }

  void delete(String name) {
    policies.delete(caller.get(), holder, name);
    changed.accept("Deleted policy " + name);
  }

  /**
   * @param chosen empty for no permissions boundary
   */
  void limit(Held before, Optional<Policy> chosen) {
    if (chosen.isPresent()) {
      policies.limit(caller.get(), holder, chosen.get().arn());
      changed.accept("The permissions boundary is " + chosen.get().policyName());
    } else if (before.boundary().isPresent()) {
      policies.unlimit(caller.get(), holder);
      changed.accept("There is no permissions boundary any more");
    }
  }
}

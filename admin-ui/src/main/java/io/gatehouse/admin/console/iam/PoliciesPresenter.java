package io.gatehouse.admin.console.iam;

import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.operations.RestApis;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;

/** Lists the managed policies of a tenant and those that are built in, and makes new ones. */
final class PoliciesPresenter {

  interface Screen {
    /**
     * @param more whether there are more than these
     */
    void show(List<Policy> policies, boolean more);

    void open(String arn);
  }

  private final CustomerManagedPolicies policies;
  private final RestApis apis;
  private final Supplier<Caller> caller;
  private final Screen screen;

  PoliciesPresenter(
      CustomerManagedPolicies policies, RestApis apis, Supplier<Caller> caller, Screen screen) {
    this.policies = policies;
    this.apis = apis;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    ListPoliciesResponse answer =
        policies.listPolicies(
            caller.get(), ListPoliciesRequest.builder().maxItems(HeldPolicies.MOST).build());
    screen.show(answer.policies(), answer.isTruncated());
  }

  List<Template> templates() {
    return Documents.permissions(caller.get(), apis);
  }

  void create(String name, String description, String document) {
    Policy made =
        policies
            .createPolicy(
                caller.get(),
                CreatePolicyRequest.builder()
                    .policyName(name.strip())
                    .description(description.isBlank() ? null : description.strip())
                    .policyDocument(document)
                    .build())
            .policy();
    screen.open(made.arn());
  }
}

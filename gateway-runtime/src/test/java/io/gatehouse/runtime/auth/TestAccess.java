package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.Policy;
import io.gatehouse.runtime.exchange.StageAccess;

/** The stage of a tenant's API as authorizers know it. */
final class TestAccess {

  private TestAccess() {}

  static StageAccess of(Tenant tenant, String policy) {
    return new StageAccess(
        tenant.account(),
        "us-east-1",
        tenant.apiId(),
        "dev",
        policy == null ? null : Policy.parse(policy, Policy.Kind.RESOURCE),
        false);
  }

  /** With a policy that everybody may call. */
  static StageAccess allowing(Tenant tenant) {
    return of(
        tenant,
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}");
  }
}

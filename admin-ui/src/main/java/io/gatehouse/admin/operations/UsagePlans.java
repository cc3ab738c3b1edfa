package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/**
 * Which keys open which stages. Imitates the UsagePlan and UsagePlanKey pages of the API reference.
 */
@ApplicationScoped
public class UsagePlans implements Operations {

  private static final String KEY_TYPE = "API_KEY";

  private PlanStore plans;
  private ApiKeyStore keys;
  private PlanRules rules;
  private Publisher publisher;
  private Ids ids;

  protected UsagePlans() {}

  @Inject
  public UsagePlans(
      PlanStore plans, ApiKeyStore keys, PlanRules rules, Publisher publisher, Ids ids) {
    this.plans = plans;
    this.keys = keys;
    this.rules = rules;
    this.publisher = publisher;
    this.ids = ids;
  }

  @Operation(value = "POST /usageplans", status = 201)
  public UsagePlan createUsagePlan(Caller caller, CreateUsagePlanRequest in) {
    UsagePlan plan =
        PlanRules.checked(
            UsagePlan.builder()
                .id(ids.small())
                .name(in.name())
                .description(given(in.description()))
                .apiStages(PlanRules.plain(in.apiStages()))
                .throttle(in.throttle())
                .quota(in.quota())
                .tags(in.tags().isEmpty() ? null : in.tags())
                .build());
    rules.require(caller, plan, List.of());
    publisher.changed(plans.create(caller, plan));
    return plan;
  }

  @Operation("GET /usageplans/{usageplanId}")
  public UsagePlan getUsagePlan(Caller caller, GetUsagePlanRequest in) {
    return withTags(plans.get(caller, in.usagePlanId()).body());
  }

  @Operation("GET /usageplans")
  public GetUsagePlansResponse getUsagePlans(Caller caller, GetUsagePlansRequest in) {
    Page<UsagePlan> page =
        plans.list(
            caller, in.keyId() == null ? "" : in.keyId(), new Page.Ask(in.position(), in.limit()));
    return GetUsagePlansResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /usageplans/{usageplanId}")
  public UsagePlan updateUsagePlan(Caller caller, UpdateUsagePlanRequest in) {
    StoredUsagePlan plan = plans.lock(caller, in.usagePlanId());
    UsagePlan before = plan.body();
    UsagePlan after = PlanRules.checked(PlanPatches.RULES.apply(before, in.patchOperations()));
    rules.require(caller, after, before.apiStages());
    plans.replace(plan, after);
    publisher.changed(plan);
    return withTags(after);
  }

  @Operation(value = "DELETE /usageplans/{usageplanId}", status = 202)
  public void deleteUsagePlan(Caller caller, DeleteUsagePlanRequest in) {
    StoredUsagePlan plan = plans.lock(caller, in.usagePlanId());
    if (!plan.body().apiStages().isEmpty()) {
      throw ApiError.badRequest("Cannot delete Usage Plan with attached API Stages");
    }
    for (String keyId : plans.keysOf(caller, plan.planId())) {
      leave(caller, plan.planId(), keyId);
    }
    plans.delete(plan);
    publisher.gone(plan);
  }

  @Operation(value = "POST /usageplans/{usageplanId}/keys", status = 201)
  public UsagePlanKey createUsagePlanKey(Caller caller, CreateUsagePlanKeyRequest in) {
    if (!KEY_TYPE.equals(in.keyType())) {
      throw ApiError.badRequest("Invalid key type specified. Must be API_KEY");
    }
    StoredUsagePlan plan = plans.lock(caller, in.usagePlanId());
    StoredApiKey key = keys.lock(caller, in.keyId());
    if (plans.holds(caller, plan.planId(), key.keyId())) {
      throw ApiError.conflict(
          "Usage Plan " + plan.planId() + " already has API Key " + key.keyId() + " subscribed");
    }
    plans.addKey(caller, plan.planId(), key.keyId());
    rules.requireNoOverlap(caller, plan.planId(), plan.body().apiStages());
    keys.touch(key);
    publisher.changed(key);
    return planKey(key);
  }

  @Operation("GET /usageplans/{usageplanId}/keys/{keyId}")
  public UsagePlanKey getUsagePlanKey(Caller caller, GetUsagePlanKeyRequest in) {
    plans.get(caller, in.usagePlanId());
    plans.requireKey(caller, in.usagePlanId(), in.keyId());
    return planKey(keys.get(caller, in.keyId()));
  }

  @Operation("GET /usageplans/{usageplanId}/keys")
  public GetUsagePlanKeysResponse getUsagePlanKeys(Caller caller, GetUsagePlanKeysRequest in) {
    plans.get(caller, in.usagePlanId());
    Page<UsagePlanKey> page =
        plans
            .keys(
                caller,
                in.usagePlanId(),
                in.nameQuery() == null ? "" : in.nameQuery(),
                new Page.Ask(in.position(), in.limit()))
            .map(UsagePlans::listed);
    return GetUsagePlanKeysResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation(value = "DELETE /usageplans/{usageplanId}/keys/{keyId}", status = 202)
  public void deleteUsagePlanKey(Caller caller, DeleteUsagePlanKeyRequest in) {
    StoredUsagePlan plan = plans.lock(caller, in.usagePlanId());
    plans.requireKey(caller, plan.planId(), in.keyId());
    leave(caller, plan.planId(), in.keyId());
  }

  private void leave(Caller caller, String planId, String keyId) {
    StoredApiKey key = keys.lock(caller, keyId);
    plans.removeKey(caller, planId, keyId);
    keys.touch(key);
    publisher.changed(key);
  }

  private UsagePlanKey planKey(StoredApiKey key) {
    return listed(key).toBuilder().value(keys.value(key)).build();
  }

  private static UsagePlanKey listed(StoredApiKey key) {
    return UsagePlanKey.builder().id(key.keyId()).type(KEY_TYPE).name(key.body().name()).build();
  }

  /** A single answer has tags, be there none; creation and lists have not [R]. */
  private static UsagePlan withTags(UsagePlan plan) {
    return plan.hasTags() ? plan : plan.toBuilder().tags(Map.of()).build();
  }
}

package io.gatehouse.admin.console.plans;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.UsagePlans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** Attaches stages and keys to a plan, and offers only those that are not attached yet. */
final class PlanPresenter {

  interface Screen {
    /**
     * @param moreKeys whether the plan has more keys than these
     */
    void show(
        UsagePlan plan, List<StageChoice> attached, List<UsagePlanKey> keys, boolean moreKeys);

    void notice(String text);
  }

  /** A stage by its names; the API's name is its id when the API is gone. */
  record StageChoice(String apiId, String apiName, String stage) {
    String words() {
      return apiName + " · " + stage;
    }
  }

  static final int MOST = 500;

  private final UsagePlans usagePlans;
  private final ApiKeys apiKeys;
  private final RestApis restApis;
  private final Stages stages;
  private final Supplier<Caller> caller;
  private final Screen screen;
  private final String planId;

  PlanPresenter(
      UsagePlans usagePlans,
      ApiKeys apiKeys,
      RestApis restApis,
      Stages stages,
      Supplier<Caller> caller,
      Screen screen,
      String planId) {
    this.usagePlans = usagePlans;
    this.apiKeys = apiKeys;
    this.restApis = restApis;
    this.stages = stages;
    this.caller = caller;
    this.screen = screen;
    this.planId = planId;
  }

  void load() {
    UsagePlan plan = plan();
    Map<String, String> names = apiNames();
    List<StageChoice> attached =
        (plan.hasApiStages() ? plan.apiStages() : List.<ApiStage>of())
            .stream()
                .map(
                    stage ->
                        new StageChoice(
                            stage.apiId(),
                            names.getOrDefault(stage.apiId(), stage.apiId()),
                            stage.stage()))
                .toList();
    GetUsagePlanKeysResponse keys = keys();
    screen.show(plan, attached, keys.items(), keys.position() != null);
  }

  /** Stages of all APIs that the plan does not cover yet. */
  List<StageChoice> stagesToAttach() {
    UsagePlan plan = plan();
    Set<String> taken = new HashSet<>();
    if (plan.hasApiStages()) {
      plan.apiStages().forEach(stage -> taken.add(stage.apiId() + ":" + stage.stage()));
    }
    List<StageChoice> free = new ArrayList<>();
    apiNames()
        .forEach(
            (apiId, name) -> {
              for (Stage stage :
                  stages
                      .getStages(caller.get(), GetStagesRequest.builder().restApiId(apiId).build())
                      .item()) {
                if (!taken.contains(apiId + ":" + stage.stageName())) {
                  free.add(new StageChoice(apiId, name, stage.stageName()));
                }
              }
            });
    return free;
  }

  /** Keys of the tenant that are not in the plan yet. */
  List<ApiKey> keysToAttach() {
    Set<String> taken = new HashSet<>();
    keys().items().forEach(key -> taken.add(key.id()));
    return apiKeys
        .getApiKeys(
            caller.get(), GetApiKeysRequest.builder().limit(MOST).includeValues(false).build())
        .items()
        .stream()
        .filter(key -> !taken.contains(key.id()))
        .toList();
  }

  void attach(StageChoice stage) {
    patch(Op.ADD, stage);
    load();
    screen.notice("Attached " + stage.words());
  }

  void detach(StageChoice stage) {
    patch(Op.REMOVE, stage);
    load();
    screen.notice("Detached " + stage.words());
  }

  void attach(ApiKey key) {
    usagePlans.createUsagePlanKey(
        caller.get(),
        CreateUsagePlanKeyRequest.builder()
            .usagePlanId(planId)
            .keyId(key.id())
            .keyType("API_KEY")
            .build());
    load();
    screen.notice("Attached key " + key.name());
  }

  void detach(UsagePlanKey key) {
    usagePlans.deleteUsagePlanKey(
        caller.get(),
        DeleteUsagePlanKeyRequest.builder().usagePlanId(planId).keyId(key.id()).build());
    load();
    screen.notice("Detached key " + key.name());
  }

  void delete() {
    usagePlans.deleteUsagePlan(
        caller.get(), DeleteUsagePlanRequest.builder().usagePlanId(planId).build());
  }

  private UsagePlan plan() {
    return usagePlans.getUsagePlan(
        caller.get(), GetUsagePlanRequest.builder().usagePlanId(planId).build());
  }

  private GetUsagePlanKeysResponse keys() {
    return usagePlans.getUsagePlanKeys(
        caller.get(), GetUsagePlanKeysRequest.builder().usagePlanId(planId).limit(MOST).build());
  }

  private Map<String, String> apiNames() {
    Map<String, String> names = new LinkedHashMap<>();
    for (RestApi api :
        restApis
            .getRestApis(caller.get(), GetRestApisRequest.builder().limit(MOST).build())
            .items()) {
      names.put(api.id(), api.name());
    }
    return names;
  }

  private void patch(Op op, StageChoice stage) {
    usagePlans.updateUsagePlan(
        caller.get(),
        UpdateUsagePlanRequest.builder()
            .usagePlanId(planId)
            .patchOperations(
                PatchOperation.builder()
                    .op(op)
                    .path("/apiStages")
                    .value(stage.apiId() + ":" + stage.stage())
                    .build())
            .build());
  }
}

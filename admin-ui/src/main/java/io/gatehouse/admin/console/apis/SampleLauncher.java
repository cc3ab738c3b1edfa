package io.gatehouse.admin.console.apis;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Makes the pet store live: the API, its stage, a usage plan and a key of it. */
@ApplicationScoped
public class SampleLauncher {

  public static final String STAGE = "prod";

  private static final String NAME = "Pet store";
  private static final String CUSTOMER = "Pet store customer";
  private static final double RATE = 10;
  private static final int BURST = 20;
  private static final int REQUESTS_A_DAY = 1000;

  /**
   * How far it came.
   *
   * @param made in the order in which it was
   * @param refusal of the step after these; empty when all is live
   * @param curl a command that works; empty when not all is live
   */
  public record Launch(RestApi api, List<String> made, Optional<String> refusal, String curl) {

    public Launch {
      made = List.copyOf(made);
    }
  }

  private RestApis restApis;
  private Deployments deployments;
  private ApiKeys keys;
  private UsagePlans plans;
  private Addresses addresses;

  /** For the container's proxies. */
  protected SampleLauncher() {}

  @Inject
  public SampleLauncher(
      RestApis restApis,
      Deployments deployments,
      ApiKeys keys,
      UsagePlans plans,
      Addresses addresses) {
    this.restApis = restApis;
    this.deployments = deployments;
    this.keys = keys;
    this.plans = plans;
    this.addresses = addresses;
  }

  /**
   * What was made before a step is refused stays, and is told.
   *
   * @throws ApiError when even the API is refused
   */
  public Launch launch(Caller caller) {
    RestApi api =
        restApis.importRestApi(
            caller,
            ImportRestApiRequest.builder()
                .body(SdkBytes.fromUtf8String(SampleApi.document(addresses.sampleBackendUrl())))
                .build());
    List<String> made = new ArrayList<>();
    made.add("REST API " + api.name() + " (" + api.id() + ")");
    try {
      deployments.createDeployment(
          caller,
          CreateDeploymentRequest.builder()
              .restApiId(api.id())
              .stageName(STAGE)
              .description("The sample as it comes")
              .build());
      made.add("its deployment to stage " + STAGE);
      UsagePlan plan = plan(caller, api);
      made.add(
          "usage plan %s: %.0f requests a second, %,d a day"
              .formatted(plan.name(), RATE, REQUESTS_A_DAY));
      ApiKey key =
          keys.createApiKey(
              caller, CreateApiKeyRequest.builder().name(CUSTOMER).enabled(true).build());
      made.add("API key " + key.name());
      plans.createUsagePlanKey(
          caller,
          CreateUsagePlanKeyRequest.builder()
              .usagePlanId(plan.id())
              .keyId(key.id())
              .keyType("API_KEY")
              .build());
      made.add("the key in the plan");
      return new Launch(api, made, Optional.empty(), curl(api, key));
    } catch (ApiError refused) {
      return new Launch(api, made, Optional.of(refused.getMessage()), "");
    }
  }

  private UsagePlan plan(Caller caller, RestApi api) {
    return plans.createUsagePlan(
        caller,
        CreateUsagePlanRequest.builder()
            .name(NAME)
            .apiStages(ApiStage.builder().apiId(api.id()).stage(STAGE).build())
            .throttle(ThrottleSettings.builder().rateLimit(RATE).burstLimit(BURST).build())
            .quota(QuotaSettings.builder().limit(REQUESTS_A_DAY).period("DAY").build())
            .build());
  }

  private String curl(RestApi api, ApiKey key) {
    String node =
        addresses.gatewayUrls().isEmpty()
            ? "http://127.0.0.1:8081"
            : addresses.gatewayUrls().getFirst();
    return "curl -i -H 'x-api-key: "
        + key.value()
        + "' "
        + Addresses.byPath(node, api.id(), STAGE)
        + "/pets";
  }
}

package io.gatehouse.admin.console.apis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.apis.SampleLauncher.Launch;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

class SampleLauncherTest {

  private static final Caller CALLER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private final List<String> did = new ArrayList<>();
  private Optional<String> refusedStep = Optional.empty();
  private final SampleLauncher launcher =
      new SampleLauncher(
          new FakeRestApis(),
          new FakeDeployments(),
          new FakeKeys(),
          new FakePlans(),
          new Addresses("http://here", "us-east-1", List.of("http://node"), "http://backend"));

  @Test
  void itGoesAllTheWayToACommandThatWorks() {
    Launch launch = launcher.launch(CALLER);

    assertEquals(List.of("import", "deploy a1 prod", "plan a1:prod", "key", "p1 has k1"), did);
    assertEquals(Optional.empty(), launch.refusal());
    assertEquals(5, launch.made().size());
    assertEquals(
        "curl -i -H 'x-api-key: secret' http://node/_aws/execute-api/a1/prod/pets", launch.curl());
  }

  @Test
  void whatWasMadeBeforeARefusalIsTold() {
    refusedStep = Optional.of("key");
    Launch launch = launcher.launch(CALLER);

    assertEquals(Optional.of("Limit Exceeded"), launch.refusal());
    assertEquals(3, launch.made().size(), launch.made()::toString);
    assertTrue(launch.made().getFirst().contains("a1"), launch.made()::toString);
    assertEquals("", launch.curl());
  }

  @Test
  void withoutAnApiNothingWasMade() {
    refusedStep = Optional.of("import");

    assertThrows(ApiError.class, () -> launcher.launch(CALLER));
  }

  private void step(String word) {
    if (refusedStep.filter(word::startsWith).isPresent()) {
      throw ApiError.badRequest("Limit Exceeded");
    }
    did.add(word);
  }

  private final class FakeRestApis extends RestApis {
    @Override
    public RestApi importRestApi(Caller caller, ImportRestApiRequest in) {
      step("import");
      assertTrue(in.body().asUtf8String().contains("http://backend/pets"));
      return RestApi.builder().id("a1").name("Pet store").build();
    }
  }

  private final class FakeDeployments extends Deployments {
    @Override
    public Deployment createDeployment(Caller caller, CreateDeploymentRequest in) {
      step("deploy " + in.restApiId() + " " + in.stageName());
      return Deployment.builder().id("d1").build();
    }
  }

  private final class FakeKeys extends ApiKeys {
    @Override
    public ApiKey createApiKey(Caller caller, CreateApiKeyRequest in) {
      step("key");
      return ApiKey.builder().id("k1").name(in.name()).value("secret").build();
    }
  }

  private final class FakePlans extends UsagePlans {
    @Override
    public UsagePlan createUsagePlan(Caller caller, CreateUsagePlanRequest in) {
      step("plan " + in.apiStages().getFirst().apiId() + ":" + in.apiStages().getFirst().stage());
      return UsagePlan.builder().id("p1").name(in.name()).build();
    }

    @Override
    public UsagePlanKey createUsagePlanKey(Caller caller, CreateUsagePlanKeyRequest in) {
      step(in.usagePlanId() + " has " + in.keyId());
      return UsagePlanKey.builder().id("k1").build();
    }
  }
}

package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Limits of a plan and the cache of a stage, set in the browser and read by the SDK. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class LimitsConsoleIT {

  private final Installation installation;
  private final ApiGatewayClient client;

  LimitsConsoleIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  @Test
  void aPlansLimitsAreSetAndAKeysQuotaIsExtended(Consoles consoles) {
    PetStore pets = PetStore.publish(installation, client);
    Console console = consoles.demo(installation);
    console.open("plans/" + pets.planId());
    console.press("Change limits…");
    console.fill("Requests", "1000");
    console.picture("plan-limits-form");
    console.press("Change limits");
    assertThat(console.text("Changed the limits of plan of " + pets.apiId())).isVisible();
    UsagePlan plan =
        client.getUsagePlans().items().stream()
            .filter(found -> found.id().equals(pets.planId()))
            .findFirst()
            .orElseThrow();
    assertEquals(1000, plan.quota().limit());

    console.press("Extend the quota of customer of " + pets.apiId());
    console.fill("Requests left from now on", "5000");
    console.press("Set what is left");
    assertThat(console.text("customer of " + pets.apiId() + " has 5,000 left")).isVisible();
    console.picture("plan-usage");
  }

  @Test
  void aStagesCacheIsTurnedOnPurgedAndFlushed(Consoles consoles) {
    PetStore pets = PetStore.publish(installation, client);
    Console console = consoles.demo(installation);
    console.open("apis/" + pets.apiId() + "/stages/" + PetStore.STAGE + "/settings");
    console.press("Change cache…");
    console.check("Keep answers of this stage", true);
    console.check("Also of GET methods without settings of their own", true);
    console.fill("Seconds they are kept", "60");
    console.picture("stage-cache-form");
    console.press("Change cache");
    assertThat(console.text("kept for 60 s")).isVisible();
    assertEquals(
        Boolean.TRUE,
        client
            .getStage(r -> r.restApiId(pets.apiId()).stageName(PetStore.STAGE))
            .cacheClusterEnabled());
    console.picture("stage-cache");

    console.press("Purge path…");
    console.fill("Path", "/pets/*");
    console.press("Purge path");
    assertThat(console.text("Nothing was kept for /pets/*")).isVisible();

    console.press("Flush cache…");
    console.press("Flush the cache of stage " + PetStore.STAGE);
    assertThat(console.text("Flushed the cache of stage " + PetStore.STAGE)).isVisible();
  }
}

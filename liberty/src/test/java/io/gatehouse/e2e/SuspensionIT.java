package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;

/** An operator closes a tenant and opens it again: its callers, its programs and its people. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(3)
class SuspensionIT {

  private static final String ACCOUNT = "555555555555";
  private static final String NAME = "Fifth";
  private static final int MOST_CALLS = 5_000;

  private final Installation installation;

  SuspensionIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void aSuspendedTenantIsServedByNobodyUntilItIsResumed(Consoles consoles) throws Exception {
    Console operator = consoles.demo(installation);
    SecondTenant tenant = SecondTenant.create(operator, ACCOUNT, NAME);
    ApiGatewayClient program =
        installation.apiGateway(tenant.accessKeyId(), tenant.secretAccessKey());
    PetStore pets = PetStore.publish(installation, program);
    PetStore others = PetStore.publish(installation, installation.apiGateway());
    new People(installation).add("fiona", "/tenants/" + ACCOUNT + "/owner");
    untilEveryNodeAnswers(pets, 200);

    operator.press("Suspend " + NAME);
    operator.fill("Reason", "unpaid since May");
    operator.picture("suspend");
    operator.press("Suspend " + NAME + " now");
    assertThat(operator.button("Resume " + NAME)).isVisible();
    operator.picture("tenants");

    HttpResponse<String> refused = untilEveryNodeAnswers(pets, 403);
    assertEquals(
        "ACCOUNT_SUSPENDED", refused.headers().firstValue("x-gatehouse-reason").orElseThrow());
    assertEquals(200, call(installation.nodes().getFirst(), others).statusCode());
    ApiGatewayException closed =
        assertThrows(ApiGatewayException.class, () -> program.getRestApis(r -> {}));
    assertTrue(closed.getMessage().contains("unpaid since May"), closed.getMessage());

    Console owner = consoles.open(installation).signedIn("fiona", People.PASSWORD);
    assertThat(owner.text("This tenant is suspended: unpaid since May").first()).isVisible();
    owner.open("keys");
    owner.press("Create key…");
    owner.fill("Name", "in vain");
    owner.press("Create key");
    assertThat(owner.refusal().first()).containsText("is suspended (unpaid since May)");
    owner.picture("suspended");

    operator.press("Resume " + NAME);
    assertThat(operator.button("Suspend " + NAME)).isVisible();
    untilEveryNodeAnswers(pets, 200);
    assertEquals(1, program.getRestApis(r -> {}).items().size());
  }

  private HttpResponse<String> untilEveryNodeAnswers(PetStore pets, int status) throws Exception {
    HttpResponse<String> answer = null;
    for (String node : installation.nodes()) {
      answer = call(node, pets);
      for (int i = 0; i < MOST_CALLS && answer.statusCode() != status; i++) {
        answer = call(node, pets);
      }
      assertEquals(status, answer.statusCode(), answer::body);
    }
    return answer;
  }

  private HttpResponse<String> call(String node, PetStore pets) throws Exception {
    return installation.call(node, pets.apiId(), PetStore.STAGE, "/health");
  }
}

package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** What became of requests, in the browser: why one failed, logs, and metrics. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class ObserveConsoleIT {

  /** Counts are told every ten seconds and fetched every five. */
  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(40_000);

  private static final int LOOKS = 60;

  private final Installation installation;
  private final ApiGatewayClient client;

  ObserveConsoleIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  private HttpResponse<String> call(PetStore pets, String path, String... headers)
      throws Exception {
    return installation.call(
        installation.nodes().getFirst(), pets.apiId(), PetStore.STAGE, path, headers);
  }

  private String refused(PetStore pets) throws Exception {
    HttpResponse<String> answer = call(pets, "/pets");
    assertEquals(403, answer.statusCode());
    return answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
  }

  @Test
  void theIdOfAFailedRequestLeadsToItsCause(Consoles consoles) throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    String id = refused(pets);
    Console console = consoles.demo(installation);
    console.fill("Find a request by its id, or by words in the logs", id);
    console.page().keyboard().press("Enter");
    assertThat(console.text("API_KEY_MISSING").first()).isVisible(SOON);
    assertThat(console.text("Identify the API key and its plan").first()).isVisible();
    console.picture("request");
  }

  @Test
  void logsAreSearchedAndOneOfThemOpened(Consoles consoles) throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    for (int i = 0; i < 5; i++) {
      refused(pets);
    }
    Console console = consoles.demo(installation);
    console.open("requests/" + refused(pets));
    assertThat(console.text("API_KEY_MISSING").first()).isVisible(SOON);
    console.open("logs?api=" + pets.apiId() + "&q=reason:API_KEY_MISSING");
    assertThat(console.page().locator(".gh-histogram button").first()).isVisible(SOON);
    console.picture("logs");
    console.page().locator("vaadin-grid-cell-content", hasText("/pets")).first().click();
    assertThat(console.text("Identify the API key and its plan").first()).isVisible(SOON);
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @Test
  void metricsShowWhatWasAsked(Consoles consoles) throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    for (int i = 0; i < 20; i++) {
      call(pets, "/pets", "x-api-key", pets.key());
      refused(pets);
    }
    Console console = consoles.demo(installation);
    Locator chart = console.page().locator("gh-chart canvas").first();
    for (int opened = 0; opened < LOOKS && !chart.isVisible(); opened++) {
      console.open("metrics?api=" + pets.apiId());
      assertThat(chart.or(console.text("No requests in this time")).first()).isVisible(SOON);
    }
    assertThat(chart).isVisible();
    console.picture("metrics");
  }
}

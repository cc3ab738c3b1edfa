package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** From nothing to a live API, a method that is tried, and a canary that is judged. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class ApisConsoleIT {

  private static final String STAGE = "prod";
  private static final Pattern SAMPLE_CURL =
      Pattern.compile("curl -i -H 'x-api-key: ([^']+)' (http://\\S+)");

  /** Figures come after some seconds, and machines may be busy. */
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(90_000);

  private final Installation installation;
  private final ApiGatewayClient client;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  ApisConsoleIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  private HttpResponse<String> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private Resource resource(String apiId, String path) {
    return client.getResources(r -> r.restApiId(apiId).limit(500)).items().stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private String stageUrl(String apiId) {
    return installation.nodes().getFirst() + "/_aws/execute-api/" + apiId + "/" + STAGE;
  }

  @Test
  void theSampleIsLiveInOneClickAndItsCommandWorks(Consoles consoles) throws Exception {
    Console console = consoles.demo(installation);
    Locator start = console.button("Make the sample live");
    if (!start.isVisible()) {
      console.text("Start something new").click();
    }
    start.click();
    assertThat(console.heading("Pet store is live")).isVisible();
    Matcher curl = SAMPLE_CURL.matcher(console.copied("command that calls the sample"));
    assertTrue(curl.matches());
    HttpResponse<String> answer = get(curl.group(2), "x-api-key", curl.group(1));
    assertEquals(200, answer.statusCode(), answer.body());
    console.picture("home-sample-live");

    console.open("");
    assertThat(console.page().locator(".gh-tile").first()).containsText("Requests, last hour");
    assertThat(console.page().locator(".gh-tile .value").first())
        .not()
        .hasText(Pattern.compile("^(–|0)$"), patiently());
    assertThat(console.page().locator(".gh-age")).containsText("updated");
    assertThat(console.page().locator(".gh-tile").last()).containsText("2 of 2");
    console.picture("home-figures");
    lookAtTheApi(console);
  }

  private static void lookAtTheApi(Console console) {
    console.open("apis?q=Pet%20store");
    assertThat(console.page().locator(".gh-dot.ok").first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(90_000));
    console.picture("apis-traffic");
    console.link("Pet store").first().click();
    assertThat(console.heading("What is set")).isVisible();
    assertThat(console.text("3 of 5 methods ask for it")).isVisible();
    assertThat(console.text("in the last hour").first()).isVisible();
    console.picture("api-overview");
    console.press("Delete…");
    assertThat(
            console.page().getByText(Pattern.compile("It had \\d+ requests? in the last 24 hours")))
        .isVisible();
    console.picture("delete-api");
    console.press("Cancel");
  }

  private static LocatorAssertions.HasTextOptions patiently() {
    return new LocatorAssertions.HasTextOptions().setTimeout(90_000);
  }

  @Test
  void aMethodIsTriedAndEachStepToldWithItsTime(Consoles consoles) {
    String apiId = PetStore.imported(installation, "Tried " + System.nanoTime());
    client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
    String pet = resource(apiId, "/pets/{petId}").id();
    Console console = consoles.demo(installation);
    console.open("apis/" + apiId + "/resources/" + pet + "/GET");
    console.link("Test").click();
    console.press("Send");
    assertThat(console.refusal()).containsText("The path parameter petId has no value");
    console.fill("petId", "1");
    console.fill("Headers", "accept: application/json");
    console.press("Send");
    assertThat(console.page().locator("#answer")).containsText("OK");
    Locator steps = console.page().locator(".gh-waterfall");
    assertThat(steps).containsText("Call the backend");
    assertThat(steps).containsText("Received response. Status: 200");
    assertThat(console.page().locator(".gh-test .gh-snippet").first()).containsText("\"id\"");
    console.picture("test-tab");

    console.page().reload();
    assertThat(console.page().getByLabel("petId", new Page.GetByLabelOptions().setExact(true)))
        .hasValue("1");
    console.fill("petId", "none/such");
    console.press("Send");
    assertThat(steps).containsText("/pets/none%2Fsuch");
  }

  @Test
  void aCanaryIsJudgedBesideItsStage(Consoles consoles) throws Exception {
    String apiId = PetStore.imported(installation, "Judged " + System.nanoTime());
    client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
    String health = resource(apiId, "/health").id();
    client.putIntegration(
        r ->
            r.restApiId(apiId)
                .resourceId(health)
                .httpMethod("GET")
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{}")));
    client.createDeployment(
        r -> r.restApiId(apiId).stageName(STAGE).canarySettings(c -> c.percentTraffic(50.0)));
    Console console = consoles.demo(installation);
    console.open("apis/" + apiId + "/resources/" + health + "/GET");
    assertThat(console.page().locator(".gh-problems"))
        .containsText("There is no integration response");
    console.picture("method-problems");

    console.open("apis/" + apiId + "/stages/" + STAGE);
    Locator verdict = console.page().locator("#canary-verdict");
    assertThat(verdict).containsText("Not enough requests to tell");
    for (int i = 0; i < 600; i++) {
      get(stageUrl(apiId) + "/health");
    }
    assertThat(verdict).containsText("Worse: 5xx", PATIENTLY);
    verdict.scrollIntoViewIfNeeded();
    console.picture("canary-compared");
  }
}

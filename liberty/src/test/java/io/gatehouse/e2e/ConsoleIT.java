package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;

/** The product's main job in the browser, signed in at the real sign-in service. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class ConsoleIT {

  private static final String STAGE = "test";
  private static final String REASON = "x-gatehouse-reason";

  private final Installation installation;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  ConsoleIT(Installation installation) {
    this.installation = installation;
  }

  private HttpResponse<String> get(String url, String... headers) throws Exception {
    return send("GET", url, headers);
  }

  private HttpResponse<String> send(String verb, String url, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .method(verb, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void fromADocumentToAnsweredCallsWithAKey(Consoles consoles) throws Exception {
    Console console = consoles.demo(installation);
    console.picture("home");
    String name = "Pets " + System.nanoTime();
    importPets(console, name);
    lookAtTheMethods(console);
    String invokeUrl = deploy(console, name);
    assertEquals(200, get(invokeUrl + "/pets/1").statusCode());
    assertEquals(403, get(invokeUrl + "/pets").statusCode());

    String value = createKey(console, name);
    createPlan(console, name);
    for (String node : installation.nodes()) {
      String url = node + URI.create(invokeUrl).getPath() + "/pets";
      assertEquals(200, get(url, "x-api-key", value).statusCode(), url);
    }

    console.open("keys?q=" + name.replace(" ", "%20"));
    console.press("Disable key " + name);
    assertThat(console.button("Enable key " + name)).isFocused();
    for (String node : installation.nodes()) {
      String url = node + URI.create(invokeUrl).getPath() + "/pets";
      assertEquals(403, get(url, "x-api-key", value).statusCode(), url);
    }
  }

  private void importPets(Console console, String name) {
    console.open("apis/new");
    console.fill(
        "OpenAPI document",
        PetStore.document(installation.get("GATEHOUSE_SAMPLE_BACKEND_URL"))
            .replace("title: Pets", "title: " + name)
            .replace("info:", "externalDocs: {url: 'https://pets.invalid'}\ninfo:"));
    console.picture("import");
    console.press("Import API");
    assertThat(console.heading("Import report")).isVisible();
    assertThat(console.text("/externalDocs").first()).isVisible();
    console.picture("import-report");
    console.press("Open " + name);
    assertThat(console.heading(name)).isVisible();
    assertThat(console.heading("Not deployed yet")).isVisible();
    console.picture("api-before-deploying");
  }

  private void lookAtTheMethods(Console console) {
    console.link("Resources").click();
    Locator tree = console.page().getByLabel("Resources and methods");
    for (String part : new String[] {"/pets", "/{petId}", "/echo", "/{proxy+}", "/health"}) {
      assertThat(tree.getByText(part, new Locator.GetByTextOptions().setExact(true))).isVisible();
    }
    console.picture("resources");
    tree.getByText("GET").first().click();
    for (String box :
        new String[] {
          "Method request", "Integration request", "Integration response", "Method response"
        }) {
      assertThat(console.heading(box)).isVisible();
    }
    console.picture("method");
  }

  private String deploy(Console console, String name) {
    console.press("Deploy…");
    console.choose("Stage", STAGE);
    assertThat(console.button("Deploy to " + STAGE)).isEnabled();
    console.picture("deploy-dialog");
    console.press("Deploy to " + STAGE);
    Locator receipts = console.page().locator(".gh-receipt li");
    assertThat(receipts).hasCount(installation.nodes().size());
    for (int i = 0; i < installation.nodes().size(); i++) {
      assertThat(receipts.nth(i)).containsText("serving");
      assertThat(receipts.nth(i)).containsText("node-" + (i + 1));
      assertThat(receipts.nth(i)).containsText(Pattern.compile("\\d+ ms"));
    }
    console.picture("deployed-dialog");
    console.press("Open stage " + STAGE);
    assertThat(console.heading("Stage " + STAGE)).isVisible();
    console.picture("stage");
    return console.copied("invoke URL");
  }

  private static String createKey(Console console, String name) {
    console.open("keys");
    console.press("Create key…");
    console.fill("Name", name);
    console.picture("key-form");
    console.press("Create key");
    String value = console.copiedFromDialog("value of the key");
    assertTrue(value.length() >= 20, value);
    console.picture("key-once");
    console.press("I have copied it");
    assertThat(console.button("I have copied it")).isHidden();
    assertFalse(console.page().content().contains(value), "the page still holds the value");
    console.page().reload();
    assertThat(console.button("Disable key " + name)).isVisible();
    assertFalse(console.page().content().contains(value), "the list holds the value");
    console.picture("keys");
    return value;
  }

  private static void createPlan(Console console, String name) {
    console.open("plans");
    console.press("Create plan…");
    console.fill("Name", name);
    console.picture("plan-form");
    console.press("Create plan");
    assertThat(console.heading(name)).isVisible();
    console.press("Attach stage…");
    console.choose("Stage", name + " · " + STAGE);
    console.press("Attach");
    assertThat(console.link(name + " · " + STAGE)).isVisible();
    console.press("Attach key…");
    console.choose("Key", name);
    console.press("Attach");
    assertThat(console.button("Detach " + name)).isVisible();
    console.picture("plan");
    console.open("plans");
    assertThat(console.link(name)).isVisible();
    console.picture("plans");
    console.open("apis");
    assertThat(console.link(name)).isVisible();
    console.picture("apis");
  }

  @Test
  void anOwnerLetsPagesOfAnotherOriginCallAnApiAndHidesTheReasonsOfAStage(Consoles consoles)
      throws Exception {
    String name = "Shop " + System.nanoTime();
    String apiId = PetStore.imported(installation, name);
    Console console = consoles.demo(installation);
    console.open("apis/" + apiId + "/resources");
    console.press("CORS of " + name);
    console.check("Let pages of other origins call it", true);
    console.fill("Origins", "https://app.example");
    console.picture("cors");
    console.check("Allow cookies and authorization", true);
    console.press("Save CORS");
    assertThat(console.text("CORS is on for the whole API")).isVisible();
    assertThat(console.button("CORS of " + name)).isFocused();
    console.text("/pets").first().click();
    assertThat(console.button("CORS of /pets")).isVisible();

    console.press("Deploy…");
    console.choose("Stage", STAGE);
    console.press("Deploy to " + STAGE);
    console.press("Open stage " + STAGE);
    String path = URI.create(console.copied("invoke URL")).getPath();
    for (String node : installation.nodes()) {
      HttpResponse<String> preflight =
          send(
              "OPTIONS",
              node + path + "/pets/1",
              "Origin",
              "https://app.example",
              "Access-Control-Request-Method",
              "GET");
      assertEquals(204, preflight.statusCode(), preflight.body());
      assertEquals("https://app.example", header(preflight, "Access-Control-Allow-Origin"));
      HttpResponse<String> pet =
          send("GET", node + path + "/pets/1", "Origin", "https://app.example");
      assertEquals(200, pet.statusCode());
      assertEquals("https://app.example", header(pet, "Access-Control-Allow-Origin"));
      assertEquals("true", header(pet, "Access-Control-Allow-Credentials"));
      assertEquals("ROUTE_NOT_FOUND", header(get(node + path + "/nosuch"), REASON));
    }

    console.page().locator(".gh-tabs").getByText("Settings").click();
    console.check("Send the reason header", false);
    assertThat(console.text("The reason header is off")).isVisible();
    for (String node : installation.nodes()) {
      HttpResponse<String> refused = get(node + path + "/nosuch");
      assertEquals(403, refused.statusCode());
      assertEquals("", header(refused, REASON));
    }
  }

  @Test
  void aBadDocumentIsRefusedWithItsTextKeptAndNothingMade(Consoles consoles) {
    Console console = consoles.demo(installation);
    int before = installation.apiGateway().getRestApis(r -> r.limit(500)).items().size();
    String bad = "openapi: 3.0.1\ninfo: {title: Broken}\npaths: {pets: {get: {}}}\n";
    console.open("apis/new");
    console.fill("OpenAPI document", bad);
    console.press("Import API");
    assertThat(console.refusal()).containsText("pets");
    assertThat(console.page().getByLabel("OpenAPI document")).hasValue(bad);
    console.picture("import-refused");
    assertEquals(before, installation.apiGateway().getRestApis(r -> r.limit(500)).items().size());
  }

  @Test
  void afterSigningOutAnAddressOfTheConsoleLeadsToSignIn(Consoles consoles) {
    Console console = consoles.demo(installation);
    console.signOut();
    console.assertAtSignIn();
    console.open("apis");
    console.assertAtSignIn();
    console.page().goBack();
    console.open("keys");
    console.assertAtSignIn();
  }

  @Test
  void anEndedSessionIsAskedToSignInAtTheNextClickAndComesBack(Consoles consoles) {
    Console console = consoles.demo(installation);
    console.open("plans?q=something");
    assertThat(console.heading("Usage plans")).isVisible();
    console.page().context().clearCookies();
    console.press("Create plan…");
    console.signInAs(
        installation.get("GATEHOUSE_CONSOLE_USER"), installation.get("GATEHOUSE_CONSOLE_PASSWORD"));
    assertThat(console.heading("Usage plans")).isVisible();
    assertThat(console.page()).hasURL(Pattern.compile(".*/console/plans\\?.*q=something.*"));
  }

  @Test
  void theOperatorMakesATenantWhoseAccessKeyIsShownOnce(Consoles consoles) {
    Console console = consoles.demo(installation);
    console.open("ops/nodes");
    assertThat(console.text("node-2").first()).isVisible();
    console.picture("nodes");
    SecondTenant made = SecondTenant.create(console, "222222222222", "Second");
    assertTrue(made.accessKeyId().startsWith("AKIA"), made.accessKeyId());
    assertTrue(made.secretAccessKey().length() >= 40, "a secret of some length");
    console.page().reload();
    assertThat(console.button("Open Second as operator")).isVisible();
    assertFalse(console.page().content().contains(made.secretAccessKey()));
    console.picture("tenants");
    console.open("team");
    assertThat(console.heading("Access keys")).isVisible();
    console.picture("access-keys");
    assertEquals(
        "222222222222",
        installation.sts(made.accessKeyId(), made.secretAccessKey()).getCallerIdentity().account());
  }

  @Test
  void anOwnerLimitsAnAccessKeyAndSeesWhatItWasRefused(Consoles consoles) {
    Console console = consoles.demo(installation);
    console.open("team");
    console.press("Create access key…");
    console.press("Create access key");
    String id = console.copiedFromDialog("access key id");
    String secret = console.copiedFromDialog("secret access key");
    console.press("I have copied it");
    ApiGatewayClient limited = installation.apiGateway(id, secret);
    limited.getRestApis();

    console.press("Policy of " + id);
    console.fill("Policy", "{\"Statement\": [{}]}");
    console.press("Save policy");
    assertThat(console.refusal()).containsText("Statement[0]");
    console.picture("key-policy-refused");
    console.choose("Begin with", "Read only");
    console.picture("key-policy");
    console.press("Save policy");
    assertThat(console.text("limited").first()).isVisible();
    console.picture("access-keys-limited");

    limited.getRestApis();
    ApiGatewayException denied =
        assertThrows(
            ApiGatewayException.class, () -> limited.createRestApi(r -> r.name("Not allowed")));
    assertEquals("AccessDeniedException", denied.awsErrorDetails().errorCode());
    assertTrue(
        denied
            .awsErrorDetails()
            .errorMessage()
            .endsWith("because no permissions boundary allows the apigateway:POST action"),
        denied.awsErrorDetails().errorMessage());

    console.open("audit?who=" + id);
    assertThat(console.text("AccessDenied").first()).isVisible();
    console.open("audit?resource=" + id);
    console.page().getByText("limitAccessKey").first().waitFor();
    console.button("Details of limitAccessKey").first().click();
    assertThat(console.text("document › Statement").first()).isVisible();
    console.picture("audit");
  }
}

package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.GetStageResponse;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** A stage's settings and history, and the search, in the browser; read by the SDK. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class StagesConsoleIT {

  private static final String STAGE = "prod";

  private final Installation installation;
  private final ApiGatewayClient client;

  StagesConsoleIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  private String deployed(String name) {
    String apiId = PetStore.imported(installation, name);
    deploy(apiId);
    return apiId;
  }

  private String deploy(String apiId) {
    return client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE)).id();
  }

  private GetStageResponse stage(String apiId) {
    return client.getStage(r -> r.restApiId(apiId).stageName(STAGE));
  }

  private void patch(String apiId, String path, String value) {
    client.updateStage(
        r ->
            r.restApiId(apiId)
                .stageName(STAGE)
                .patchOperations(
                    PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build()));
  }

  private void compressFrom(String apiId, int bytes) {
    client.updateRestApi(
        r ->
            r.restApiId(apiId)
                .patchOperations(
                    PatchOperation.builder()
                        .op(Op.REPLACE)
                        .path("/minimumCompressionSize")
                        .value(Integer.toString(bytes))
                        .build()));
  }

  private static String settings(String apiId) {
    return "apis/" + apiId + "/stages/" + STAGE + "/settings";
  }

  @Test
  void aMethodIsGivenSettingsOfItsOwnAndInheritsAgain(Consoles consoles) {
    String apiId = deployed("Settings " + System.nanoTime());
    patch(apiId, "/*/*/logging/loglevel", "INFO");
    Console console = consoles.demo(installation);
    console.open(settings(apiId));
    console.press("Change the settings of GET /pets");
    console.fill("Burst", "7");
    console.picture("method-settings-form");
    console.press("Change settings");
    assertThat(console.button("Let GET /pets inherit")).isVisible();
    console.picture("method-settings");

    MethodSetting own = stage(apiId).methodSettings().get("pets/GET");
    assertEquals(7, own.throttlingBurstLimit());
    assertEquals("INFO", own.loggingLevel(), "what it had inherited stays");

    console.press("Let GET /pets inherit");
    console.press("Inherit again");
    assertThat(console.heading("Let GET /pets inherit again?")).isHidden();
    assertThat(console.button("Let GET /pets inherit")).isHidden();
    assertNull(stage(apiId).methodSettings().get("pets/GET"));
  }

  @Test
  void whenTwoEditTheSameVariableBothValuesAreShownAndOneIsChosen(Consoles consoles) {
    String apiId = deployed("Variables " + System.nanoTime());
    patch(apiId, "/variables/host", "before.example");
    Console console = consoles.demo(installation);
    console.open(settings(apiId));
    console.press("Change variables…");
    console.page().locator(".gh-variable input").nth(1).fill("mine.example");
    patch(apiId, "/variables/host", "theirs.example");
    console.press("Change variables");
    assertThat(console.heading("Stage " + STAGE + " was changed meanwhile")).isVisible();
    assertThat(console.text("When you opened the form: before.example")).isVisible();
    assertThat(console.text("Theirs: theirs.example")).isVisible();
    console.picture("stage-conflict");
    console.text("Yours: mine.example").click();
    console.press("Save my choice");
    assertThat(console.text("Changed stage " + STAGE)).isVisible();
    assertEquals("mine.example", stage(apiId).variables().get("host"));
  }

  @Test
  void anAccessLogIsBegunWithAReadyFormat(Consoles consoles) {
    String apiId = deployed("Logged " + System.nanoTime());
    Console console = consoles.demo(installation);
    console.open(settings(apiId));
    console.press("Change access log…");
    console.check("Write a line for each request", true);
    console.press("Begin with the format CSV");
    console.picture("access-log-form");
    console.press("Change access log");
    assertThat(console.text("Each request leaves a line of this format")).isVisible();
    assertFalse(stage(apiId).accessLogSettings().format().contains("{"));
  }

  @Test
  void anSdkOfTheStageIsDownloaded(Consoles consoles) throws IOException {
    String apiId = deployed("Sdk " + System.nanoTime());
    Console console = consoles.demo(installation);
    console.open("apis/" + apiId + "/stages/" + STAGE);
    Download sdk =
        console.page().waitForDownload(() -> console.link("Download the SDK for Python").click());
    assertEquals(apiId + "-" + STAGE + "-python.zip", sdk.suggestedFilename());
    try (ZipFile archive = new ZipFile(sdk.path().toFile())) {
      assertTrue(archive.size() > 5, () -> archive.size() + " files");
    }
  }

  @Test
  void aStageIsRolledBackAndCanariesArePromoted(Consoles consoles) {
    String name = "History " + System.nanoTime();
    String apiId = deployed(name);
    String first = stage(apiId).deploymentId();
    compressFrom(apiId, 9);
    String second = deploy(apiId);
    compressFrom(apiId, 10);
    Console console = consoles.demo(installation);
    console.open("apis/" + apiId + "/stages/" + STAGE + "/history");
    assertThat(console.button("1 undeployed change")).isVisible();
    console.press("Roll back to deployment " + first);
    assertThat(console.text("1 change in what stage prod serves:")).isVisible();
    console.picture("rollback");
    console.press("Roll " + STAGE + " back to " + first);
    assertThat(console.button("Serve deployment " + second)).isVisible();
    assertEquals(first, stage(apiId).deploymentId());

    console.press("Begin a canary with deployment " + second);
    console.picture("canary-form");
    console.press("Begin canary");
    assertThat(console.button("Begin canary")).isHidden();
    assertThat(console.button("Begin a canary with deployment " + second)).isHidden();
    assertEquals(10.0, stage(apiId).canarySettings().percentTraffic());
    console.link("Overview").click();
    console.picture("canary");
    console.press("Promote…");
    console.press("Promote the canary of " + STAGE);
    assertThat(console.heading("Promote the canary of " + STAGE + "?")).isHidden();
    assertThat(console.button("Promote…")).isHidden();
    assertEquals(second, stage(apiId).deploymentId());
    assertNull(stage(apiId).canarySettings());

    console.press("1 undeployed change");
    assertThat(console.heading("Deploy " + name)).isVisible();
    assertThat(console.text("API settings changed: minimumCompressionSize").last()).isVisible();
  }

  @Test
  void everythingIsFoundWithTheKeyboard(Consoles consoles) {
    String name = "Found " + System.nanoTime();
    String apiId = deployed(name);
    Console console = consoles.demo(installation);
    Locator field = console.page().locator(".gh-palette input");
    console.page().keyboard().press("Control+k");
    assertThat(field).isFocused();
    console.page().keyboard().type(name + " " + STAGE);
    console.page().keyboard().press("ArrowDown");
    assertThat(console.page().locator(".gh-found a:focus")).containsText(name + " · " + STAGE);
    console.page().keyboard().press("Enter");
    assertThat(console.page())
        .hasURL(Pattern.compile(".*/apis/" + apiId + "/stages/" + STAGE + ".*"));
    assertThat(field).isHidden();

    console.page().keyboard().press("Control+k");
    assertThat(field).isFocused();
    console.page().keyboard().type("usage");
    console.page().keyboard().press("Enter");
    assertThat(console.page()).hasURL(Pattern.compile(".*/console/plans.*"));
  }
}

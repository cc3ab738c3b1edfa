package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What integrations reach, made in the browser: a function behind an API, roles and endpoints. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class IntegrationsConsoleIT {

  private final Installation installation;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  IntegrationsConsoleIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void aFunctionFromTheTemplateIsTestedAndPublishedAsAnApi(Consoles consoles) throws Exception {
    assumeTrue(Peers.onPath("node"), "node is not on the PATH");
    String name = "hello-" + System.nanoTime();
    Console console = consoles.demo(installation);
    console.open("functions");
    console.press("Create function…");
    console.fill("Name", name);
    console.picture("function-form");
    console.press("Create function");
    assertThat(console.heading(name)).isVisible();

    console.fill("Payload (JSON)", "{\"path\": \"/tried\"}");
    console.press("Invoke");
    assertThat(console.text("The function returned.")).isVisible();
    assertThat(console.text("from a function").first()).containsText("/tried");
    console.picture("function-tested");

    console.press("Publish as a REST API…");
    console.fill("Stage", "live");
    console.picture("function-publish");
    console.press("Publish API");
    assertThat(console.heading(name + " is published")).isVisible();
    console.picture("function-published");
    String path = URI.create(console.copiedFromDialog("invoke URL")).getPath();
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = get(node + path + "/some/where");
      assertEquals(200, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("\"path\":\"/some/where\""), answer.body());
    }

    console.press("Open the API");
    assertThat(console.link("Resources")).isVisible();
    console.link("Resources").click();
    console.page().getByLabel("Resources and methods").getByText("ANY").first().click();
    assertThat(console.link(name).last()).isVisible();
    console.picture("method-function");

    console.open("functions/" + name);
    console.press("Delete…");
    console.press("Delete function " + name);
    assertThat(console.text("Deleted function " + name)).isVisible();
  }

  private HttpResponse<String> get(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anOwnerRegistersARoleAndAnEndpoint(Consoles consoles) {
    String role = BackendAccess.role("console-" + System.nanoTime());
    String secret = "never-to-be-seen-again-" + System.nanoTime();
    Console console = consoles.demo(installation);
    console.open("backend-access");
    console.press("Add role…");
    console.fill("Role", "nobody");
    console.press("Save role");
    assertThat(console.refusal()).containsText("not 'nobody'");
    console.fill("Role", role);
    console.fill("Access key id", "AKIAIOSFODNN7EXAMPLE");
    console.fill("Secret access key", secret);
    console.picture("role-form");
    console.press("Save role");
    assertThat(console.button("Edit role " + role)).isVisible();
    console.page().reload();
    assertThat(console.button("Edit role " + role)).isVisible();
    assertFalse(console.page().content().contains(secret), "the page holds the secret");

    console.press("Set endpoint…");
    console.choose("Service", "codecommit");
    console.fill("Endpoint", "ftp://mirror.example");
    console.press("Set endpoint");
    assertThat(console.refusal()).containsText("http://host:port");
    console.fill("Endpoint", "http://127.0.0.1:1");
    console.press("Set endpoint");
    assertThat(console.button("Delete endpoint of codecommit")).isVisible();
    assertThat(console.text("blocked").first()).isVisible();
    console.picture("backend-access");

    deleteAndConfirm(console, "Delete endpoint of codecommit");
    deleteAndConfirm(console, "Delete role " + role);
  }

  /** The button in the row has the name alone, the one in the question also the text. */
  private static void deleteAndConfirm(Console console, String what) {
    console.press(what);
    console.page().getByText(what, new Page.GetByTextOptions().setExact(true)).click();
    assertThat(console.button(what)).hasCount(0);
  }
}

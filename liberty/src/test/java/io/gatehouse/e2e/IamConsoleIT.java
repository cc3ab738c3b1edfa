package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** The tenant's own users, roles and policies in the browser, and what nodes make of them. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class IamConsoleIT {

  private static final String STAGE = "dev";

  private final Installation installation;

  IamConsoleIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void aUserMadeHereCallsTheOneMethodThatItsPolicyAllows(Consoles consoles) throws Exception {
    String name = "ann-" + System.nanoTime();
    String policy = "read-" + name;
    String api = guarded(name);
    Console console = consoles.demo(installation);
    createPolicy(console, policy, api);
    console.open("iam");
    assertThat(console.button("Create user…")).isVisible();
    console.picture("iam-users");
    console.press("Create user…");
    console.fill("Name", name);
    console.picture("iam-user-form");
    console.press("Create user");
    assertThat(console.heading(name)).isVisible();
    console.picture("iam-user-new");
    AwsCredentialsIdentity keys = createKey(console);

    everywhere(403, api, "/one", keys);
    attach(console, policy);
    everywhere(200, api, "/one", keys);
    everywhere(403, api, "/two", keys);
    console.picture("iam-user");
    detach(console, policy);
    everywhere(403, api, "/one", keys);

    attach(console, policy);
    everywhere(200, api, "/one", keys);
    confirm(console, "Switch off " + keys.accessKeyId());
    assertThat(console.button("Switch on " + keys.accessKeyId())).isVisible();
    everywhere(403, api, "/one", keys);

    delete(console, "user", name);
    assertThat(console.text("must delete access keys first")).isVisible();
    console.picture("iam-user-refused");
    console.press("Cancel");
    confirm(console, "Delete access key " + keys.accessKeyId());
    assertThat(console.text("None yet, so nobody can sign as this user")).isVisible();
    detach(console, policy);
    delete(console, "user", name);
    assertThat(console.text("Deleted user " + name)).isVisible();
    changeAndDeletePolicy(console, policy);
    installation.apiGateway().deleteRestApi(r -> r.restApiId(api));
  }

  private void createPolicy(Console console, String name, String api) {
    console.open("iam/policies");
    assertThat(console.link("GatehouseViewer")).isVisible();
    console.picture("iam-policies");
    console.press("Create policy…");
    console.fill("Name", name);
    console.fill(
        "Document", "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Permit\"}]}");
    console.press("Create policy");
    assertThat(console.refusal()).containsText("must have either Action or NotAction");
    console.picture("iam-policy-form");
    console.fill(
        "Document",
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": "execute-api:Invoke",
              "Resource": "arn:aws:execute-api:%s:%s:%s/%s/GET/one"
            }
          ]
        }"""
            .formatted(
                installation.get("AWS_REGION"), installation.get("GATEHOUSE_ACCOUNT"), api, STAGE));
    console.press("Create policy");
    assertThat(console.heading(name)).isVisible();
  }

  /** Its second version takes effect; the first one has to go before the policy can. */
  private static void changeAndDeletePolicy(Console console, String name) {
    console.open("iam/policies");
    console.link(name).click();
    console.press("Edit document…");
    assertThat(console.heading("New version of " + name)).isVisible();
    console.picture("iam-policy-version-form");
    console.press("Save version");
    assertThat(console.heading("Document, version v2")).isVisible();
    assertThat(console.page()).hasURL(Pattern.compile(".*version=v2.*"));
    console.link("v1").click();
    assertThat(console.heading("Document, version v1")).isVisible();
    assertThat(console.page()).hasURL(Pattern.compile(".*version=v1.*"));
    console.picture("iam-policy");
    confirm(console, "Delete version v1");
    assertThat(console.text("Deleted version v1")).isVisible();
    delete(console, "policy", name);
    assertThat(console.text("Deleted policy " + name)).isVisible();
  }

  /** Its secret is shown once, and never again. */
  private AwsCredentialsIdentity createKey(Console console) {
    console.press("Create access key");
    String id = console.copiedFromDialog("access key id");
    String secret = console.copiedFromDialog("secret access key");
    console.picture("iam-key-once");
    console.press("I have copied it");
    console.page().reload();
    assertThat(console.button("Delete access key " + id)).isVisible();
    assertFalse(console.page().content().contains(secret), "the page holds the secret");
    return AwsCredentialsIdentity.create(id, secret);
  }

  private static void attach(Console console, String policy) {
    console.press("Attach policy…");
    Locator box =
        console.page().getByRole(AriaRole.DIALOG).last().getByRole(AriaRole.COMBOBOX).first();
    box.fill(policy);
    console
        .page()
        .getByRole(AriaRole.OPTION)
        .filter(new Locator.FilterOptions().setHasText(policy))
        .click();
    console.press("Attach policy");
    assertThat(console.button("Detach policy " + policy)).isVisible();
  }

  private static void detach(Console console, String policy) {
    confirm(console, "Detach policy " + policy);
    assertThat(console.button("Detach policy " + policy)).hasCount(0);
  }

  /** The button in the row has the name alone, the one in the question also the text. */
  private static void confirm(Console console, String what) {
    console.press(what);
    console.page().getByText(what, new Page.GetByTextOptions().setExact(true)).click();
  }

  private static void delete(Console console, String word, String name) {
    console
        .page()
        .locator(".gh-title")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete…"))
        .click();
    console.fill("Name of the " + word, name);
    console.press("Delete " + word);
  }

  /** An API with methods that ask for signatures. */
  private String guarded(String name) {
    ApiGatewayClient apis = installation.apiGateway();
    String api = apis.createRestApi(r -> r.name(name)).id();
    String root = apis.getResources(r -> r.restApiId(api)).items().getFirst().id();
    for (String path : List.of("one", "two")) {
      String resource =
          apis.createResource(r -> r.restApiId(api).parentId(root).pathPart(path)).id();
      apis.putMethod(
          r ->
              r.restApiId(api).resourceId(resource).httpMethod("GET").authorizationType("AWS_IAM"));
      apis.putIntegration(
          r ->
              r.restApiId(api)
                  .resourceId(resource)
                  .httpMethod("GET")
                  .type(IntegrationType.MOCK)
                  .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
      apis.putMethodResponse(
          r -> r.restApiId(api).resourceId(resource).httpMethod("GET").statusCode("200"));
      apis.putIntegrationResponse(
          r -> r.restApiId(api).resourceId(resource).httpMethod("GET").statusCode("200"));
    }
    apis.createDeployment(r -> r.restApiId(api).stageName(STAGE));
    return api;
  }

  private void everywhere(int status, String api, String path, AwsCredentialsIdentity keys)
      throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> answer =
          installation.call(node, api, STAGE, path, signature(node, api, path, keys));
      assertEquals(status, answer.statusCode(), answer.body());
    }
  }

  private String[] signature(String node, String api, String path, AwsCredentialsIdentity keys) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(node + "/_aws/execute-api/" + api + "/" + STAGE + path))
            .build();
    List<String> headers = new ArrayList<>();
    AwsV4HttpSigner.create()
        .sign(
            SignRequest.builder(keys)
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, installation.get("AWS_REGION"))
                .build())
        .request()
        .forEachHeader(
            (name, values) -> {
              // the client sends the host by itself, as it was signed
              if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> headers.addAll(List.of(name, value)));
              }
            });
    return headers.toArray(String[]::new);
  }

  @Test
  void aRoleAndAGroupAreMadeChangedAndDeleted(Consoles consoles) {
    String role = "job-" + System.nanoTime();
    Console console = consoles.demo(installation);
    console.open("iam/roles");
    console.press("Create role…");
    console.fill("Name", role);
    console.picture("iam-role-form");
    console.press("Create role");
    assertThat(console.heading(role)).isVisible();
    console.press("Configure…");
    console.fill("Longest session in seconds", "60");
    console.press("Save role");
    assertThat(console.refusal()).containsText("3600");
    console.fill("Longest session in seconds", "7200");
    console.press("Save role");
    assertThat(console.text("7200 s")).isVisible();
    console.press("Edit tags…");
    console.fill("Tags, one a line", "team=red");
    console.press("Save tags");
    assertThat(console.text("Saved the tags")).isVisible();
    assertTrue(console.copied("trust policy").contains("sts:AssumeRole"));
    console.picture("iam-role");
    delete(console, "role", role);
    assertThat(console.text("Deleted role " + role)).isVisible();

    String group = "callers-" + System.nanoTime();
    console.open("iam/groups");
    console.press("Create group…");
    console.fill("Name", group);
    console.press("Create group");
    assertThat(console.heading(group)).isVisible();
    attach(console, "GatehouseViewer");
    console.picture("iam-group");
    console.link("GatehouseViewer").click();
    assertThat(console.link(group)).isVisible();
    console.picture("iam-policy-built-in");
    console.link(group).click();
    detach(console, "GatehouseViewer");
    delete(console, "group", group);
    assertThat(console.text("Deleted group " + group)).isVisible();
  }
}

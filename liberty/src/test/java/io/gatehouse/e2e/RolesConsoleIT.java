package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** Each role in the browser, and two tenants that see nothing of each other there. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class RolesConsoleIT {

  private static final List<String> OF_MEMBERS =
      List.of("APIs", "Logs", "Metrics", "API keys", "Usage plans", "User pools", "VPC links");
  private static final List<String> OF_OWNERS =
      List.of("Backend access", "People", "Users and roles", "Access keys", "Audit");
  private static final List<String> OF_OPERATORS = List.of("Tenants", "Nodes");

  /** What a member sees whatever the role, and what only some may open. */
  private static final List<String> ADDRESSES_OF_OWNERS = List.of("people", "team", "audit");

  private static final List<String> ADDRESSES_OF_OPERATORS = List.of("ops/tenants", "ops/nodes");

  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(40_000);
  private static final int MOST_TABS = 60;

  /** Whether a cell of a list has the focus, and not one of its header. */
  private static final String IN_A_ROW =
      "document.activeElement.matches('vaadin-grid')"
          + " && document.activeElement.shadowRoot.activeElement.closest('tbody') !== null";

  private final String mine = "8%011d".formatted(System.nanoTime() % 100_000_000_000L);
  private final String theirs = "9" + mine.substring(1);
  private final String apiName = "Shop of " + mine;
  private Installation installation;
  private PetStore pets;
  private String requestId;

  @BeforeAll
  void twoTenantsOneOfWhichHasAnApi(Installation shared, Consoles consoles) throws Exception {
    installation = shared;
    Console operator = consoles.demo(shared);
    SecondTenant made = SecondTenant.create(operator, mine, "Tenant " + mine);
    SecondTenant.create(operator, theirs, "Tenant " + theirs);
    ApiGatewayClient apis = shared.apiGateway(made.accessKeyId(), made.secretAccessKey());
    pets = PetStore.publish(shared, apis);
    Patches.rename(apis, pets.apiId(), apiName);
    HttpResponse<String> refused =
        shared.call(shared.nodes().getFirst(), pets.apiId(), PetStore.STAGE, "/pets");
    assertEquals(403, refused.statusCode());
    requestId = refused.headers().firstValue("x-amzn-RequestId").orElseThrow();
    People people = new People(shared);
    for (String role : List.of("owner", "developer", "viewer")) {
      people.add(role + mine, "/tenants/" + mine + "/" + role);
    }
    people.add("both" + mine, "/tenants/" + mine + "/owner", "/tenants/" + theirs + "/owner");
    people.add("operator" + mine, "/operators");
  }

  private Console signedIn(Consoles consoles, String who) {
    return consoles.open(installation).signedIn(who + mine, People.PASSWORD);
  }

  private static void assertOffered(Console console, List<String> offered, List<String> not) {
    offered.forEach(label -> assertThat(inDrawer(console, label)).isVisible());
    not.forEach(label -> assertThat(inDrawer(console, label)).hasCount(0));
  }

  private static Locator inDrawer(Console console, String label) {
    return console
        .page()
        .locator("vaadin-side-nav")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(label).setExact(true));
  }

  private static List<String> and(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static void assertRefusedAt(Console console, List<String> addresses) {
    for (String address : addresses) {
      console.open(address);
      assertThat(console.heading("Not allowed")).isVisible();
      assertThat(console.text("is not authorized to perform").first()).isVisible();
    }
  }

  @Test
  void anOwnerOpensEverythingOfTheTenantAndNothingOfThePlatform(Consoles consoles) {
    Console owner = signedIn(consoles, "owner");
    assertOffered(owner, and(OF_MEMBERS, OF_OWNERS), OF_OPERATORS);
    for (String address : ADDRESSES_OF_OWNERS) {
      owner.open(address);
      assertThat(owner.page().locator("h1")).isVisible();
      assertThat(owner.heading("Not allowed")).hasCount(0);
    }
    assertRefusedAt(owner, ADDRESSES_OF_OPERATORS);
    owner.picture("role-owner-refused");
  }

  @Test
  void aDeveloperChangesApisAndKeysAndNotWhoMayWhat(Consoles consoles) {
    Console developer = signedIn(consoles, "developer");
    assertOffered(developer, OF_MEMBERS, and(OF_OWNERS, OF_OPERATORS));
    assertRefusedAt(developer, and(ADDRESSES_OF_OWNERS, ADDRESSES_OF_OPERATORS));
    developer.open("keys");
    assertThat(developer.text("read only")).hasCount(0);
    developer.press("Create key…");
    developer.fill("Name", "by a developer");
    developer.press("Create key");
    developer.press("I have copied it");
    assertThat(developer.text("by a developer").first()).isVisible();
  }

  @Test
  void aViewerLooksAtEverythingAndIsToldWhatIsNotAllowed(Consoles consoles) {
    Console viewer = signedIn(consoles, "viewer");
    assertOffered(viewer, OF_MEMBERS, and(OF_OWNERS, OF_OPERATORS));
    assertThat(viewer.text("read only")).isVisible();
    assertRefusedAt(viewer, and(ADDRESSES_OF_OWNERS, ADDRESSES_OF_OPERATORS));
    viewer.open("keys");
    viewer.press("Create key…");
    viewer.fill("Name", "not mine to make");
    viewer.press("Create key");
    assertThat(viewer.refusal()).containsText("is not authorized to perform: apigateway:POST");
    viewer.picture("role-viewer-refused");
    viewer.press("Cancel");

    viewer.open("apis/" + pets.apiId());
    viewer.press("Deploy…");
    viewer.choose("Stage", PetStore.STAGE);
    viewer.press("Deploy to " + PetStore.STAGE);
    assertThat(viewer.refusal()).containsText("is not authorized to perform: apigateway:POST");
  }

  @Test
  void anOperatorWhoIsInNoTenantSeesThePlatformAlone(Consoles consoles) {
    Console operator = signedIn(consoles, "operator");
    assertOffered(operator, OF_OPERATORS, and(OF_MEMBERS, OF_OWNERS));
    for (String address : ADDRESSES_OF_OPERATORS) {
      operator.open(address);
      assertThat(operator.page().locator("h1")).isVisible();
      assertThat(operator.heading("Not allowed")).hasCount(0);
    }
    operator.open("apis/" + pets.apiId() + "?account=" + mine);
    assertThat(operator.text("You are not a member of tenant " + mine)).isVisible();
    operator.picture("role-operator-refused");
  }

  @Test
  void whoeverIsInTwoTenantsSeesInOneNothingOfTheOther(Consoles consoles) {
    Console both = signedIn(consoles, "both");
    assertThat(in(both, mine, "requests/" + requestId).getByText("API_KEY_MISSING").first())
        .isVisible(SOON);
    assertThat(in(both, theirs, "requests/" + requestId).getByText("Nothing is known of"))
        .isVisible();
    in(both, theirs, "apis/" + pets.apiId());
    assertThat(both.heading("Not found")).isVisible();
    in(both, theirs, "plans/" + pets.planId());
    assertThat(both.heading("Not found")).isVisible();
    assertThat(in(both, theirs, "logs?q=api:" + pets.apiId()).getByText("No request to show"))
        .isVisible();
    assertThat(in(both, theirs, "metrics?api=" + pets.apiId()).getByText(apiName)).hasCount(0);
    assertThat(in(both, theirs, "keys").getByText("No API key yet")).isVisible();

    both.picture("two-tenants");
    both.choose("Tenant", "Tenant " + mine + " · " + mine);
    assertThat(both.page()).hasURL(Pattern.compile(".*account=" + mine + ".*"));
    inDrawer(both, "APIs").click();
    assertThat(both.heading("APIs")).isVisible();
    assertThat(both.link(apiName).first()).isVisible();
    both.choose("Tenant", "Tenant " + theirs + " · " + theirs);
    assertThat(both.page()).hasURL(Pattern.compile(".*account=" + theirs + ".*"));
    inDrawer(both, "APIs").click();
    assertThat(both.heading("No API yet")).isVisible();
    assertThat(both.link(apiName)).hasCount(0);
  }

  /** A copied address, opened in a tenant. */
  private static Locator in(Console console, String account, String address) {
    console.open(address + (address.contains("?") ? "&" : "?") + "account=" + account);
    assertThat(console.page().locator("h1")).isVisible();
    return console.page().locator("main");
  }

  @Test
  void anApiIsFoundAndDeployedWithTheKeyboardAlone(Consoles consoles) {
    Console console = consoles.open(installation);
    Page page = console.page();
    Keyboard keys = page.keyboard();
    console.open("");
    console.assertAtSignIn();
    assertThat(page.locator("#username")).isFocused();
    keys.type("owner" + mine);
    keys.press("Tab");
    keys.type(People.PASSWORD);
    keys.press("Enter");
    assertThat(console.page().locator("h1")).isVisible();

    keys.press("Control+k");
    assertThat(page.locator(".gh-palette input")).isFocused();
    keys.type(apiName);
    assertThat(page.locator(".gh-found a").first()).containsText(apiName);
    keys.press("Enter");
    assertThat(console.heading(apiName)).isVisible();

    tabTo(page, "Deploy…");
    keys.press("Enter");
    Locator stage =
        page.getByRole(
            AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(Pattern.compile("Stage.*")));
    assertThat(stage).isFocused();
    keys.press("Escape");
    keys.press("Escape");
    assertThat(stage).isHidden();
    assertThat(console.button("Deploy…")).isFocused();

    keys.press("Enter");
    assertThat(stage).isFocused();
    stage.press("Control+a");
    keys.type("keys");
    keys.press("Enter");
    assertThat(console.button("Deploy to keys")).isVisible();
    tabTo(page, "Deploy to keys");
    keys.press("Enter");
    assertThat(page.locator(".gh-receipt li").first()).containsText("serving", within40s());
    assertThat(console.button("Open stage keys")).isFocused();
    keys.press("Enter");
    assertThat(console.heading("Stage keys")).isVisible();
  }

  @Test
  void aRowOfAListIsOpenedByEnter(Consoles consoles) {
    Console console = signedIn(consoles, "viewer");
    console.open("apis");
    assertThat(console.link(apiName)).isVisible();
    Page page = console.page();
    jumpToTheScreen(page);
    for (int i = 0; i < MOST_TABS && !isTrue(page, IN_A_ROW); i++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(console.heading(apiName)).isVisible();
  }

  private static boolean isTrue(Page page, String expression) {
    return Boolean.TRUE.equals(page.evaluate(expression));
  }

  private static LocatorAssertions.ContainsTextOptions within40s() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);
  }

  /** By the link that is the first on each page. */
  private static void jumpToTheScreen(Page page) {
    page.keyboard().press("Tab");
    assertThat(page.locator(".gh-skip")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
  }

  private static void tabTo(Page page, String label) {
    for (int i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      if (label.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
        return;
      }
    }
    fail("the Tab key does not lead to " + label);
  }
}

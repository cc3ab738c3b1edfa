package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every screen of the console, in both themes and two widths: pictures to be looked at, nothing
 * that axe calls serious, nothing wider than the window, nothing that fails in the browser.
 */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class EveryScreenIT {

  private static final String ROUTE = "com.vaadin.flow.router.Route";
  private static final String ALIAS = "com.vaadin.flow.router.RouteAlias";

  /** Stands for addresses that lead to no screen of their own. */
  private static final String NOWHERE = "nowhere";

  /**
   * @param route as the screen's class has it
   * @param address of one such screen in the tenant that has something in everything
   */
  private record Screen(String name, String route, String address) {}

  /** More than any dialog here has places to stop at. */
  private static final int TABS = 20;

  /**
   * What has the focus outside of all dialogs; empty where nothing has, as between last and first.
   */
  private static final String WITHIN =
      """
      () => document.activeElement.closest("vaadin-dialog-overlay, vaadin-confirm-dialog-overlay")
      """;

  private static final String OUTSIDE =
      """
      () => {
        const overlay = "vaadin-dialog-overlay, vaadin-confirm-dialog-overlay";
        const focused = document.activeElement;
        const within = focused === document.body || focused.closest(overlay);
        return within ? "" : focused.outerHTML.slice(0, 200);
      }
      """;

  private record Dialog(String name, String address, Consumer<Console> open) {}

  /** One line for every route. */
  private static final List<Screen> SCREENS =
      List.of(
          new Screen("home", "", ""),
          new Screen("no-tenant", "no-tenant", "no-tenant"),
          new Screen("apis", "apis", "apis"),
          new Screen("api-new", "apis/new", "apis/new"),
          new Screen("api", "apis/:apiId", "apis/{api}"),
          new Screen("api-undeployed", "apis/:apiId", "apis/{undeployed}"),
          new Screen(
              "resources", "apis/:apiId/resources/:resourceId?/:verb?", "apis/{api}/resources"),
          new Screen(
              "method",
              "apis/:apiId/resources/:resourceId?/:verb?",
              "apis/{api}/resources/{resource}/GET"),
          new Screen(
              "method-test",
              "apis/:apiId/resources/:resourceId?/:verb?",
              "apis/{api}/resources/{resource}/GET?tab=test"),
          new Screen("deployments", "apis/:apiId/deployments", "apis/{api}/deployments"),
          new Screen("stage", "apis/:apiId/stages/:stage", "apis/{api}/stages/{stage}"),
          new Screen(
              "stage-settings",
              "apis/:apiId/stages/:stage/settings",
              "apis/{api}/stages/{stage}/settings"),
          new Screen(
              "stage-history",
              "apis/:apiId/stages/:stage/history",
              "apis/{api}/stages/{stage}/history"),
          new Screen("logs", "logs", "logs?api={api}"),
          new Screen("request", "requests/:requestId", "requests/{request}"),
          new Screen("metrics", "metrics", "metrics?api={api}"),
          new Screen("functions", "functions", "functions"),
          new Screen("function", "functions/:name", "functions/{function}"),
          new Screen("keys", "keys", "keys"),
          new Screen("plans", "plans", "plans"),
          new Screen("plan", "plans/:planId", "plans/{plan}"),
          new Screen("pools", "pools", "pools"),
          new Screen("pool", "pools/:id", "pools/{pool}"),
          new Screen("vpc-links", "vpclinks", "vpclinks"),
          new Screen("backends", "backends", "backends"),
          new Screen("backend-access", "backend-access", "backend-access"),
          new Screen("people", "people", "people"),
          new Screen("iam", "iam", "iam"),
          new Screen("iam-users", "iam/users", "iam/users"),
          new Screen("iam-groups", "iam/groups", "iam/groups"),
          new Screen("iam-roles", "iam/roles", "iam/roles"),
          new Screen("iam-user", "iam/users/:name", "iam/users/{user}"),
          new Screen("iam-group", "iam/groups/:name", "iam/groups/{group}"),
          new Screen("iam-role", "iam/roles/:name", "iam/roles/{role}"),
          new Screen("iam-policies", "iam/policies", "iam/policies"),
          new Screen("iam-policy", "iam/policy/:arn*", "iam/policy/{policy}"),
          new Screen("settings", "settings", "settings"),
          new Screen("access-keys", "team", "team"),
          new Screen("audit", "audit", "audit?operation=UpdateUsagePlan"),
          new Screen("tenants", "ops/tenants", "ops/tenants"),
          new Screen("nodes", "ops/nodes", "ops/nodes"),
          new Screen("not-found", NOWHERE, "nothing/here"),
          new Screen("not-found-api", NOWHERE, "apis/nosuchapi0"));

  private final List<Dialog> dialogs =
      List.of(
          new Dialog("deploy", "apis/{api}", c -> c.press("Deploy…")),
          new Dialog("key-new", "keys", c -> c.press("Create key…")),
          new Dialog(
              "key-delete",
              "keys?q=not%20in%20any",
              c -> c.page().getByText("Delete…").first().click()),
          new Dialog("plan-new", "plans", c -> c.press("Create plan…")),
          new Dialog("plan-limits", "plans/{plan}", c -> c.press("Change limits…")),
          new Dialog("canary-promote", "apis/{api}/stages/{stage}", c -> c.press("Promote…")),
          new Dialog(
              "method-settings",
              "apis/{api}/stages/{stage}/settings",
              c -> c.press("Change the settings of GET /pets")),
          new Dialog(
              "stage-variables",
              "apis/{api}/stages/{stage}/settings",
              c -> c.press("Change variables…")),
          new Dialog("conflict", "apis/{api}/stages/{stage}/settings", this::conflict),
          new Dialog(
              "rollback",
              "apis/{api}/stages/{stage}/history",
              c -> c.page().getByText("Roll back…").first().click()),
          new Dialog("palette", "apis", c -> c.page().keyboard().press("Control+k")),
          new Dialog("invite", "people", c -> c.press("Invite person…")),
          new Dialog("policy-new", "iam/policies", c -> c.press("Create policy…")));

  private final String account = "7%011d".formatted(System.nanoTime() % 100_000_000_000L);
  private final String nina = "nina-" + account;

  /** What scripts have failed with since the last look. */
  private final List<String> failures = new ArrayList<>();

  private FullTenant tenant;
  private Console console;
  private Console newcomer;

  @BeforeAll
  void somebodyWhoseTenantHasEverythingAndSomebodyWhoseHasNothing(
      Installation installation, Consoles consoles) throws Exception {
    tenant = FullTenant.create(installation);
    console = consoles.demo(installation);
    SecondTenant.create(console, account, "Tenant " + account);
    new People(installation).add(nina, "/tenants/" + account + "/owner");
    newcomer = consoles.open(installation).signedIn(nina, People.PASSWORD);
    console.page().onPageError(failures::add);
    newcomer.page().onPageError(failures::add);
  }

  @Test
  void everyRouteHasItsCaseHere() {
    Set<String> routes =
        new ClassFileImporter()
            .importPackages("io.gatehouse.admin.console").stream()
                .flatMap(EveryScreenIT::routes)
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> cases =
        SCREENS.stream()
            .map(Screen::route)
            .filter(route -> !route.equals(NOWHERE))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(routes, cases);
  }

  private static Stream<String> routes(JavaClass type) {
    return type.getAnnotations().stream()
        .flatMap(EveryScreenIT::single)
        .filter(annotation -> Set.of(ROUTE, ALIAS).contains(annotation.getRawType().getName()))
        .map(annotation -> (String) annotation.get("value").orElseThrow());
  }

  /** Several of a kind are held by another one. */
  private static Stream<JavaAnnotation<?>> single(JavaAnnotation<?> annotation) {
    return annotation.get("value").orElse(null) instanceof JavaAnnotation<?>[] held
        ? Stream.of(held)
        : Stream.of(annotation);
  }

  @TestFactory
  Stream<DynamicTest> screensOfATenantThatHasEverything() {
    return SCREENS.stream()
        .map(
            screen ->
                DynamicTest.dynamicTest(
                    screen.name(),
                    () -> {
                      open(console, tenant.address(screen.address()));
                      assertFound(screen);
                      look(console, screen.name());
                    }));
  }

  /** Pages that say what is not there are as good to axe as what was to be looked at. */
  private void assertFound(Screen screen) {
    if (!screen.route().equals(NOWHERE)) {
      assertThat(
              console.heading("There is nothing at this address").or(console.heading("Not found")))
          .hasCount(0);
    }
  }

  @TestFactory
  Stream<DynamicTest> dialogs() {
    return dialogs.stream()
        .map(
            dialog ->
                DynamicTest.dynamicTest(
                    dialog.name(),
                    () -> {
                      show(dialog);
                      assertKeepsAndReturnsTheFocus(console.page(), dialog);
                      // anew, since whatever axe does to a page may be seen by what follows
                      show(dialog);
                      look(console, "dialog-" + dialog.name());
                    }));
  }

  private void show(Dialog dialog) {
    open(console, tenant.address(dialog.address()));
    dialog.open().accept(console);
    assertThat(console.page().locator("[role=dialog], [role=alertdialog]").last()).isVisible();
  }

  /** Somebody else has changed what is being changed. */
  private void conflict(Console console) {
    console.press("Change variables…");
    console.page().locator(".gh-variable input").nth(1).fill("mine.example");
    tenant.changeVariable("theirs" + System.nanoTime() + ".example");
    console.press("Change variables");
    assertThat(console.text("Yours: mine.example")).isVisible();
  }

  private static void assertKeepsAndReturnsTheFocus(Page page, Dialog dialog) {
    page.waitForFunction(WITHIN); // a dialog takes the focus once it has come in
    for (int i = 0; i < TABS; i++) {
      page.keyboard().press("Tab");
      assertEquals("", page.evaluate(OUTSIDE), "the focus left the dialog " + dialog.name());
    }
    page.keyboard().press("Escape");
    if (dialog.name().equals("conflict")) {
      // back to the form, which holds what was typed
      assertThat(page.getByText("Yours: mine.example")).isHidden();
      assertThat(page.locator(".gh-variable").first()).isVisible();
      return;
    }
    assertThat(page.locator("[role=dialog], [role=alertdialog]")).hasCount(0);
    if (!dialog.name().equals("palette")) {
      // each of the others was opened by something that had the focus
      page.waitForFunction("() => document.activeElement !== document.body");
    }
  }

  @TestFactory
  Stream<DynamicTest> screensOfATenantThatHasNothing() {
    return SCREENS.stream()
        .filter(screen -> !screen.address().contains("{") && !screen.route().equals(NOWHERE))
        .map(
            screen ->
                DynamicTest.dynamicTest(
                    screen.name(),
                    () -> {
                      open(newcomer, screen.address());
                      look(newcomer, "empty-" + screen.name());
                    }));
  }

  private static void open(Console console, String address) {
    console.open(address);
    assertThat(console.page().locator("h1, .gh-empty h2").first()).isVisible();
  }

  private void look(Console console, String name) {
    Axe axe = new Axe();
    Page page = console.page();
    List<String> bad = new ArrayList<>();
    console.settled();
    console.picture(
        "screen-" + name,
        true,
        view -> {
          if (view.isFirst()) {
            axe.all(page, name);
          } else if (view.isWide()) {
            axe.colours(page, name + " " + view.theme());
          }
          if (console.aside() > 0) {
            bad.add("%s is %d wider than %d".formatted(name, console.aside(), view.width()));
          }
        });
    axe.lesser().forEach(System.out::println);
    bad.addAll(axe.bad());
    failures.forEach(failure -> bad.add(name + " fails in the browser: " + failure));
    failures.clear();
    assertTrue(bad.isEmpty(), () -> String.join("\n", bad));
  }
}

package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who may be in a tenant: people whom its owner invites, and for a reason that it reads an
 * operator.
 */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class PeopleIT {

  private static final String KEY = "made by the operator";
  private static final String CHOSEN = "Chosen-by-myself-1";

  private final Installation installation;
  private final String account = "6%011d".formatted(System.nanoTime() % 100_000_000_000L);
  private final String tenant = "Tenant " + account;
  private final String olga = "olga-" + account;
  private final String nick = "nick-" + account;

  PeopleIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void anOwnerInvitesPromotesAndRemovesAndReadsWhatAnOperatorDid(Consoles consoles)
      throws Exception {
    Console operator = consoles.demo(installation);
    SecondTenant.create(operator, account, tenant);
    new People(installation).add(olga, "/tenants/" + account + "/owner");
    Console owner = consoles.open(installation).signedIn(olga, People.PASSWORD);

    Console newcomer = invited(consoles, owner);
    madeViewer(owner, newcomer);
    removed(owner, newcomer);

    String value = impersonated(operator);
    auditedImpersonation(owner);
    revealed(owner, value);
  }

  /** With the password that the owner has handed over, which opens once. */
  private Console invited(Consoles consoles, Console owner) {
    owner.open("people");
    owner.press("Invite person…");
    owner.fill("User name or email", nick);
    owner.picture("people-invite");
    owner.press("Invite person");
    String password = owner.copiedFromDialog("password");
    owner.picture("people-password-once");
    owner.press("I have copied it");
    assertThat(owner.text("invited").first()).isVisible();

    Console newcomer = consoles.open(installation);
    newcomer.open("");
    newcomer.signInAs(nick, password);
    Page page = newcomer.page();
    page.locator("#password-new").fill(CHOSEN);
    page.locator("#password-confirm").fill(CHOSEN);
    submit(page);
    // The sign-in service wants to know who somebody is of whom there is but a name.
    page.locator("#email").fill(nick + "@gatehouse.invalid");
    page.locator("#firstName").fill("Nick");
    page.locator("#lastName").fill("Comer");
    submit(page);
    assertThat(newcomer.heading("Welcome to Gatehouse")).isVisible();
    createKey(newcomer, "by a developer");
    newcomer.open("people");
    assertThat(newcomer.heading("Not allowed")).isVisible();

    owner.page().reload();
    assertThat(owner.text(nick).first()).isVisible();
    owner.picture("people");
    return newcomer;
  }

  private static void submit(Page page) {
    page.locator("input[type=submit], button[type=submit]").first().click();
  }

  /** Its value. */
  private static String createKey(Console console, String name) {
    tryToCreateKey(console, name);
    String value = console.copiedFromDialog("value of the key");
    console.press("I have copied it");
    return value;
  }

  private static void tryToCreateKey(Console console, String name) {
    console.open("keys");
    console.press("Create key…");
    console.fill("Name", name);
    console.press("Create key");
  }

  private void madeViewer(Console owner, Console newcomer) {
    owner.press("Change the role of " + nick);
    owner.page().getByRole(AriaRole.DIALOG).last().getByText("Developer").first().click();
    owner.page().getByRole(AriaRole.OPTION).nth(1).click();
    owner.picture("people-role");
    owner.press("Change role");
    assertThat(owner.text(nick + " is a viewer now")).isVisible();

    signInAgain(newcomer);
    assertThat(newcomer.heading("Welcome to Gatehouse")).isVisible();
    tryToCreateKey(newcomer, "by a viewer");
    assertThat(newcomer.refusal()).containsText("not authorized");
  }

  /** An open session asks anew within a minute, and a new one at once. */
  private void signInAgain(Console console) {
    console.page().context().clearCookies();
    console.open("");
    console.signInAs(nick, CHOSEN);
  }

  private void removed(Console owner, Console newcomer) {
    owner.press("Remove " + nick);
    confirm(owner, "Remove " + nick);
    assertThat(owner.text(nick + " is out")).isVisible();

    signInAgain(newcomer);
    Locator nowhere = newcomer.heading("You are signed in, but not a member of any tenant");
    assertThat(nowhere).isVisible();
    newcomer.open("keys?account=" + account);
    assertThat(newcomer.text("by a developer")).hasCount(0);
  }

  private static void confirm(Console console, String label) {
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .last()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label).setExact(true))
        .click();
  }

  /** The value of a key that the operator has made in the tenant's place. */
  private String impersonated(Console operator) {
    operator.open("apis?account=" + account);
    assertThat(operator.text("You are not a member of tenant " + account)).isVisible();
    operator.open("ops/tenants");
    operator.press("Open " + tenant + " as operator");
    operator.fill("Reason", "why");
    operator.press("Open tenant");
    assertThat(operator.refusal()).containsText("Give a reason");
    operator.fill("Reason", "Ticket 4711: a key for the shop");
    operator.picture("impersonation-reason");
    operator.press("Open tenant");
    assertThat(operator.page().locator(".gh-banner")).containsText("Ticket 4711");
    String value = createKey(operator, KEY);
    assertThat(operator.page().locator(".gh-banner")).containsText(tenant);
    operator.picture("impersonation");
    operator.press("End working in the place of " + tenant);
    assertThat(operator.heading("Tenants")).isVisible();
    assertThat(operator.page().locator(".gh-banner")).isHidden();
    operator.open("keys?account=" + account);
    assertThat(operator.text("You are not a member of tenant " + account)).isVisible();
    return value;
  }

  private void auditedImpersonation(Console owner) {
    owner.open("audit?operation=beginImpersonation");
    owner.button("Details of beginImpersonation").first().click();
    assertThat(owner.text("Ticket 4711: a key for the shop").first()).isVisible();
    owner.picture("audit-impersonation");
    owner.open("audit?operation=CreateApiKey");
    assertThat(owner.text("console, operator").first()).isVisible();
  }

  private void revealed(Console owner, String value) {
    owner.open("keys");
    owner.press("Reveal value of key " + KEY);
    owner.picture("key-reveal");
    confirm(owner, "Reveal value of key " + KEY);
    assertEquals(value, owner.copiedFromDialog("value of the key"));
    owner.picture("key-revealed");
    owner.press("I have copied it");
    owner.open("audit?operation=GetApiKey");
    assertThat(owner.text(olga).first()).isVisible();
    assertThat(owner.button("Details of GetApiKey").first()).isVisible();
    assertFalse(owner.page().content().contains(value), "the audit trail holds the value");
    owner.picture("audit-key-revealed");
  }
}

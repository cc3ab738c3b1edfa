package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The console in one browser: what people see and press, by the words on it. */
final class Console {

  private static final List<String> THEMES = List.of("light", "dark");
  private static final List<Integer> WIDTHS = List.of(1440, 768);
  private static final int HEIGHT = 900;
  private static final int MOST_BELOW = 1500;

  /** By script, since a dialog may lie over the button, and not every screen has it. */
  private static final String OTHER_THEME =
      """
      () => {
        const button = document.querySelector(".gh-theme-switch");
        const root = document.documentElement;
        if (button) button.click();
        else if (root.hasAttribute("theme")) root.removeAttribute("theme");
        else root.setAttribute("theme", "dark");
      }
      """;

  private final Page page;
  private final String url;

  /**
   * @param url of the console, without a slash at its end
   */
  Console(Page page, String url) {
    this.page = page;
    this.url = url;
  }

  Page page() {
    return page;
  }

  /** Goes to a screen by its address, as from a bookmark. */
  void open(String path) {
    page.navigate(url + "/" + path);
  }

  Console signedIn(String user, String password) {
    open("");
    signInAs(user, password);
    assertThat(heading("Welcome to Gatehouse")).isVisible();
    return this;
  }

  /** Fills in the sign-in service's form, which must be on the screen. */
  void signInAs(String user, String password) {
    assertAtSignIn();
    page.locator("#username").fill(user);
    page.locator("#password").fill(password);
    page.locator("#kc-login").click();
  }

  void assertAtSignIn() {
    assertThat(page.locator("#password")).isVisible();
  }

  void signOut() {
    page.getByRole(
            AriaRole.MENUITEM,
            new Page.GetByRoleOptions().setName(Pattern.compile("Signed in as .*")))
        .first()
        .click();
    page.getByRole(
            AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out").setExact(true))
        .click();
  }

  Locator heading(String text) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  Locator text(String text) {
    return page.getByText(text);
  }

  Locator button(String label) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator link(String label) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  void press(String label) {
    button(label).click();
  }

  void fill(String label, String text) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
  }

  void check(String label, boolean on) {
    page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(label).setExact(true))
        .setChecked(on);
  }

  /** Chooses in a combo box, or types something new into it. */
  void choose(String label, String text) {
    Locator box =
        page.getByRole(
            AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(Pattern.compile(label + ".*")));
    box.fill(text);
    box.press("Enter");
  }

  /** What a copy button puts into the clipboard, having pressed it. */
  String copied(String what) {
    return copied(page.locator("body"), what);
  }

  /** The same in the dialog that lies over the page. */
  String copiedFromDialog(String what) {
    return copied(page.getByRole(AriaRole.DIALOG).last(), what);
  }

  private String copied(Locator within, String what) {
    within
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy " + what).setExact(true))
        .first()
        .click();
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  /** The refusal within the page or dialog. */
  Locator refusal() {
    return page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setVisible(true));
  }

  /** Waits until the server has answered all that was asked of it. */
  void settled() {
    page.waitForFunction(
        """
        () => {
          const clients = Object.values(window.Vaadin?.Flow?.clients ?? {});
          return clients.length > 0 && clients.every(c => !c.isActive || !c.isActive());
        }
        """);
  }

  /** Pictures of the screen as it is, in both themes and two widths. */
  void picture(String name) {
    picture(name, false, view -> {});
  }

  /**
   * The same.
   *
   * @param whole whether with what lies below the window
   * @param look is shown each of them, by its theme and width, while it is on the screen
   */
  void picture(String name, boolean whole, Consumer<View> look) {
    for (String theme : THEMES) {
      for (int width : WIDTHS) {
        page.setViewportSize(width, HEIGHT);
        if (whole) {
          page.setViewportSize(width, HEIGHT + below());
        }
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Consoles.PICTURES.resolve(name + "-" + theme + "-" + width + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
        look.accept(new View(theme, width));
      }
      page.evaluate(OTHER_THEME);
    }
    page.setViewportSize(WIDTHS.getFirst(), HEIGHT);
  }

  /** By how much the screen is higher than the window. */
  private int below() {
    return Math.min(MOST_BELOW, beyond("Height"));
  }

  /** By how much the screen is wider than the window, so that one would scroll sideways. */
  int aside() {
    return beyond("Width");
  }

  private int beyond(String side) {
    return (int)
        page.evaluate(
            """
            side => {
              const layout = document.querySelector("vaadin-app-layout");
              const scrolling = [document.scrollingElement];
              if (layout) scrolling.push(layout, layout.shadowRoot.querySelector("[content]"));
              return Math.max(...scrolling.map(e => e["scroll" + side] - e["client" + side]));
            }
            """,
            side);
  }

  /** How a screen is looked at. */
  record View(String theme, int width) {

    /** Where the first look at each theme is taken. */
    boolean isWide() {
      return width == WIDTHS.getFirst();
    }

    boolean isFirst() {
      return isWide() && theme.equals(THEMES.getFirst());
    }
  }
}

package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.shared.communication.PushMode;
import io.gatehouse.admin.console.palette.Destination;
import io.gatehouse.admin.console.palette.PaletteDialog;
import io.gatehouse.admin.console.palette.RecentPlaces;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.signin.NoTenantView;
import io.gatehouse.admin.console.signin.Person;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The frame of every screen: where one is, in which tenant, as whom. */
@CdiComponent
@JavaScript("context://console/theme/gatehouse.js")
public class MainLayout extends AppLayout implements BeforeEnterObserver, AfterNavigationObserver {

  private static final String ACCOUNT = "account";
  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ConsoleCaller console;
  private final TenantNames tenantNames;
  private final Div banner = new Div();
  private final OrderedList crumbs = new OrderedList();
  private final Div tenant = new Div();
  private final UndeployedButton undeployed;
  private final Instance<PaletteDialog> palettes;
  private final Navigation drawer = new Navigation();

  @Inject
  public MainLayout(
      ConsoleCaller console,
      TenantNames tenantNames,
      UndeployedButton undeployed,
      Instance<PaletteDialog> palettes) {
    this.console = console;
    this.tenantNames = tenantNames;
    this.undeployed = undeployed;
    this.palettes = palettes;
    setPrimarySection(Section.DRAWER);
    Nav trail = new Nav(crumbs);
    trail.addClassName("gh-crumbs");
    trail.setAriaLabel("Where you are");
    tenant.addClassName("gh-tenant");
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Show or hide the navigation");
    Header header = new Header(toggle, trail, undeployed, search(), tenant, themeSwitch(), user());
    header.addClassName("gh-header");
    banner.addClassName("gh-banner");
    Div top = new Div(skip(), banner, header);
    top.addClassName("gh-top");
    addToNavbar(top);
    addToDrawer(brand(), drawer);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (event.getNavigationTarget() == RefusedView.class && console.confirmed().isEmpty()) {
      // that nobody knows who this is has been said, in this frame
      return;
    }
    Person person = console.person();
    if (person.belongsNowhere()) {
      event.forwardTo(NoTenantView.class);
      return;
    }
    Optional<String> asked = event.getLocation().getQueryParameters().getSingleParameter(ACCOUNT);
    if (asked.isPresent()) {
      if (!console.choose(asked.get())) {
        String stranger = stranger(person, asked.get());
        event.rerouteToError(new NotFoundException(stranger), stranger);
      }
    } else if (!console.account().map(console::choose).orElse(true)) {
      console.leave();
    }
  }

  private static String stranger(Person person, String account) {
    return "You are not a member of tenant "
        + account
        + "."
        + (person.operator() ? " An operator opens it under Tenants, for a reason." : "");
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    showTrail();
    if (console.confirmed().isEmpty()) {
      return;
    }
    showBanner();
    showTenant(event.getLocation());
    showWhatOneMay();
    drawer.show(console.account().isPresent(), console::may);
    remember(event.getLocation());
    undeployed.at(event.getLocation().getSegments());
  }

  /**
   * Whoever works in the place of a tenant, or in one that is suspended, sees it on every screen.
   */
  private void showBanner() {
    banner.removeAll();
    banner.getElement().setAttribute("role", "status");
    Optional<Impersonation> now = console.impersonation();
    Optional<Suspension> suspension = tenantNames.suspension();
    banner.setVisible(now.isPresent() || suspension.isPresent());
    suspension.ifPresent(
        one ->
            banner.add(
                new Span(
                    "This tenant is suspended: %s. Its APIs refuse every call, and nothing can be"
                            .formatted(one.reason())
                        + " changed. Ask whoever operates this installation.")));
    now.ifPresent(
        one -> {
          Span words =
              new Span(
                  "You are working as operator in the place of tenant %s (%s) until %s UTC: %s"
                      .formatted(
                          one.tenant(), one.account(), UNTIL.format(one.until()), one.reason()));
          Button end = new Button("End", click -> Asking.orShow(this::endImpersonation));
          end.setAriaLabel("End working in the place of " + one.tenant());
          end.addThemeVariants(ButtonVariant.LUMO_SMALL);
          banner.add(words, end);
        });
  }

  private void endImpersonation() {
    console.endImpersonation();
    console.leave();
    // what is on the screen belongs to the tenant
    UI.getCurrent().getPage().setLocation(Links.ROOT + "ops/tenants");
  }

  private void showTrail() {
    crumbs.removeAll();
    if (!(getContent() instanceof Page page)) {
      return;
    }
    List<Crumb> trail = page.trail();
    for (Crumb crumb : trail) {
      ListItem item = new ListItem();
      if (crumb.path().isEmpty()) {
        item.setText(crumb.label());
        item.getElement().setAttribute("aria-current", "page");
      } else {
        item.add(new Anchor(Links.ROOT + crumb.path(), crumb.label()));
      }
      crumbs.add(item);
    }
  }

  private void showTenant(Location location) {
    tenant.removeAll();
    Map<String, String> tenants = tenantNames.choices();
    Optional<String> account = console.account();
    if (tenants.size() > 1) {
      ComboBox<String> choice = new ComboBox<>();
      choice.setAriaLabel("Tenant");
      choice.setItems(tenants.keySet());
      choice.setItemLabelGenerator(item -> tenants.get(item) + " · " + item);
      choice.setPlaceholder("Choose a tenant");
      account.filter(tenants::containsKey).ifPresent(choice::setValue);
      choice.setAllowCustomValue(false);
      choice.addValueChangeListener(
          change -> {
            if (change.isFromClient() && change.getValue() != null) {
              // what is on the screen belongs to the other tenant, so begin at its home
              UI.getCurrent().getPage().setLocation("/console/?account=" + change.getValue());
            }
          });
      tenant.add(choice);
      account.ifPresent(chosen -> keepInAddress(location, chosen));
    } else {
      account.ifPresent(
          only -> {
            Span name = new Span(tenants.getOrDefault(only, "Tenant"));
            Span id = new Span(only);
            id.addClassNames("gh-mono", "gh-secondary", "gh-hide-narrow");
            tenant.add(name, id);
          });
    }
  }

  /** Whoever may change nothing is told before an operation has to. */
  private void showWhatOneMay() {
    if (console.account().isPresent() && !console.may(AccessLevel.WRITE)) {
      Badge badge = new Badge("read only", Tone.INFO);
      badge.setTitle("Your role in this tenant lets you look at everything and change nothing");
      tenant.add(badge);
    }
  }

  /** A copied address opens in the tenant it was copied from. */
  private static void keepInAddress(Location location, String account) {
    QueryParameters parameters = location.getQueryParameters();
    if (parameters.getSingleParameter(ACCOUNT).isEmpty()) {
      UI.getCurrent()
          .getPage()
          .getHistory()
          .replaceState(
              null, new Location(location.getPath(), parameters.merging(ACCOUNT, account)));
    }
  }

  /** So that the palette can lead back. */
  private void remember(Location location) {
    if (getContent() instanceof Page page
        && !(page instanceof HasErrorParameter<?>)
        && !location.getPath().isEmpty()) {
      List<String> words = page.trail().stream().map(Crumb::label).toList();
      recent()
          .visited(
              console.account().orElse(ConsoleCaller.NO_ACCOUNT),
              new Destination("Recent", words.getLast(), within(words), location.getPath()));
    }
  }

  /** As {@code APIs · Pets}, where the page is. */
  private static String within(List<String> words) {
    return String.join(" · ", words.subList(0, words.size() - 1));
  }

  private static RecentPlaces recent() {
    VaadinSession session = VaadinSession.getCurrent();
    if (session.getAttribute(RecentPlaces.class) == null) {
      session.setAttribute(RecentPlaces.class, new RecentPlaces());
    }
    return session.getAttribute(RecentPlaces.class);
  }

  /** The theme's script presses it on Ctrl-K and Cmd-K. */
  private Component search() {
    Span keys = new Span("Ctrl K");
    keys.addClassNames("gh-caption", "gh-hide-narrow");
    keys.getElement().setAttribute("aria-hidden", "true");
    Span word = new Span("Search");
    word.addClassName("gh-hide-narrow");
    Button button = new Button(new Div(VaadinIcon.SEARCH.create(), word, keys));
    button.addClassName("gh-search");
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    button.setAriaLabel("Search");
    button.getElement().setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    button.addClickListener(
        click ->
            palettes
                .get()
                .open(recent(), UI.getCurrent().getInternals().getActiveViewLocation().getPath()));
    return button;
  }

  /** For those who come by keyboard, before all else. */
  private static Component skip() {
    Anchor skip = new Anchor("#" + Page.CONTENT, "Skip to what is on the screen");
    skip.addClassName("gh-skip");
    skip.setRouterIgnore(true);
    return skip;
  }

  private static Component brand() {
    Span mark = new Span();
    mark.addClassName("gh-mark");
    mark.getElement().setAttribute("aria-hidden", "true");
    Anchor home = new Anchor(Links.ROOT, mark, new Span("Gatehouse"));
    home.addClassName("gh-brand");
    home.getElement().setAttribute("aria-label", "Gatehouse, home");
    Nav nav = new Nav(home);
    nav.setAriaLabel("Gatehouse");
    return nav;
  }

  private static Component themeSwitch() {
    Button button = new Button(VaadinIcon.ADJUST.create());
    button.addClassName("gh-theme-switch");
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    button.setAriaLabel("Switch between light and dark");
    button.setTooltipText("Light or dark");
    return button;
  }

  private Component user() {
    Person person = console.lastKnown();
    MenuBar bar = new MenuBar();
    bar.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_ICON);
    MenuItem me = bar.addItem(VaadinIcon.USER.create());
    me.setAriaLabel("Signed in as " + person.userName());
    Span name = new Span(person.displayName());
    Div who = new Div(name, new Div("Signed in as " + person.userName()));
    who.getChildren().skip(1).forEach(line -> line.addClassName("gh-caption"));
    me.getSubMenu().addItem(who).setEnabled(false);
    me.getSubMenu().addSeparator();
    me.getSubMenu().addItem("Sign out", click -> signOut());
    return bar;
  }

  /** Leaves the session here and at the sign-in service. */
  public static void signOut() {
    UI ui = UI.getCurrent();
    // the ended session would close the push channel, and the page would reload instead of leaving
    ui.getPushConfiguration().setPushMode(PushMode.DISABLED);
    ui.getPage().setLocation("/logout");
  }
}

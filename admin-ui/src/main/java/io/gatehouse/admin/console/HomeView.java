package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.apis.SampleLauncher;
import io.gatehouse.admin.console.apis.SampleLauncher.Launch;
import io.gatehouse.admin.console.home.Figures;
import io.gatehouse.admin.console.home.HomeFigures;
import io.gatehouse.admin.console.home.HomePresenter;
import io.gatehouse.admin.console.home.Standing;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.requests.RequestSearch;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;

/** How the tenant fares; three ways to start; the addresses and commands that other tools need. */
@CdiComponent
@Route(value = "", layout = MainLayout.class)
public class HomeView extends Page {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** What takes longer to find out is looked up at every so many looks. */
  private static final int SELDOM = 6;

  private final ConsoleCaller console;
  private final HomePresenter presenter;
  private final SampleLauncher sample;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final HomeFigures figures = new HomeFigures();
  private final Div launched = new Div();
  private boolean showsFigures;
  private int looks;

  @Inject
  public HomeView(
      ConsoleCaller console,
      Addresses addresses,
      HomePresenter presenter,
      SampleLauncher sample,
      LiveUpdates live,
      InstantSource clock) {
    super(Crumb.here("Home"));
    this.console = console;
    this.presenter = presenter;
    this.sample = sample;
    this.live = live;
    this.clock = clock;
    addClassName("gh-home");
    launched.addClassName("gh-launched");
    if (console.account().isEmpty()) {
      operator();
    } else {
      tenant();
    }
    add(addressesCard(console, addresses), tools(console, addresses));
  }

  private void operator() {
    head(
        "Welcome to Gatehouse",
        "You operate this installation and are in no tenant. Open one under Tenants, for a reason.");
    add(
        new Card(
            "The platform",
            new Paragraph("Tenants with their limits, and the nodes that serve all of them."),
            new Div(Links.to("Tenants", "ops", "tenants")),
            new Div(Links.to("Nodes", "ops", "nodes"))));
  }

  private void tenant() {
    showsFigures = presenter.hasApis(console.caller());
    head(
        "Welcome to Gatehouse",
        showsFigures
            ? "The last hour of this tenant, and what wants to be looked at."
            : "Publish an API, hand out keys, and see it served by every node.");
    Div starts = new Div(importDocument(), petStore(), ownTools());
    starts.addClassName("gh-cards");
    add(launched);
    if (showsFigures) {
      Details more = new Details("Start something new", starts);
      more.addClassName("gh-more");
      add(figures, why(), more);
    } else {
      add(starts, why());
    }
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    UI ui = attach.getUI();
    looks = 0;
    if (showsFigures) {
      look(ui);
      live.repeat(
          ui,
          BETWEEN_LOOKS,
          () -> {
            if (isAttached()) {
              look(ui);
            }
            return !isAttached();
          });
    }
  }

  /** Beside the page, which is there before it. */
  private void look(UI ui) {
    Caller caller;
    try {
      caller = console.caller();
    } catch (ApiError unknown) {
      // while the sign-in service cannot say who this is, the age of the figures tells
      return;
    }
    live.behind(
        ui,
        () -> {
          Figures found = presenter.figures(caller);
          return () -> figures.show(found);
        });
    if (looks++ % SELDOM == 0) {
      live.behind(
          ui,
          () -> {
            Standing found = presenter.standing(caller);
            return () -> figures.show(found, clock.instant());
          });
    }
  }

  private static Component why() {
    return new Card(
        "Why did a request fail?",
        new Paragraph(
            "Paste the id from the answer's header x-amzn-RequestId: you see which step refused it and"
                + " the setting that decided."),
        new RequestSearch());
  }

  private static Component importDocument() {
    Button start = new Button("Import an API", click -> open(click.getSource(), "apis/new"));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return start(
        "Bring an OpenAPI document",
        "OpenAPI 2 or 3, JSON or YAML, with or without the vendor's extensions. Upload it or paste it.",
        start);
  }

  private Component petStore() {
    Button start = new Button("Make the sample live");
    start.setDisableOnClick(true);
    start.addClickListener(
        click ->
            Asking.orShow(
                () -> {
                  try {
                    showLaunched(sample.launch(console.caller()));
                  } finally {
                    start.setEnabled(true);
                  }
                }));
    return start(
        "Try the pet store",
        "A small API with a backend that is already running, deployed to stage "
            + SampleLauncher.STAGE
            + " with a usage plan and a key, in one click.",
        start);
  }

  private void showLaunched(Launch launch) {
    UnorderedList made = new UnorderedList();
    launch.made().forEach(one -> made.add(new ListItem(one)));
    Card card =
        new Card(
            launch.refusal().isEmpty()
                ? launch.api().name() + " is live"
                : launch.api().name() + " is live in part");
    card.beside(Links.to("Open " + launch.api().name(), "apis", launch.api().id()));
    launch
        .refusal()
        .ifPresentOrElse(
            why ->
                card.add(
                    new Note(
                        Tone.ERROR,
                        why + " What is listed below was made before and is still there.")),
            () ->
                card.add(
                    new Paragraph("Call it:"),
                    new Snippet(launch.curl(), "command that calls the sample")));
    card.add(new Paragraph("Made:"), made);
    card.getElement().setAttribute("tabindex", "-1");
    card.getElement().setAttribute("role", "status");
    launched.removeAll();
    launched.add(card);
    card.getElement().callJsFunction("focus");
  }

  private static Component ownTools() {
    Button jump = new Button("Show commands");
    // stays on the page, so no round trip
    jump.getElement()
        .executeJs(
            "this.addEventListener('click', () =>"
                + " document.getElementById('tools').scrollIntoView({block: 'start'}))");
    return start(
        "Keep your own tools",
        "The AWS CLI, Terraform and the SDKs work unchanged: give them the endpoint and an access key.",
        jump);
  }

  private static Component start(String title, String sentence, Button action) {
    Div push = new Div();
    push.addClassName("push");
    return new Card(title, new Paragraph(sentence), push, action);
  }

  private static void open(Button from, String path) {
    from.getUI().ifPresent(ui -> ui.navigate(path));
  }

  private static Component addressesCard(ConsoleCaller console, Addresses addresses) {
    Facts facts = new Facts();
    console.account().ifPresent(id -> facts.add("Account", new Copyable(id, "account")));
    facts.add("Region", new Copyable(console.region(), "region"));
    facts.add(
        "Management endpoint", new Copyable(addresses.managementUrl(), "management endpoint"));
    Div nodes = new Div();
    addresses
        .gatewayUrls()
        .forEach(url -> nodes.add(new Div(new Copyable(url, "address of a gateway node"))));
    if (addresses.gatewayUrls().isEmpty()) {
      nodes.add(new Span("None configured: set GATEHOUSE_GATEWAY_URLS"));
    }
    facts.add("Gateway nodes", nodes);
    return new Card("Addresses", facts);
  }

  private static Component tools(ConsoleCaller console, Addresses addresses) {
    ToolSnippets snippets = new ToolSnippets(addresses.managementUrl(), console.region());
    TabSheet tabs = new TabSheet();
    tabs.add("AWS CLI", new Snippet(snippets.cli(), "commands"));
    tabs.add("Terraform", new Snippet(snippets.terraform(), "configuration"));
    tabs.add("SDK for Java", new Snippet(snippets.java(), "code"));
    tabs.add("Python", new Snippet(snippets.python(), "code"));
    Card card =
        new Card(
            "Your tools",
            new Paragraph(
                "Use an access key of this tenant, which an owner makes under Access keys. Then:"),
            tabs);
    card.setId("tools");
    return card;
  }
}

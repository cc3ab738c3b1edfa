package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.requests.RequestSearch;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import jakarta.inject.Inject;

/** Three ways to start, and the addresses and commands that other tools need. */
@CdiComponent
@Route(value = "", layout = MainLayout.class)
public class HomeView extends Page {

  @Inject
  public HomeView(ConsoleCaller console, Addresses addresses) {
    super(Crumb.here("Home"));
    head("Welcome to Gatehouse", "Publish an API, hand out keys, and see it served by every node.");
    Div starts = new Div(importDocument(), petStore(), ownTools());
    starts.addClassName("gh-cards");
    add(starts);
    if (console.account().isPresent()) {
      add(why());
    }
    add(addressesCard(console, addresses), tools(console, addresses));
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

  private static Component petStore() {
    return start(
        "Try the pet store",
        "A small API with a sample backend that is already running. Deploy it and call it in a minute.",
        new Button("Use the sample", click -> open(click.getSource(), "apis/new?sample=petstore")));
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

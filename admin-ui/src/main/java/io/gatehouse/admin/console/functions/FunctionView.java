package io.gatehouse.admin.console.functions;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.InvokeUrls;
import io.gatehouse.admin.functions.Aliases;
import io.gatehouse.admin.functions.FunctionConcurrency;
import io.gatehouse.admin.functions.FunctionPolicies;
import io.gatehouse.admin.functions.Functions;
import io.gatehouse.admin.functions.Invocations;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** One function. */
@CdiComponent
@Route(value = "functions/:name", layout = MainLayout.class)
public class FunctionView extends Page implements BeforeEnterObserver, FunctionPresenter.Screen {

  private final FunctionPresenter presenter;
  private final ApiPublisher publisher;
  private final InvokeUrls urls;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final TestCard test;
  private String name = "";

  @Inject
  public FunctionView(
      Functions functions,
      Aliases aliases,
      FunctionPolicies policies,
      Invocations invocations,
      FunctionConcurrency concurrency,
      ApiPublisher publisher,
      InvokeUrls urls,
      ConsoleCaller console,
      Addresses addresses) {
    this.publisher = publisher;
    this.urls = urls;
    this.console = console;
    this.addresses = addresses;
    presenter =
        new FunctionPresenter(
            functions, aliases, policies, invocations, concurrency, console::caller, this);
    test = new TestCard(payload -> presenter.test(name, payload));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    trail(new Crumb("Functions", "functions"), Crumb.here(name));
    try {
      presenter.load(name);
    } catch (ApiError refused) {
      event.rerouteToError(NotFoundException.class, refused.getMessage());
    }
  }

  @Override
  public void show(FunctionPresenter.Shown shown) {
    clear();
    Button delete = new Button("Delete…", click -> delete());
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    Button publish =
        new Button(
            "Publish as a REST API…",
            click ->
                new PublishDialog(
                        shown, wanted -> publisher.publish(console.caller(), wanted), urls)
                    .open(() -> presenter.load(name)));
    publish.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    head(
        name,
        "",
        delete,
        new Button("Publish version", click -> ask(() -> presenter.publish(name))),
        publish);
    add(
        configuration(shown),
        environment(shown.configuration()),
        code(shown.configuration()),
        test,
        versions(shown),
        permissions(shown),
        new Card(
            "Do this with tools",
            new Snippet(FunctionSnippets.update(addresses.managementUrl(), name), "command"),
            new Snippet(
                FunctionSnippets.terraform(shown.configuration()), "Terraform configuration")));
  }

  private Card configuration(FunctionPresenter.Shown shown) {
    FunctionConfiguration is = shown.configuration();
    return new Card(
            "Configuration",
            new Facts()
                .add("ARN", new Copyable(is.functionArn(), "ARN of the function"))
                .add("Runtime", is.runtimeAsString())
                .add("Handler", is.handler())
                .add("Memory", is.memorySize() + " MB")
                .add("Timeout", is.timeout() + " s")
                .add("Role", new Copyable(is.role(), "role"))
                .add("Last modified", time(is.lastModified()))
                .add(
                    "Concurrency",
                    shown
                        .concurrency()
                        .map(n -> n + " at once on a node")
                        .orElse("shared with the account's others")))
        .beside(
            edit(
                "Edit configuration",
                () ->
                    new ConfigurationDialog(shown, wanted -> presenter.configure(shown, wanted))
                        .open()));
  }

  private static Button edit(String what, Runnable open) {
    Button edit = new Button("Edit…", click -> open.run());
    edit.setAriaLabel(what);
    return edit;
  }

  private static String time(String text) {
    return Times.exact(FunctionSnippets.time(text));
  }

  /** Values are secrets more often than not. */
  private Card environment(FunctionConfiguration is) {
    Map<String, String> variables =
        is.environment() == null ? Map.of() : is.environment().variables();
    Facts facts = new Facts();
    variables.keySet().stream().sorted().forEach(variable -> facts.add(variable, "••••••••"));
    Div content = new Div(variables.isEmpty() ? new Div("No variable is set.") : facts);
    Button show =
        new Button(
            "Show values",
            click -> {
              content.removeAll();
              Facts values = new Facts();
              variables.keySet().stream()
                  .sorted()
                  .forEach(variable -> values.add(variable, variables.get(variable)));
              content.add(values);
            });
    show.setVisible(!variables.isEmpty());
    return new Card("Environment", content)
        .beside(show, edit("Edit environment", () -> editEnvironment(variables)));
  }

  private void editEnvironment(Map<String, String> variables) {
    TextArea lines = new TextArea("One variable a line, as NAME=value");
    lines.addClassNames("gh-document", "short");
    lines.setValue(
        variables.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .sorted()
            .collect(Collectors.joining("\n")));
    new FormDialog(
            "Environment of " + name,
            "Save environment",
            () -> presenter.environment(name, lines.getValue()),
            lines)
        .withLines()
        .open();
  }

  private Card code(FunctionConfiguration is) {
    return new Card(
            "Code",
            new Facts()
                .add("Size", is.codeSize() + " bytes")
                .add("SHA-256", new Copyable(is.codeSha256(), "hash of the code")))
        .beside(new Button("Upload new code…", click -> upload()));
  }

  private void upload() {
    ArchiveUpload archive = new ArchiveUpload(() -> {});
    new FormDialog(
            "New code for " + name,
            "Make it live",
            () ->
                presenter.upload(
                    name,
                    archive
                        .archive()
                        .orElseThrow(() -> ApiError.badRequest("Upload a zip archive first"))),
            archive)
        .open();
  }

  private Card versions(FunctionPresenter.Shown shown) {
    Facts facts = new Facts();
    shown
        .versions()
        .forEach(version -> facts.add(version.version(), "from " + time(version.lastModified())));
    shown.aliases().forEach(alias -> facts.add(alias.name(), aliasLine(shown, alias)));
    Button create = new Button("Create alias…", click -> alias(shown, Optional.empty()));
    return new Card("Versions and aliases", facts).beside(create);
  }

  private Div aliasLine(FunctionPresenter.Shown shown, AliasConfiguration alias) {
    Routing routing = Routing.of(alias);
    Div line = new Div(new Span(routing.words()));
    line.addClassName("gh-toolbar");
    Button edit = new Button("Edit…", click -> alias(shown, Optional.of(routing)));
    edit.setAriaLabel("Edit alias " + alias.name());
    edit.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    Button delete =
        new Button(
            "Delete…",
            click ->
                Asking.before(
                    "Delete alias " + alias.name(),
                    "Integrations that invoke the function by it fail from then on.",
                    () -> presenter.deleteAlias(name, alias.name())));
    delete.setAriaLabel("Delete alias " + alias.name());
    delete.addThemeVariants(
        ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
    line.add(edit, delete);
    return line;
  }

  private void alias(FunctionPresenter.Shown shown, Optional<Routing> before) {
    List<String> versions = shown.versions().stream().map(version -> version.version()).toList();
    new AliasDialog(
            versions,
            before,
            routing -> {
              if (before.isPresent()) {
                presenter.updateAlias(name, routing);
              } else {
                presenter.createAlias(name, routing);
              }
            })
        .open();
  }

  private Card permissions(FunctionPresenter.Shown shown) {
    Div content =
        shown
            .policy()
            .map(policy -> new Div(new Snippet(policy, "policy")))
            .orElseGet(
                () ->
                    new Div(
                        "Nobody may invoke it yet but who has a role that allows it. An"
                            + " integration without credentials needs a permission here."));
    Button permit =
        new Button(
            "Let my APIs invoke it", click -> ask(() -> presenter.permit(name, console.region())));
    return new Card("Permissions", content).beside(permit);
  }

  private static void ask(Runnable doIt) {
    Asking.orShow(doIt);
  }

  private void delete() {
    Asking.before(
        "Delete function " + name,
        "All its versions and aliases go with it; integrations that invoke it fail from then on."
            + " This cannot be undone.",
        () -> presenter.delete(name));
  }

  @Override
  public void answered(String payload, Optional<String> error, String log) {
    test.show(payload, error, log);
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate("functions");
  }
}

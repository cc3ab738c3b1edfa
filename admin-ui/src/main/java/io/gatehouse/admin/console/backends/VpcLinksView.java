package io.gatehouse.admin.console.backends;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.backends.VpcLinksPresenter.Form;
import io.gatehouse.admin.console.backends.VpcLinksPresenter.Row;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.Backends;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.VpcLinks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Ways to backends in private networks; their health is kept up to date. */
@CdiComponent
@Route(value = "vpclinks", layout = MainLayout.class)
public class VpcLinksView extends Page implements BeforeEnterObserver, VpcLinksPresenter.Screen {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private static final String LEAD =
      "A VPC link leads to backends in a private network: integrations name it as their connection,"
          + " and nodes share calls among its targets that are healthy.";

  private final VpcLinksPresenter presenter;
  private final Addresses addresses;
  private final LiveUpdates live;

  @Inject
  public VpcLinksView(
      VpcLinks links,
      Tags tags,
      Backends backends,
      ConsoleCaller console,
      Addresses addresses,
      LiveUpdates live) {
    super(Crumb.here("VPC links"));
    this.addresses = addresses;
    this.live = live;
    presenter = new VpcLinksPresenter(links, tags, backends, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    presenter.load();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    live.repeat(attach.getUI(), BETWEEN_LOOKS, () -> !isAttached() || !look());
  }

  private boolean look() {
    presenter.look();
    return true;
  }

  @Override
  public void show(List<Row> links) {
    clear();
    Button create = new Button("Create VPC link…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (links.isEmpty()) {
      head("VPC links", LEAD);
      add(
          new EmptyState(
              "No VPC link yet",
              "Its targets are told by tags, so that every tool can set them. The operator must let"
                  + " nodes connect to their addresses.",
              create,
              new Snippet(
                  """
                  aws apigateway create-vpc-link --name pets --endpoint-url %s \\
                    --target-arns arn:aws:elasticloadbalancing:%s:123456789012:loadbalancer/net/pets/0 \\
                    --tags '{"gatehouse:targets": "10.0.0.5:8080 10.0.0.6:8080", "gatehouse:health-check": "http:/health"}'"""
                      .formatted(addresses.managementUrl(), addresses.region()),
                  "command")));
      return;
    }
    head("VPC links", LEAD, create);
    add(grid(links));
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  private Component grid(List<Row> links) {
    Grid<Row> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", "VPC links");
    grid.setAllRowsVisible(true);
    grid.setItems(links);
    grid.addComponentColumn(
            row ->
                new Div(
                    new Div(row.link().name()),
                    new Copyable(row.link().id(), "id of " + row.link().name())))
        .setHeader("Name and id")
        .setWidth("136px")
        .setFlexGrow(1);
    grid.addComponentColumn(VpcLinksView::targets)
        .setHeader("Targets")
        .setWidth("232px")
        .setFlexGrow(2);
    grid.addComponentColumn(row -> new Code(row.healthCheck()))
        .setHeader("Health check")
        .setWidth("132px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::actions).setWidth("148px").setFlexGrow(0).setFrozenToEnd(true);
    return grid;
  }

  /** Each with what nodes think of it, as far as they have called it. */
  private static Component targets(Row row) {
    if (row.targets().isEmpty()) {
      return new Badge("no targets yet", Tone.WARNING);
    }
    Div all = new Div();
    for (String target : row.targets()) {
      Div line = new Div(new Code(target));
      line.addClassName("gh-target");
      row.health().stream()
          .filter(seen -> seen.address().equals(target))
          .forEach(seen -> line.add(BackendWords.badge(seen)));
      all.add(line);
    }
    return all;
  }

  private Component actions(Row row) {
    String name = row.link().name();
    Button edit =
        new Button(
            "Edit…",
            click ->
                Asking.orShow(
                    () ->
                        dialog(
                            "Targets of " + name,
                            "Save targets",
                            VpcLinksPresenter.form(row),
                            form -> presenter.edit(row.link(), form),
                            new Paragraph(presenter.usedBy(row.link())))));
    edit.setAriaLabel("Edit VPC link " + name);
    edit.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    Button delete =
        new Button(
            "Delete…",
            click ->
                Asking.orShow(
                    () ->
                        Asking.before(
                            "Delete VPC link " + name,
                            presenter.usedBy(row.link()),
                            () -> presenter.delete(row.link()))));
    delete.setAriaLabel("Delete VPC link " + name);
    delete.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
    return new Div(edit, delete);
  }

  private void create() {
    dialog(
        "Create a VPC link",
        "Create VPC link",
        Form.EMPTY,
        presenter::create,
        new Paragraph("Integrations name it by its id as their connection."));
  }

  private static void dialog(
      String title, String verb, Form shown, Consumer<Form> save, Component about) {
    TextField name = new TextField("Name");
    name.setValue(shown.name());
    name.setRequiredIndicatorVisible(true);
    name.setVisible(shown.equals(Form.EMPTY));
    TextArea targets = new TextArea("Targets");
    targets.setHelperText("host:port, one a line; connections go there, whatever a URL's host is");
    targets.setPlaceholder("10.0.0.5:8080");
    targets.setValue(shown.targets());
    targets.addClassNames("gh-document", "short");
    targets.getElement().setAttribute("spellcheck", "false");
    TextField check = new TextField("Health check");
    check.setHelperText("tcp, http:/path or https:/path, which must answer 200 to 399");
    check.setValue(shown.healthCheck());
    IntegerField interval = new IntegerField("Seconds between checks");
    interval.setHelperText("5 to 300; empty for 10");
    interval.setValue(shown.interval().orElse(null));
    Div checks = new Div(check, interval);
    checks.addClassName("gh-pair");
    new FormDialog(
            title,
            verb,
            () ->
                save.accept(
                    new Form(
                        name.getValue(),
                        targets.getValue(),
                        check.getValue(),
                        Optional.ofNullable(interval.getValue()))),
            about,
            name,
            targets,
            checks)
        .withLines()
        .open();
    if (name.isVisible()) {
      name.focus();
    } else {
      targets.focus();
    }
  }
}

package io.gatehouse.admin.console.functions;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.functions.FunctionsPresenter.Row;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.functions.FunctionConcurrency;
import io.gatehouse.admin.functions.Functions;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The functions of a tenant. */
@CdiComponent
@Route(value = "functions", layout = MainLayout.class)
public class FunctionsView extends Page implements BeforeEnterObserver, FunctionsPresenter.Screen {

  private final FunctionsPresenter presenter;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;
  private final Grid<Row> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("functions", text -> refresh());
  private final Note moreThanShown = Note.onlyTheFirst(FunctionsPresenter.MOST, "functions");
  private List<Row> all = List.of();

  @Inject
  public FunctionsView(
      Functions functions,
      FunctionConcurrency concurrency,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    super(Crumb.here("Functions"));
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new FunctionsPresenter(functions, concurrency, console::caller, this);
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    presenter.load();
  }

  @Override
  public void show(List<Row> functions, boolean more) {
    all = functions;
    moreThanShown.setVisible(more);
    clear();
    Button create = new Button("Create function…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (functions.isEmpty()) {
      head("Functions", "");
      add(
          new EmptyState(
              "No function yet",
              "A function is code that runs on the gateway's own nodes when an API, or you, invoke"
                  + " it: no server of your own and no cloud is needed.",
              create,
              new Snippet(
                  FunctionSnippets.create(
                      addresses.managementUrl(), console.caller().account(), "hello"),
                  "command")));
      return;
    }
    head("Functions", "", create);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    add(toolbar, moreThanShown, grid);
    refresh();
  }

  @Override
  public void showDisabled(String sentence) {
    clear();
    head("Functions", "");
    add(
        new EmptyState(
            "Functions are not enabled for this tenant",
            sentence
                + ". Functions run as processes on the gateway's nodes, so whoever runs the"
                + " installation says who may have them; ask your operator."));
  }

  @Override
  public void open(String functionName) {
    UI.getCurrent().navigate(Links.path("functions", functionName));
  }

  private void refresh() {
    grid.setItems(all.stream().filter(f -> filter.matches(f.name())).toList())
        .setIdentifierProvider(Row::name);
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Functions");
    grid.addComponentColumn(f -> Links.to(f.name(), "functions", f.name()))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addColumn(f -> f.function().runtimeAsString())
        .setHeader("Runtime")
        .setWidth("124px")
        .setFlexGrow(0);
    grid.addComponentColumn(f -> number(f.function().memorySize() + " MB"))
        .setHeader("Memory")
        .setWidth("96px")
        .setFlexGrow(0);
    grid.addComponentColumn(f -> number(f.function().timeout() + " s"))
        .setHeader("Timeout")
        .setWidth("88px")
        .setFlexGrow(0);
    grid.addComponentColumn(f -> number(f.concurrency().map(n -> n + " at once").orElse("shared")))
        .setHeader("Concurrency")
        .setWidth("120px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            f ->
                Times.ago(
                    Optional.ofNullable(f.function().lastModified()).map(FunctionSnippets::time),
                    clock.instant()))
        .setHeader("Last modified")
        .setWidth("124px")
        .setFlexGrow(0);
  }

  private static Span number(String text) {
    Span span = new Span(text);
    span.addClassName("gh-number");
    return span;
  }

  private void create() {
    TextField name = new TextField("Name");
    name.setMaxLength(64);
    name.setRequiredIndicatorVisible(true);
    ComboBox<FunctionTemplate> template = new ComboBox<>("Begin with");
    template.setItems(FunctionTemplate.NODE, FunctionTemplate.PYTHON);
    template.setItemLabelGenerator(FunctionTemplate::label);
    TextField handler = new TextField("Handler");
    ComboBox<String> runtime = FunctionForms.runtimes();
    Div runs = new Div(runtime, handler);
    runs.addClassName("gh-pair");
    TextArea code = FunctionForms.code();
    code.addClassName("short");
    ArchiveUpload upload = new ArchiveUpload(() -> code.setEnabled(false));
    template.addValueChangeListener(
        change -> {
          runtime.setValue(change.getValue().runtime());
          handler.setValue(change.getValue().handler());
          code.setValue(change.getValue().code());
        });
    template.setValue(FunctionTemplate.NODE);
    new FormDialog(
            "Create a function",
            "Create function",
            () ->
                presenter.create(
                    name.getValue(),
                    runtime.getValue(),
                    handler.getValue(),
                    upload.archive().orElseGet(() -> template.getValue().archive(code.getValue()))),
            name,
            template,
            runs,
            code,
            upload)
        .withLines()
        .open();
    name.focus();
  }
}

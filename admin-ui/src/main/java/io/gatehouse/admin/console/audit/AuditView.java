package io.gatehouse.admin.console.audit;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.operations.AuditRecords;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who did what in the tenant, the newest first. */
@CdiComponent
@Route(value = "audit", layout = MainLayout.class)
public class AuditView extends Page implements BeforeEnterObserver, AuditPresenter.Screen {

  private static final String LEAD =
      "Every change and every refusal, through the console and the management API alike.";

  private final AuditPresenter presenter;
  private final ConsoleCaller console;
  private final InstantSource clock;
  private final Grid<AuditRecord> grid = new Grid<>();
  private final TextField resource = field("Resource", "ARN or part of it");
  private final TextField who = field("Who", "person or access key");
  private final TextField operation = field("Operation", "as UpdateStage");
  private final Checkbox platform = new Checkbox("The platform's own");
  private final Button older = new Button("Show older ones", click -> older());
  private Location location = new Location("audit");

  /** The record whose details were opened last. */
  private String open = "";

  @Inject
  public AuditView(AuditRecords audit, ConsoleCaller console, InstantSource clock) {
    super(Crumb.here("Audit"));
    this.console = console;
    this.clock = clock;
    presenter = new AuditPresenter(audit, console::caller, console::platformCaller, this);
    platform.addValueChangeListener(change -> changed(change.isFromClient()));
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    location = event.getLocation();
    resource.setValue(parameter("resource"));
    who.setValue(parameter("who"));
    operation.setValue(parameter("operation"));
    platform.setVisible(console.may(AccessLevel.OPERATE));
    platform.setValue(platform.isVisible() && !parameter("platform").isEmpty());
    open = parameter("open");
    clear();
    head("Audit", LEAD);
    Div toolbar = new Div(resource, who, operation, platform);
    toolbar.addClassNames("gh-toolbar", "gh-audit-filter");
    add(toolbar, grid, older);
    presenter.search(search());
  }

  @Override
  public void show(List<AuditRecord> records, boolean more) {
    grid.setItems(records);
    records.stream()
        .filter(record -> key(record).equals(open))
        .forEach(record -> grid.setDetailsVisible(record, true));
    older.setVisible(more);
  }

  private void older() {
    Asking.orShow(presenter::older);
  }

  private TextField field(String label, String hint) {
    TextField field = new TextField();
    field.setPlaceholder(label + ": " + hint);
    field.setAriaLabel("Filter by " + label.toLowerCase(java.util.Locale.ROOT));
    field.setClearButtonVisible(true);
    field.setMaxLength(200);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(change -> changed(change.isFromClient()));
    return field;
  }

  private AuditPresenter.Search search() {
    return new AuditPresenter.Search(
        resource.getValue(), who.getValue(), operation.getValue(), platform.getValue());
  }

  private void changed(boolean byHand) {
    if (byHand) {
      Asking.orShow(() -> presenter.search(search()));
      keepInAddress();
    }
  }

  private String parameter(String name) {
    return location.getQueryParameters().getSingleParameter(name).orElse("");
  }

  private void keepInAddress() {
    QueryParameters kept = location.getQueryParameters();
    kept = with(kept, "resource", resource.getValue());
    kept = with(kept, "who", who.getValue());
    kept = with(kept, "operation", operation.getValue());
    kept = with(kept, "open", open);
    kept = with(kept, "platform", platform.getValue() ? "yes" : "");
    location = new Location(location.getPath(), kept);
    UI.getCurrent().getPage().getHistory().replaceState(null, location);
  }

  private static QueryParameters with(QueryParameters parameters, String name, String text) {
    return text.isEmpty() ? parameters.excluding(name) : parameters.merging(name, text);
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Audit records");
    grid.setEmptyStateComponent(
        new EmptyState(
            "Nothing recorded",
            "No change and no refusal that fits what is typed above has been recorded."));
    grid.addComponentColumn(record -> Times.ago(Optional.of(record.at()), clock.instant()))
        .setHeader("When")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addColumn(record -> shortName(record.principal()))
        .setHeader("Who")
        .setWidth("192px")
        .setFlexGrow(0);
    WideOnly.column(grid.addColumn(AuditView::door))
        .setHeader("Through")
        .setWidth("136px")
        .setFlexGrow(0);
    grid.addColumn(AuditRecord::operation).setHeader("Operation").setFlexGrow(1);
    grid.addComponentColumn(AuditView::resource).setHeader("Resource").setFlexGrow(2);
    grid.addComponentColumn(AuditView::outcome)
        .setHeader("Outcome")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::toggle).setWidth("96px").setFlexGrow(0);
    grid.setDetailsVisibleOnClick(false);
    grid.setItemDetailsRenderer(new ComponentRenderer<>(AuditDetail::new));
  }

  /** Of an ARN what comes after its last slash. */
  private static String shortName(String principal) {
    return principal.substring(principal.lastIndexOf('/') + 1);
  }

  private static String door(AuditRecord record) {
    return switch (record.door()) {
      case CONSOLE -> "console";
      case IMPERSONATION -> "console, operator";
      case MANAGEMENT_API -> "management API";
    };
  }

  /** ARNs differ in what comes after their fifth colon. */
  private static Component resource(AuditRecord record) {
    String arn = record.resource();
    Span span = new Span(arn.startsWith("arn:") ? arn.split(":", 6)[5] : arn);
    span.addClassName("gh-mono");
    span.getElement().setAttribute("title", arn);
    return span;
  }

  private static Component outcome(AuditRecord record) {
    return record.outcome().equals(AuditEntry.SUCCESS)
        ? new Badge("done", Tone.OK)
        : new Badge(record.outcome().replaceFirst("Exception$", ""), Tone.WARNING);
  }

  private Component toggle(AuditRecord record) {
    Button button = new Button("Details");
    button.setAriaLabel("Details of " + record.operation());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.addClickListener(
        click -> {
          boolean opened = !grid.isDetailsVisible(record);
          grid.setDetailsVisible(record, opened);
          open = opened ? key(record) : "";
          keepInAddress();
        });
    return button;
  }

  /** Names a record in the address. */
  private static String key(AuditRecord record) {
    return record.at() + " " + record.operation();
  }
}

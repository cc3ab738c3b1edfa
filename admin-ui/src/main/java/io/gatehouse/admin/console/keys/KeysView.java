package io.gatehouse.admin.console.keys;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.keys.KeysPresenter.Count;
import io.gatehouse.admin.console.metrics.LastDay;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.SecretOnce;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.ApiKeys;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKey;

/** The keys of a tenant's customers. */
@CdiComponent
@Route(value = "keys", layout = MainLayout.class)
public class KeysView extends Page implements BeforeEnterObserver, KeysPresenter.Screen {

  /** So many rows are shown at once, others as one scrolls. */
  private static final int FEW = 50;

  /** As many as are seen at once, since each has buttons of its own. */
  private static final int PAGE = 25;

  private final KeysPresenter presenter;
  private final LastDay lastDay;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;
  private final Grid<ApiKey> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("keys", this::look);
  private final Span counted = new Span();

  @Inject
  public KeysView(
      ApiKeys apiKeys,
      LastDay lastDay,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    super(Crumb.here("API keys"));
    this.lastDay = lastDay;
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new KeysPresenter(apiKeys, console::caller, this);
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    presenter.load(filter.getValue());
  }

  @Override
  public void show(Count count) {
    counted.setText(words(count));
    grid.setAllRowsVisible(count.found() <= FEW);
    grid.getDataProvider().refreshAll();
    if (grid.getParent().isPresent() && count.all() > 0) {
      // the list is on the screen already: what has the focus keeps its place
      return;
    }
    clear();
    Button create = new Button("Create key…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (count.all() == 0) {
      head("API keys", "");
      add(
          new EmptyState(
              "No API key yet",
              "A key tells your customers apart. It opens methods that require a key, once it is in a"
                  + " usage plan that covers their stage.",
              create,
              new Snippet(
                  "aws apigateway create-api-key --name acme --enabled --endpoint-url "
                      + addresses.managementUrl(),
                  "command")));
      return;
    }
    head("API keys", "", create);
    Div toolbar = new Div(filter, counted);
    toolbar.addClassName("gh-toolbar");
    add(toolbar, grid);
  }

  private static String words(Count count) {
    String all = Rates.number(count.all()) + (count.all() == 1 ? " key" : " keys");
    return count.found() == count.all() ? all : Rates.number(count.found()) + " of " + all;
  }

  private void look(String text) {
    // the address is read before there is a list
    if (grid.getParent().isPresent()) {
      presenter.load(text);
    }
  }

  @Override
  public void changed(ApiKey key) {
    grid.getDataProvider().refreshItem(key);
  }

  @Override
  public void showValue(ApiKey key) {
    new SecretOnce(
            "Key " + key.name(),
            "Copy the value now and give it to your customer. Every later look at it is on record.",
            new Facts()
                .add("Value", new Copyable(key.value(), "value of the key"))
                .add("Header", new Copyable("x-api-key: " + key.value(), "header")))
        .open();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  private void columns() {
    counted.addClassNames("gh-caption", "gh-number");
    counted.getElement().setAttribute("role", "status");
    grid.setItems(
        new CallbackDataProvider<ApiKey, Void>(
            asked -> presenter.rows(asked.getOffset(), asked.getLimit()).stream(),
            asked -> presenter.count().found(),
            // a key that was switched keeps its row, and the row's button the focus
            ApiKey::id));
    grid.addClassName("gh-long-grid");
    grid.setPageSize(PAGE);
    grid.getElement().setAttribute("aria-label", "API keys");
    grid.addColumn(
            LitRenderer.<ApiKey>of("<span title='${item.title}'>${item.name}</span>")
                .withProperty("name", key -> Objects.toString(key.name(), key.id()))
                .withProperty("title", key -> Objects.toString(key.description(), "")))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addComponentColumn(key -> new Copyable(key.id(), "id of key " + key.name()))
        .setHeader("Id")
        .setWidth("156px")
        .setFlexGrow(0);
    grid.addColumn(
            LitRenderer.<ApiKey>of("<span class='gh-badge ${item.tone}'>${item.state}</span>")
                .withProperty("state", key -> isOn(key) ? "enabled" : "disabled")
                .withProperty("tone", key -> (isOn(key) ? Tone.OK : Tone.PLAIN).className()))
        .setHeader("State")
        .setWidth("104px")
        .setFlexGrow(0);
    WideOnly.column(
            grid.addComponentColumn(
                key -> Times.ago(Optional.ofNullable(key.createdDate()), clock.instant())))
        .setHeader("Created")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addColumn(
            new ComponentRenderer<KeyActions, ApiKey>(
                this::actions, (row, key) -> ((KeyActions) row).show(key)))
        .setWidth("248px")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
  }

  private static boolean isOn(ApiKey key) {
    return Boolean.TRUE.equals(key.enabled());
  }

  private KeyActions actions(ApiKey key) {
    return new KeyActions(
        key,
        (shown, enabled) -> Asking.orShow(() -> presenter.enable(shown, enabled)),
        shown ->
            Asking.before(
                "Reveal value of key " + shown.name(),
                "Whoever has seen it can call with it. That you have is put on record.",
                () -> presenter.reveal(shown)),
        shown ->
            Asking.before(
                "Delete key " + shown.name(),
                "Whoever uses it gets 403 from then on, on every node. This cannot be undone;"
                    + " to stop it for a while, disable it instead. "
                    + lastDay.ofKey(console.caller(), shown.id()),
                () -> presenter.delete(shown)));
  }

  private void create() {
    TextField name = new TextField("Name");
    name.setHelperText("Who will use it: a customer or an app");
    name.setMaxLength(1024);
    TextField description = new TextField("Description");
    description.setMaxLength(1024);
    new FormDialog(
            "Create an API key",
            "Create key",
            () -> presenter.create(name.getValue(), description.getValue()),
            name,
            description)
        .open();
    name.focus();
  }
}
